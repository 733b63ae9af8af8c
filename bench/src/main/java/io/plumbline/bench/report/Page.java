package io.plumbline.bench.report;

import io.plumbline.bench.figure.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The run as one HTML page without anything from outside: the table, and a plot per figure. */
public final class Page {
    private static final int PLOT_WIDTH = 560;
    private static final int BAR = 18;
    private static final int LABELS = 200;
    private static final String STYLE =
            "body{font:14px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0"
                + " 1rem;"
                + "color:#1b1f24;background:#fff}table{border-collapse:collapse;width:100%}th,td{padding:.2rem"
                + " .5rem;border-bottom:1px solid #ddd;text-align:left}"
                + "td.n{text-align:right;font-variant-numeric:tabular-nums}.pass{color:#176f2c}.short{color:#a40e26;font-weight:600}svg"
                + " text{font:12px system-ui,sans-serif;fill:currentColor}h2{margin-top:2rem}"
                + "@media(prefers-color-scheme:dark){body{background:#14171c;color:#e6e6e6}"
                + "th,td{border-color:#333}.pass{color:#5fd07a}.short{color:#ff7b86}}";

    private Page() {}

    public static String html(final Outcome outcome) {
        final StringBuilder out =
                new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8>");
        out.append(
                        "<meta name=viewport content='width=device-width'><title>Plumbline:"
                                + " speed</title><style>")
                .append(STYLE)
                .append("</style><h1>Plumbline: speed</h1><p>");
        outcome.machine().forEach(line -> out.append(escaped(line)).append("<br>"));
        out.append(
                outcome.full() ? "Full run.</p>" : "Short run: for trends, not for quoting.</p>");
        table(outcome, out);
        for (final Map.Entry<String, List<Row>> figure : byFigure(outcome.rows()).entrySet()) {
            plot(figure.getKey(), figure.getValue(), out);
        }
        return out.append("</html>\n").toString();
    }

    private static void table(final Outcome outcome, final StringBuilder out) {
        out.append(
                "<table><tr><th>#<th>figure<th>ours<th>unit<th>peer or"
                        + " limit<th>its<th>ratio<th>target<th></tr>");
        for (final Row row : outcome.rows()) {
            out.append("<tr><td>").append(row.target() == 0 ? "" : row.target());
            out.append("<td>").append(escaped(row.figure()));
            out.append("<td class=n>").append(Row.number(row.ours()));
            out.append("<td>").append(escaped(row.unit()));
            out.append("<td>").append(escaped(row.peer()));
            out.append("<td class=n>").append(Row.number(row.theirs()));
            out.append("<td class=n>")
                    .append(
                            Double.isNaN(row.ratio()) || row.peer().isEmpty()
                                    ? ""
                                    : Row.number(row.ratio()) + "x");
            out.append("<td>").append(escaped(row.bound().toString()));
            out.append("<td class=")
                    .append(row.verdict().isEmpty() ? "none" : row.verdict())
                    .append('>');
            out.append(row.verdict()).append("</tr>");
        }
        out.append("</table>");
        outcome.failures()
                .forEach(
                        failure ->
                                out.append("<p>Not measured: ")
                                        .append(escaped(failure))
                                        .append("</p>"));
    }

    private static Map<String, List<Row>> byFigure(final List<Row> rows) {
        final Map<String, List<Row>> figures = new LinkedHashMap<>();
        rows.forEach(row -> figures.computeIfAbsent(row.figure(), f -> new ArrayList<>()).add(row));
        figures.values().removeIf(of -> of.stream().allMatch(row -> row.peer().isEmpty()));
        return figures;
    }

    /** Bars: ours, then every peer, in one unit. */
    private static void plot(final String figure, final List<Row> rows, final StringBuilder out) {
        final Map<String, Double> bars = new LinkedHashMap<>();
        bars.put("plumbline", rows.get(0).ours());
        rows.stream()
                .filter(row -> !row.peer().isEmpty() && !Double.isNaN(row.theirs()))
                .forEach(row -> bars.put(row.peer(), row.theirs()));
        final double most = bars.values().stream().mapToDouble(d -> d).max().orElse(1);
        out.append("<h2>")
                .append(escaped(figure))
                .append(", ")
                .append(escaped(rows.get(0).unit()))
                .append("</h2>");
        out.append(
                String.format(
                        Locale.ROOT,
                        "<svg role=img width=%d height=%d>",
                        LABELS + PLOT_WIDTH + 100,
                        bars.size() * (BAR + 6)));
        int y = 0;
        for (final Map.Entry<String, Double> bar : bars.entrySet()) {
            final double width = Math.max(1, PLOT_WIDTH * bar.getValue() / most);
            out.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=0 y=%d>%s</text><rect x=%d y=%d width=%.1f height=%d"
                                    + " fill='%s'/><text x=%.1f y=%d>%s</text>",
                            y + BAR - 4,
                            escaped(bar.getKey()),
                            LABELS,
                            y,
                            width,
                            BAR,
                            y == 0 ? "#2f7bd9" : "#9aa5b1",
                            LABELS + width + 6,
                            y + BAR - 4,
                            Row.number(bar.getValue())));
            y += BAR + 6;
        }
        out.append("</svg>");
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;");
    }
}
