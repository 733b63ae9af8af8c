package io.plumbline.app.report;

import io.plumbline.market.Board;
import io.plumbline.market.Board.Column;
import io.plumbline.market.Verdict;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For how long every price could be judged, over all runs. */
final class CoverageBook {
    /** Prices that are listed; those least covered first, further ones are only added up. */
    static final int MOST = 20_000;

    /** One price over all runs. */
    static final class Row {
        final String venue;
        final String symbol;
        final String key;
        final String label;
        long references;
        long values;
        long verifiedNs;
        long unverifiableNs;
        long quietNs;

        /** What was last thought of it, null without a key. */
        Verdict verdict;

        private Row(final Track of) {
            venue = of.venue;
            symbol = of.symbol;
            key = of.key;
            label = of.label;
        }
    }

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private long leftOut;
    private long verifiedNs;
    private long unverifiableNs;
    private long quietNs;

    /** Adds what a run knows of its keys. */
    void add(final Board board, final Track[] byKey) {
        final long[] cells = Board.row();
        for (int key = 0; key < byKey.length; key++) {
            board.read(key, cells);
            verifiedNs += at(cells, Column.VERIFIED_NS);
            unverifiableNs += at(cells, Column.UNVERIFIABLE_NS);
            quietNs += at(cells, Column.QUIET_NS);
            final Row row = row(byKey[key]);
            if (row != null) {
                row.verifiedNs += at(cells, Column.VERIFIED_NS);
                row.unverifiableNs += at(cells, Column.UNVERIFIABLE_NS);
                row.quietNs += at(cells, Column.QUIET_NS);
                row.verdict = Verdict.values()[(int) at(cells, Column.VERDICT)];
            }
        }
    }

    /** Adds prices that no key follows: of them is known that they came. */
    void add(final List<Track> keyless) {
        keyless.forEach(this::row);
    }

    private Row row(final Track of) {
        final String name = of.venue + '\n' + of.symbol + '\n' + of.key;
        Row row = rows.get(name);
        if (row == null) {
            if (rows.size() >= MOST) {
                leftOut++;
                return null;
            }
            row = new Row(of);
            rows.put(name, row);
        }
        row.references += of.references;
        row.values += of.values;
        return row;
    }

    private static long at(final long[] cells, final Column column) {
        return cells[column.ordinal()];
    }

    /** Those that were unverifiable for longest first. */
    List<Row> rows() {
        return rows.values().stream()
                .sorted(Comparator.<Row>comparingLong(row -> row.unverifiableNs).reversed())
                .toList();
    }

    long leftOut() {
        return leftOut;
    }

    long verifiedNs() {
        return verifiedNs;
    }

    long unverifiableNs() {
        return unverifiableNs;
    }

    long quietNs() {
        return quietNs;
    }
}
