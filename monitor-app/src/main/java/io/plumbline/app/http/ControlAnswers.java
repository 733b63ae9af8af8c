package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.plumbline.finding.FindingKind;
import io.plumbline.market.Glob;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * {@code /api/silences}, {@code /api/cases/FINGERPRINT} and their orders. A silence:
 *
 * <pre>
 * {"matchers": {"kind": "PRICE_*", "venue": ["binance-*"], "symbol": "BTC/*", "source": "pms:*"},
 *  "minutes":  120,                  1 to 43,200 (30 days)
 *  "by":       "ann",
 *  "comment":  "writer is deployed"}
 * </pre>
 *
 * An acknowledgement: {@code {"by": "ann", "note": "looking"}}; the note may be left out.
 */
final class ControlAnswers {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_MINUTES = 43_200;
    static final String CASES = "/api/cases/";
    static final String PATH = "/api/silences";
    static final Parameter FINGERPRINT =
            new Parameter("fingerprint", "Percent-encoded.", "price|binance-spot|BTC/USDT|k");
    private static final Shape GLOBS =
            Shape.object()
                    .texts("kind", "Globs of the catalogue's names.")
                    .texts("venue", "")
                    .texts("symbol", "In ccxt form.")
                    .texts("source", "Keys, connections, Redis servers, writers.");
    static final Content SILENCES =
            Content.json(
                    Shape.object()
                            .list(
                                    "silences",
                                    "Oldest first.",
                                    Shape.object()
                                            .text("id", "")
                                            .object("matchers", "All must match.", GLOBS)
                                            .text("by", "Who asked.")
                                            .text("comment", "Why.")
                                            .time("from", "")
                                            .time("until", ""))
                            .list(
                                    "maintenance",
                                    "The windows of the configuration.",
                                    Shape.object()
                                            .text("name", "")
                                            .object("matchers", "All must match.", GLOBS)
                                            .texts("days", "None: every day.")
                                            .text("from", "HH:MM")
                                            .text("to", "HH:MM")
                                            .text("zone", "")
                                            .flag("open", "Whether it is now.")));
    static final Content CASE =
            Content.json(
                            Shape.object()
                                    .with(CaseJson.SHAPE)
                                    .list("timeline", "Oldest first.", CaseJson.MOMENT))
                    .at(404, OpenApi.ERROR);
    private static final List<String> SILENCE = List.of("matchers", "minutes", "by", "comment");
    private static final List<String> MATCHERS = List.of("kind", "venue", "symbol", "source");
    private static final List<String> ACKNOWLEDGEMENT = List.of("by", "note");

    private final MonitorView view;

    ControlAnswers(final MonitorView view) {
        this.view = view;
    }

    /** All that may be changed. */
    List<Order> orders() {
        final Shape matchers =
                Shape.object()
                        .anything("kind", "A glob or several; at least one of the four.")
                        .optional()
                        .anything("venue", "")
                        .optional()
                        .anything("symbol", "")
                        .optional()
                        .anything("source", "")
                        .optional();
        return List.of(
                new Order(
                        PATH,
                        "",
                        "Begin a silence.",
                        null,
                        Shape.object()
                                .object("matchers", "What it is about.", matchers)
                                .whole("minutes", "1 to 43200.")
                                .text("by", "Who asks.")
                                .text("comment", "Why."),
                        201,
                        this::silence),
                new Order(
                        PATH + '/',
                        "/expire",
                        "End a silence.",
                        new Parameter("id", "Of the silence.", "18a"),
                        Shape.object().text("by", "Who asks.").optional(),
                        200,
                        this::expire),
                new Order(
                        CASES,
                        "/ack",
                        "Take a case on.",
                        FINGERPRINT,
                        Shape.object().text("by", "Who.").text("note", "").optional(),
                        200,
                        this::acknowledge));
    }

