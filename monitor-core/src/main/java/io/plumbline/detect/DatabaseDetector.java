package io.plumbline.detect;

import io.plumbline.detect.TableRows.Row;
import io.plumbline.detect.TableRows.TableCondition;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.finding.Severity;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.ValueFault;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import io.plumbline.market.probe.TableRule;
import java.util.ArrayList;
import java.util.List;

/**
 * DATABASE_DISAGREES: a row does not have a price that Redis (or the venue) had within the allowed
 * age, symbols are spelled otherwise than declared, rows are missing. A price that moves while the
 * table is written every ten seconds is late by that and not wrong. Judged a second after the row
 * was read, when the price that it shows has also come to Redis; while Redis is not seen nothing is
 * judged. Readings are rare: telling may allocate.
 */
public final class DatabaseDetector implements Detector {
    private static final long GRACE_NS = 1_000_000_000L;
    private static final int READINGS = 2;

    private final MarketState state;
    private final List<TableRows> tables = new ArrayList<>();
    private final PriceHistory[] inRedis;
    private final RowPrice prices = new RowPrice();
    private final Decimal price = new Decimal();
    private final Decimal current = new Decimal();
    private int suspects;

    /**
     * @param rules one a table
     */
    public DatabaseDetector(final MarketState state, final List<TableRule> rules) {
        this.state = state;
        inRedis = new PriceHistory[state.keys.size()];
        for (final TableRule rule : rules) {
            tables.add(new TableRows(rule));
            for (final TableRule.Row row : rule.rows()) {
                if (row.key() >= 0) {
                    inRedis[row.key()] = new PriceHistory(2 * longest(rules) + 4 * GRACE_NS);
                }
            }
        }
    }

    private static long longest(final List<TableRule> rules) {
        return rules.stream().mapToLong(TableRule::maxAgeNs).max().orElse(0);
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public boolean hearsMarket() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        switch (event.type) {
            case KEY_VALUE:
                if (event.key >= 0
                        && inRedis[event.key] != null
                        && event.keyState == KeyState.PRESENT
                        && event.valueFault == ValueFault.NONE) {
                    inRedis[event.key].record(event.price, MarketEvent.NONE, event.receivedNs);
                }
                break;
            case PROBE:
                probe(event, nowNs, findings);
                break;
            case TIMER:
                if (suspects > 0) {
                    tables.forEach(table -> confirm(table, nowNs, findings));
                }
                break;
            default:
                break;
        }
    }

    private void probe(final MarketEvent event, final long nowNs, final FindingSink findings) {
        final Reading reading = event.reading;
        if (reading.kind != ProbeKind.DATABASE_ROW && reading.kind != ProbeKind.DATABASE_TABLE) {
            return;
        }
        for (final TableRows table : tables) {
            if (table.rule.source() == event.source
                    && table.rule.table().equals(reading.target())) {
                if (reading.kind == ProbeKind.DATABASE_ROW) {
                    row(table, reading, nowNs);
                } else {
                    end(table, reading, nowNs, findings);
                }
            }
        }
    }

    private void row(final TableRows table, final Reading reading, final long nowNs) {
        final Row row = table.take(reading);
        if (row == null) {
            return;
        }
        if (row.rule.key() >= 0 && isAbsent(row)) {
            table.absent(reading.item());
            return;
        }
        final boolean number = price.parse(reading.bytes, reading.textOffset, reading.textLength);
        if (number && isRight(table, row, price, nowNs)) {
            return;
        }
        row.badSweep = table.sweep();
        if (row.suspectNs == MarketEvent.NONE) {
            suspects++;
            row.suspectNs = nowNs;
            row.suspect.set(price);
            row.suspectText = number ? "" : reading.text();
            row.suspectUpdatedNs = reading.value(Measure.UPDATED_NS);
            row.suspectScale = reading.value(Measure.SCALE);
            row.suspectStored = reading.value(Measure.STORED, 0);
        }
    }

    private boolean isAbsent(final Row row) {
        final KeyState now = state.observations.key(row.rule.key()).state;
        return now != KeyState.PRESENT && now != KeyState.UNKNOWN;
    }

