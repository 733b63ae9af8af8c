package io.plumbline.detect;

import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.NameTable;
import io.plumbline.market.probe.Reading;
import io.plumbline.market.probe.SymbolSpelling;
import io.plumbline.market.probe.TableRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The rows of one table by every spelling that their symbols may have, and what was seen of them in
 * the reading that is under way. Engine thread.
 */
final class TableRows {
    /** What is known of one symbol's rows. */
    static final class Row {
        final TableRule.Row rule;
        final String name;
        final Decimal suspect = new Decimal();
        long suspectNs = MarketEvent.NONE;
        long suspectUpdatedNs = Reading.NONE;
        long suspectScale = Reading.NONE;
        long suspectStored = Reading.NONE;
        String suspectText = "";
        long seenSweep = Reading.NONE;
        long badSweep = Reading.NONE;
        boolean open;
        long sinceNs;

        Row(final TableRule.Row rule, final String name) {
            this.rule = rule;
            this.name = name;
        }
    }

    /** A condition of the whole table: it holds in so many readings in a row. */
    static final class TableCondition {
        final String key;
        boolean open;
        long sinceNs;
        int bad;

        TableCondition(final String key) {
            this.key = key;
        }
    }

    private static final int MOST_NAMES = 200_000;
    private static final int FORMS = SymbolSpelling.values().length * 2;

    final TableRule rule;
    final List<Row> rows = new ArrayList<>();
    final TableCondition spelling;
    final TableCondition missing;
    final TableCondition unknown;
    final TableCondition absent;
    final TableCondition stored;
    private final NameTable names = new NameTable(MOST_NAMES);
    private final List<Row> byName = new ArrayList<>();
    private final List<Integer> forms = new ArrayList<>();

    /** Whether several symbols may be meant (BTCUSDT: of the spot market or of the perpetual). */
    private final List<Boolean> ambiguous = new ArrayList<>();

    private final int[] formCounts = new int[FORMS];
    private long sweep = Reading.NONE;
    int readings;
    int unknowns;
    int absents;
    long storedAs;
    String misspelt;
    String unknownSample;
    String absentSample;

    TableRows(final TableRule rule) {
        this.rule = rule;
        for (final TableRule.Row each : rule.rows()) {
            rows.add(new Row(each, rule.subject() + ' ' + each.symbol()));
        }
        // The expected spelling of any symbol comes before a wrong one of another.
        for (final Row row : rows) {
            learn(row, rule.spelling(), false);
        }
        for (final SymbolSpelling other : SymbolSpelling.values()) {
            for (final Row row : rows) {
                learn(row, other, false);
            }
        }
        for (final SymbolSpelling other : SymbolSpelling.values()) {
            for (final Row row : rows) {
                learn(row, other, true);
            }
        }
        spelling = new TableCondition(rule.subject() + " spelling of symbols");
        missing = new TableCondition(rule.subject() + " missing rows");
        unknown = new TableCondition(rule.subject() + " unknown symbols");
        absent = new TableCondition(rule.subject() + " symbols not in Redis");
        stored = new TableCondition(rule.subject() + " type of prices");
    }

    private void learn(final Row row, final SymbolSpelling form, final boolean lower) {
        final String plain = form.of(row.rule.symbol(), row.rule.venueSymbol());
        final int id = names.intern(lower ? plain.toLowerCase(Locale.ROOT) : plain);
        if (id == byName.size()) {
            byName.add(row);
            forms.add(form.ordinal() * 2 + (lower ? 1 : 0));
            ambiguous.add(false);
        } else if (id >= 0 && byName.get(id) != row && isOtherForm(id)) {
            ambiguous.set(id, true);
        }
    }

    private boolean isOtherForm(final int id) {
        return forms.get(id) != rule.spelling().ordinal() * 2;
    }

    /** How the symbol of a row should have been written. */
    String expected(final Row row) {
        return rule.spelling().of(row.rule.symbol(), row.rule.venueSymbol());
    }

    /** The row that a reading is about; null where that is not known for sure. Counts it. */
    Row take(final Reading reading) {
        begin(reading.value(Measure.SWEEP, 0));
        readings++;
        storedAs = Math.max(storedAs, reading.value(Measure.STORED, 0));
        final int id = names.find(reading.bytes, reading.itemOffset, reading.itemLength);
        if (id < 0) {
            if (unknowns++ == 0) {
                unknownSample = reading.item();
            }
            return null;
        }
        final Row row = byName.get(id);
        final int form = forms.get(id);
        formCounts[form]++;
        if (isOtherForm(id) && misspelt == null) {
            misspelt = reading.item() + " where " + expected(row) + " is expected";
        }
        row.seenSweep = sweep;
        return ambiguous.get(id) ? null : row;
    }

    /** The symbol of a row is watched, and its key is not in Redis. */
    void absent(final String symbol) {
        if (absents++ == 0) {
            absentSample = symbol;
        }
    }

    private void begin(final long number) {
        if (number != sweep) {
            sweep = number;
            readings = 0;
            unknowns = 0;
            absents = 0;
            storedAs = 0;
            misspelt = null;
            unknownSample = null;
            absentSample = null;
            Arrays.fill(formCounts, 0);
        }
    }

    /** The end of a reading: also of one without rows. */
    void end(final Reading reading) {
        begin(reading.value(Measure.SWEEP, 0));
    }

    long sweep() {
        return sweep;
    }

    /** How the symbols are written, each way with its count: "3 ccxt, 2 venue in lower case". */
    String spellings() {
        final StringBuilder out = new StringBuilder();
        for (int i = 0; i < FORMS; i++) {
            if (formCounts[i] > 0) {
                out.append(out.length() == 0 ? "" : ", ")
                        .append(formCounts[i])
                        .append(' ')
                        .append(SymbolSpelling.values()[i / 2].label())
                        .append(i % 2 == 1 ? " in lower case" : "");
            }
        }
        return out.toString();
    }

    /** In how many ways they are written. */
    int ways() {
        int ways = 0;
        for (final int count : formCounts) {
            ways += count > 0 ? 1 : 0;
        }
        return ways;
    }
}
