package io.plumbline.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.app.replay.ReplaySummary;
import java.io.IOException;

/** What bounds the report, and what that left out: a report that is silent must not look clean. */
final class LimitsJson {
    private final JsonGenerator json;

    private LimitsJson(final JsonGenerator json) {
        this.json = json;
    }

    static void write(final JsonGenerator json, final Report report, final ReplaySummary summary)
            throws IOException {
        final LimitsJson limits = new LimitsJson(json);
        json.writeArrayFieldStart("limits");
        limits.line(
                "cases, the worst are kept", CaseBook.MOST_CASES, report.caseBook().casesLeftOut());
        limits.line(
                "pages, the first are kept", CaseBook.MOST_PAGES, report.caseBook().pagesLeftOut());
        limits.line(
                "plots, the worst are kept, at most "
                        + Scenes.MOST_OF_ONE
                        + " of one price in a run; left out: findings without one",
                Scenes.MOST,
                report.scenes().leftOut());
        limits.line(
                "columns of a plot (least and greatest value of each), "
                        + PriceWatch.BEFORE_NS / 1_000_000_000L
                        + " s before and "
                        + Scene.AFTER_NS / 1_000_000_000L
                        + " s after, at most "
                        + Scene.LONGEST_NS / 1_000_000_000L
                        + " s; a longer plot is a coarser one",
                Scene.MOST_COLUMNS,
                0);
        long unmarked = 0;
        for (final Scene scene : report.scenes().all()) {
            unmarked += scene.unmarked();
        }
        limits.line("findings marked in one plot", Scene.MOST_MARKS, unmarked);
        limits.line(
                "prices in the coverage table, those least covered first",
                CoverageBook.MOST,
                report.coverage().leftOut());
        limits.line("connections", SourceBook.MOST, report.sources().leftOut());
        limits.line(
                "runs", Report.MOST_RUNS, Math.max(0, report.runCount() - report.runs().size()));
        limits.line("prices that no key follows", PriceWatch.MOST_KEYLESS, 0);
        limits.line(
                "damages",
                ReplayJson.MOST,
                Math.max(0, summary.damages().size() - ReplayJson.MOST));
        limits.line(
                "characters of the configuration",
                ReplayJson.MOST_CONFIG,
                Math.max(0, report.config().length() - ReplayJson.MOST_CONFIG));
        limits.line("characters of a sentence, longer ones end in …", Report.MOST_TEXT, 0);
        json.writeEndArray();
        json.writeStringField("fault", report.fault());
    }

    private void line(final String what, final long most, final long leftOut) throws IOException {
        json.writeStartObject();
        json.writeStringField("what", what);
        json.writeNumberField("most", most);
        json.writeNumberField("leftOut", leftOut);
        json.writeEndObject();
    }
}
