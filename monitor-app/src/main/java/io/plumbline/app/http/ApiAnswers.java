package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.plumbline.feed.backfill.BackfillStatus;
import java.util.List;

/** {@code /api/findings}, {@code /api/cases}, {@code /api/latency} and {@code /api/backfill}. */
final class ApiAnswers {
    static final List<Parameter> LIMIT =
            List.of(new Parameter("limit", "At most so many, 1 to 1000; 100 without.", "10"));

    private static final Shape FINDING =
            Shape.object()
                    .text("kind", "A name of the catalogue.")
                    .text("edge", "open, close or event.")
                    .text("severity", "CRITICAL, HIGH, MEDIUM or LOW.")
                    .text("detector", "")
                    .text("venue", "")
                    .text("instrument", "In ccxt form; empty where it is about none.")
                    .text("channel", "Of the venue.")
                    .optional()
                    .text("key", "Of Redis, or a connection.")
                    .optional()
                    .text("writer", "Of the key.")
                    .optional()
                    .time("at", "Time of the data.")
                    .text("fingerprint", "The identity of the condition, the same for ever.")
                    .object("evidence", "What it is judged by.", Shape.object().andOthers())
                    .text("text", "One sentence for a person.");

    static final Content FINDINGS =
            Content.json(Shape.object().list("findings", "Newest first.", FINDING));
    static final Content CASES =
            Content.json(Shape.object().list("cases", "Newest first.", CaseJson.SHAPE));
    static final Content LATENCY =
            Content.json(Shape.object().list("latency", "", LatencyJson.SHAPE));
    static final Content BACKFILLS =
            Content.json(
                    Shape.object()
                            .list(
                                    "venues",
                                    "Those that are asked.",
                                    Shape.object()
                                            .text("venue", "")
                                            .whole("gaps", "That were to be closed.")
                                            .whole("missing", "Messages in them.")
                                            .whole("recovered", "Of those.")
                                            .whole("books", "Order books fetched anew.")
                                            .whole("requests", "Sent to the venue.")
                                            .whole("failed", "Of those.")
                                            .whole("refused", "Because too much was waiting.")
                                            .whole("queued", "Waiting now.")
                                            .time("heldBackUntil", "By 418, 429 or Retry-After.")
                                            .orNull()
                                            .text("lastError", "Empty without one.")));

    private static final int USUAL_FINDINGS = 100;
    private static final int MOST_FINDINGS = 1_000;

    private final MonitorView view;

    ApiAnswers(final MonitorView view) {
        this.view = view;
    }

    /** The latest findings, newest first, as they stand in the findings file. */
    Answer findings(final Query query) throws BadParameter {
        final int limit = query.number("limit", USUAL_FINDINGS, 1, MOST_FINDINGS);
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