    /** Whether some version of the last while equals it. */
    private boolean isRight(
            final TableRows table, final Row row, final Decimal value, final long atNs) {
        return isRight(table, row, value, redis(row), atNs)
                || isRight(table, row, value, venue(row), atNs);
    }

    private boolean isRight(
            final TableRows table,
            final Row row,
            final Decimal value,
            final PriceHistory history,
            final long atNs) {
        if (history == null) {
            return false;
        }
        final int found = find(table, row, value, history);
        return found >= 0 && history.validToNs(found) > atNs - table.rule.maxAgeNs();
    }

    private int find(
            final TableRows table, final Row row, final Decimal value, final PriceHistory in) {
        return prices.newest(
                in,
                value,
                state.instruments.tick(row.rule.instrument()),
                table.rule.toleranceTicks(),
                table.rule.toleranceBps());
    }

    private PriceHistory redis(final Row row) {
        return row.rule.key() < 0 ? null : inRedis[row.rule.key()];
    }

    private PriceHistory venue(final Row row) {
        final Field field = row.rule.field();
        return state.references.history(row.rule.instrument(), field);
    }

    /** Judges what was suspect a second ago. */
    private void confirm(final TableRows table, final long nowNs, final FindingSink findings) {
        for (int i = 0; i < table.rows.size() && suspects > 0; i++) {
            final Row row = table.rows.get(i);
            if (row.suspectNs != MarketEvent.NONE && nowNs - row.suspectNs >= GRACE_NS) {
                judge(table, row, nowNs, findings);
                row.suspectNs = MarketEvent.NONE;
                suspects--;
            }
        }
    }

    private void judge(
            final TableRows table, final Row row, final long nowNs, final FindingSink findings) {
        final long atNs = row.suspectNs;
        final PriceHistory history = row.rule.key() >= 0 ? redis(row) : venue(row);
        if (!isJudgeable(table, row, history, atNs, nowNs)) {
            row.badSweep = Reading.NONE;
            return;
        }
        if (row.suspectText.isEmpty() && isRight(table, row, row.suspect, atNs)) {
            row.badSweep = Reading.NONE;
            return;
        }
        if (!row.open) {
            tell(table, row, history, atNs, nowNs, findings);
        }
    }

    /** Whether all that the price was in the allowed age is known: Redis was seen, at its pace. */
    private boolean isJudgeable(
            final TableRows table,
            final Row row,
            final PriceHistory history,
            final long atNs,
            final long nowNs) {
        final long sinceNs = atNs - table.rule.maxAgeNs();
        return history != null
                && RowPrice.covers(history, sinceNs)
                && (row.rule.key() < 0
                        || state.sight.wasAtPace(
                                state.keys.key(row.rule.key()).source(),
                                atNs,
                                table.rule.maxAgeNs(),
                                nowNs));
    }

    private void tell(
            final TableRows table,
            final Row row,
            final PriceHistory history,
            final long atNs,
            final long nowNs,
            final FindingSink findings) {
        final long sinceNs = atNs - table.rule.maxAgeNs();
        row.open = true;
        row.sinceNs = nowNs;
        final Finding finding =
                findings.claim(FindingKind.DATABASE_DISAGREES, Edge.OPEN, name(), nowNs);
        Subject.instrument(finding, state, row.rule.instrument(), Channel.NONE);
        finding.key = row.name;
        history.value(0, current);
        finding.with(Evidence.EXPECTED, current);
        if (!row.suspectText.isEmpty()) {
            finding.with(Evidence.CAUSE, "no number").with(Evidence.SAMPLE, row.suspectText);
            findings.publish();
            return;
        }
        finding.with(Evidence.OBSERVED, row.suspect);
        final int old = find(table, row, row.suspect, history);
        final boolean dated = row.suspectUpdatedNs != Reading.NONE;
        final long rowAgeNs = dated ? atNs - row.suspectUpdatedNs : 0;
        final String bad =
                prices.explain(
                        history,
                        row.suspect,
                        row.suspectScale,
                        row.suspectStored == 1 || row.suspectStored == 2,
                        sinceNs);
        if (old >= 0) {
            finding.severity = Severity.MEDIUM;
            finding.with(Evidence.CAUSE, "an older price")
                    .with(Evidence.AGE_NS, atNs - history.validToNs(old));
        } else if (bad != null) {
            finding.severity = Severity.MEDIUM;
            finding.with(Evidence.CAUSE, bad);
        } else if (rowAgeNs > table.rule.maxAgeNs()) {
            finding.severity = Severity.MEDIUM;
            finding.with(Evidence.CAUSE, "not written any more").with(Evidence.AGE_NS, rowAgeNs);
        } else if (prices.isInside(history, row.suspect, sinceNs)) {
            finding.severity = Severity.LOW;
            finding.with(Evidence.CAUSE, "between the prices of that time, and none of them");
        } else {
            finding.with(Evidence.CAUSE, "another price");
        }
        findings.publish();
    }