    /** Silences and windows. */
    Answer silences(final Query query) {
        final Json json = new Json().open().name("silences").openArray();
        for (final Controls.SilenceView item : view.controls().silences()) {
            json.open().field("id", item.id());
            matchers(json, item.matchers());
            json.field("by", item.by())
                    .field("comment", item.comment())
                    .time("from", item.fromNs())
                    .time("until", item.untilNs())
                    .close();
        }
        json.closeArray().name("maintenance").openArray();
        for (final Controls.MaintenanceView item : view.controls().maintenance()) {
            json.open().field("name", item.name());
            matchers(json, item.matchers());
            json.strings("days", item.days())
                    .field("from", item.from())
                    .field("to", item.to())
                    .field("zone", item.zone())
                    .field("open", item.open())
                    .close();
        }
        return Answer.json(HttpResponseStatus.OK, json.closeArray().close());
    }

    private static void matchers(final Json json, final Controls.Matchers matchers) {
        json.name("matchers")
                .open()
                .strings("kind", matchers.kinds())
                .strings("venue", matchers.venues())
                .strings("symbol", matchers.symbols())
                .strings("source", matchers.sources())
                .close();
    }

    /** One case with its timeline. */
    Answer oneCase(final Query query) throws BadParameter {
        final String fingerprint = query.below(CASES);
        for (final CaseView item : view.cases()) {
            if (item.fingerprint().equals(fingerprint)) {
                final Json json = new Json();
                CaseJson.whole(json, item);
                return Answer.json(HttpResponseStatus.OK, json);
            }
        }
        return error(HttpResponseStatus.NOT_FOUND, "no such case is open");
    }

    void silence(final String name, final byte[] sent, final Consumer<Answer> reply)
            throws BadParameter {
        final OrderBody body = OrderBody.of(sent, SILENCE);
        final OrderBody given = body.object("matchers", MATCHERS);
        final Controls.Matchers matchers =
                new Controls.Matchers(
                        given.globs("kind"),
                        given.globs("venue"),
                        given.globs("symbol"),
                        given.globs("source"));
        if (matchers.equals(new Controls.Matchers(List.of(), List.of(), List.of(), List.of()))) {
            throw new BadParameter("matchers names at least one of " + String.join(", ", MATCHERS));
        }
        for (final String glob : matchers.kinds()) {
            if (Arrays.stream(FindingKind.values())
                    .noneMatch(kind -> Glob.matches(glob, kind.name()))) {
                throw new BadParameter("kind names kinds of findings, for example PRICE_*");
            }
        }
        view.controls()
                .silence(
                        new Controls.NewSilence(
                                matchers,
                                body.text("by", LONGEST_NAME, null),
                                body.text("comment", LONGEST_TEXT, null),
                                TimeUnit.MINUTES.toNanos(body.number("minutes", 1, MOST_MINUTES))),
                        (result, id) ->
                                reply.accept(answer(HttpResponseStatus.CREATED, result, id)));
    }

    void expire(final String id, final byte[] sent, final Consumer<Answer> reply)
            throws BadParameter {
        if (sent.length > 0) {
            OrderBody.of(sent, List.of("by"));
        }
        view.controls()
                .expire(
                        id,
                        (result, none) -> reply.accept(answer(HttpResponseStatus.OK, result, "")));
    }

    void acknowledge(final String fingerprint, final byte[] sent, final Consumer<Answer> reply)
            throws BadParameter {
        final OrderBody body = OrderBody.of(sent, ACKNOWLEDGEMENT);
        view.controls()
                .acknowledge(
                        fingerprint,
                        body.text("by", LONGEST_NAME, null),
                        body.text("note", LONGEST_TEXT, ""),
                        (result, none) -> reply.accept(answer(HttpResponseStatus.OK, result, "")));
    }

    private static Answer answer(
            final HttpResponseStatus done, final Controls.Result result, final String id) {
        return switch (result) {
            case DONE -> {
                final Json json = new Json().open().field("done", true);
                yield Answer.json(done, (id.isEmpty() ? json : json.field("id", id)).close());
            }
            case UNKNOWN -> error(HttpResponseStatus.NOT_FOUND, "no such case or silence stands");
            case TOO_MANY ->
                    error(HttpResponseStatus.CONFLICT, "too many silences stand; expire some");
            case UNAVAILABLE ->
                    error(
                            HttpResponseStatus.SERVICE_UNAVAILABLE,
                            "the desk cannot take it now; try again");
        };
    }

    private static Answer error(final HttpResponseStatus status, final String words) {
        return Answer.json(status, new Json().open().field("error", words).close());
    }
}
