package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.plumbline.feed.backfill.BackfillStatus;

/** {@code /api/findings}, {@code /api/cases}, {@code /api/latency} and {@code /api/backfill}. */
final class ApiAnswers {
    private static final int FINDINGS = 100;
    private static final int MOST_FINDINGS = 1_000;

    private final MonitorView view;

    ApiAnswers(final MonitorView view) {
        this.view = view;
    }

    /** The latest findings, newest first, as they stand in the findings file. */
    Answer findings(final Query query) throws BadParameter {
        final int limit = query.number("limit", FINDINGS, 1, MOST_FINDINGS);
        final Json json = new Json().open().name("findings").openArray();
        view.recentFindings(limit).forEach(json::raw);
        return Answer.json(HttpResponseStatus.OK, json.closeArray().close());
    }

    /** The desk's cases. */
    Answer cases(final Query query) {
        final Json json = new Json().open().name("cases").openArray();
        view.cases().forEach(item -> CaseJson.append(json, item));
        return Answer.json(HttpResponseStatus.OK, json.closeArray().close());
    }

    /** The last interval and the total of every hop and name. */
    Answer latency(final Query query) {
        final Json json = new Json().open().name("latency").openArray();
        view.latency().forEach(latency -> LatencyJson.append(json, latency));
        return Answer.json(HttpResponseStatus.OK, json.closeArray().close());
    }

    /** What was fetched again, venue by venue. */
    Answer backfills(final Query query) {
        final Json json = new Json().open().name("venues").openArray();
        for (final BackfillView item : view.backfills()) {
            final BackfillStatus status = item.status();
            json.open()
                    .field("venue", status.venue())
                    .field("gaps", status.gaps())
                    .field("missing", item.missing())
                    .field("recovered", item.recovered())
                    .field("books", status.books())
                    .field("requests", status.requests())
                    .field("failed", status.failed())
                    .field("refused", status.refused())
                    .field("queued", status.queued())
                    .time("heldBackUntil", status.heldBackUntilNs())
                    .field("lastError", status.lastError())
                    .close();
        }
        return Answer.json(HttpResponseStatus.OK, json.closeArray().close());
    }
}