    private void end(
            final TableRows table,
            final Reading reading,
            final long nowNs,
            final FindingSink findings) {
        table.end(reading);
        final boolean whole = table.readings == reading.value(Measure.ROWS, -1);
        int gone = 0;
        String sample = null;
        for (final Row row : table.rows) {
            if (row.seenSweep != table.sweep()) {
                sample = gone++ == 0 ? table.expected(row) : sample;
            }
            if (row.open && row.badSweep != table.sweep() && whole) {
                row.open = false;
                final Finding finding = claim(row.name, Edge.CLOSE, nowNs, findings);
                Subject.instrument(finding, state, row.rule.instrument(), Channel.NONE);
                finding.key = row.name;
                finding.with(Evidence.LASTED_NS, nowNs - row.sinceNs);
                findings.publish();
            }
        }
        if (!whole) {
            return;
        }
        final boolean cut = reading.value(Measure.ROWS_CUT, 0) == 1;
        final boolean mixed = table.ways() > 1;
        condition(
                table.spelling,
                table.misspelt != null,
                mixed ? "a mix of spellings in one column" : "symbols in another spelling",
                table.misspelt + "; " + table.spellings(),
                Severity.MEDIUM,
                nowNs,
                findings);
        condition(
                table.missing,
                gone > 0 && !cut,
                "rows are missing",
                gone + ", for example " + sample,
                Severity.MEDIUM,
                nowNs,
                findings);
        condition(
                table.unknown,
                table.unknowns > 0,
                "symbols that are not watched",
                table.unknowns + ", for example " + table.unknownSample,
                Severity.LOW,
                nowNs,
                findings);
        condition(
                table.absent,
                table.absents > 0,
                "symbols whose key is not in Redis",
                table.absents + ", for example " + table.absentSample,
                Severity.MEDIUM,
                nowNs,
                findings);
        condition(
                table.stored,
                table.storedAs > 0,
                table.storedAs == 3 ? "prices are stored as text" : "prices are stored as floats",
                "the column is " + reading.text(),
                Severity.LOW,
                nowNs,
                findings);
    }

    private void condition(
            final TableCondition condition,
            final boolean holds,
            final String cause,
            final String detail,
            final Severity severity,
            final long nowNs,
            final FindingSink findings) {
        condition.bad = holds ? condition.bad + 1 : 0;
        if (condition.open ? holds : condition.bad < READINGS) {
            return;
        }
        condition.open = !condition.open;
        final Finding finding =
                claim(condition.key, condition.open ? Edge.OPEN : Edge.CLOSE, nowNs, findings);
        if (condition.open) {
            condition.sinceNs = nowNs;
            finding.severity = severity;
            finding.with(Evidence.CAUSE, cause).with(Evidence.DETAIL, detail);
        } else {
            finding.with(Evidence.LASTED_NS, nowNs - condition.sinceNs);
        }
        findings.publish();
    }

    private Finding claim(
            final String key, final Edge edge, final long nowNs, final FindingSink findings) {
        final Finding finding = findings.claim(FindingKind.DATABASE_DISAGREES, edge, name(), nowNs);
        finding.key = key;
        return finding;
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        DatabaseSentence.append(finding, out);
    }
}
