package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.plumbline.app.latency.LatencyStats;
import io.plumbline.app.latency.LatencyView;
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
        for (final CaseView item : view.cases()) {
            json.open()
                    .field("fingerprint", item.fingerprint())
                    .field("kind", item.kind().name())
                    .field("severity", item.severity().name())
                    .field("state", item.state())
                    .field("venue", item.venue())
                    .field("instrument", item.instrument())
                    .field("key", item.key())
                    .time("since", item.sinceNs())
                    .time("updated", item.updatedNs())
                    .field("findings", item.findings())
                    .fieldOrNull("inhibitedBy", item.inhibitedBy())
                    .field("text", item.text())
                    .close();
        }
        return Answer.json(HttpResponseStatus.OK, json.closeArray().close());
    }

    /** The last interval and the total of every hop and name. */
    Answer latency(final Query query) {
        final Json json = new Json().open().name("latency").openArray();
        for (final LatencyView latency : view.latency()) {
            json.open()
                    .field("hop", latency.hop().label())
                    .field("name", latency.name())
                    .field("meaning", latency.hop().sentence())
                    .time("from", latency.fromNs())
                    .time("to", latency.toNs());
            stats(json.name("interval"), latency.interval());
            stats(json.name("total"), latency.total());
            json.close();
        }
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

    private static void stats(final Json json, final LatencyStats stats) {
        json.open()
                .field("count", stats.count())
                .field("minNs", stats.minNs())
                .field("p50Ns", stats.p50Ns())
                .field("p90Ns", stats.p90Ns())
                .field("p99Ns", stats.p99Ns())
                .field("p999Ns", stats.p999Ns())
                .field("maxNs", stats.maxNs())
                .close();
    }
}
