package io.plumbline.bench.report;

import io.plumbline.bench.figure.Row;
import java.util.ArrayList;
import java.util.List;

/** The table for a terminal; the same lines serve as Markdown. */
public final class TextTable {
    private static final List<String> HEAD =
            List.of("#", "figure", "ours", "unit", "peer or limit", "its", "ratio", "target", "");

    private TextTable() {}

    public static List<String> lines(final Outcome outcome) {
        final List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        for (final Row row : outcome.rows()) {
            cells.add(
                    List.of(
                            row.target() == 0 ? "" : String.valueOf(row.target()),
                            row.figure(),
                            Row.number(row.ours()),
                            row.unit(),
                            row.peer(),
                            Row.number(row.theirs()),
                            row.peer().isEmpty() || Double.isNaN(row.ratio())
                                    ? ""
                                    : Row.number(row.ratio()) + "x",
                            row.bound()
                                    + (row.peer().isEmpty() || row.verdict().isEmpty() ? "" : "x"),
                            row.verdict()));
        }
        final int[] widths = new int[HEAD.size()];
        cells.forEach(
                line -> {
                    for (int i = 0; i < widths.length; i++) {
                        widths[i] = Math.max(widths[i], line.get(i).length());
                    }
                });
        final List<String> lines = new ArrayList<>();
        for (final List<String> line : cells) {
            lines.add(line(line, widths));
            if (lines.size() == 1) {
                lines.add(line(HEAD.stream().map(h -> "").toList(), widths).replace(' ', '-'));
            }
        }
        outcome.failures().forEach(failure -> lines.add("not measured: " + failure));
        return lines;
    }

    private static String line(final List<String> cells, final int[] widths) {
        final StringBuilder out = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            final boolean text = i == 1 || i == 3 || i == 4 || i > 6;
            final String pad = " ".repeat(widths[i] - cells.get(i).length());
            out.append(' ').append(text ? cells.get(i) + pad : pad + cells.get(i)).append(" |");
        }
        return out.toString();
    }
}
