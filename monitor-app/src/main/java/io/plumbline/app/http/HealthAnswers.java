package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.math.BigDecimal;

/** {@code /health}, {@code /health/deps} and {@code /ready}. */
final class HealthAnswers {
    private static final Shape HEALTH_SHAPE =
            Shape.object()
                    .text("status", "UP, DEGRADED or DOWN.")
                    .text("version", "The build.")
                    .time("startedAt", "When the process started.")
                    .time("now", "When this was read.")
                    .whole("uptimeNs", "Between both.")
                    .number("score", "Health, 0 to 100; its terms: /api/debug/comprehensive.")
                    .orNull()
                    .texts("reasons", "One sentence each for what keeps it from being UP.");

    private static final Shape READY_SHAPE =
            Shape.object()
                    .flag("ready", "Whether every feed and Redis has been live.")
                    .texts("reasons", "What is still missing.");

    static final Content HEALTH = Content.json(HEALTH_SHAPE).at(503, HEALTH_SHAPE);
    static final Content READY = Content.json(READY_SHAPE).at(503, READY_SHAPE);

    /** One dependency. */
    static final Shape DEPENDENCY =
            Shape.object()
                    .text("name", "Of the source.")
                    .text(
                            "kind",
                            "venue, redis, redis_node, probe, database, journal, outbox or gate.")
                    .text(
                            "state",
                            "Of the session, the node, the journal, the outbox, the gate's hash.")
                    .flag("healthy", "Whether this state needs nobody's attention.")
                    .text("detail", "Endpoint, reason, rung.")
                    .time("since", "When the state was entered.")
                    .orNull()
                    .time("lastMessage", "When something last came or went through it.")
                    .orNull()
                    .whole("silentNs", "Since then.")
                    .orNull()
                    .whole("epoch", "Number of its connection; 0 where there are none.")
                    .flag("connected", "Whether something can come through it now.")
                    .number("last_message_age", "Seconds.")
                    .orNull();

    static final Content DEPENDENCIES =
            Content.json(
                    Shape.object()
                            .text("status", "UP, DEGRADED or DOWN.")
                            .time("now", "When this was read.")
                            .list("dependencies", "In a stable order.", DEPENDENCY));

    private static final long SCORE_NS = 1_000_000_000L;

    private final MonitorView view;

    // Event loop only.
    private BigDecimal score;
    private long scoredNs;

    HealthAnswers(final MonitorView view) {
        this.view = view;
    }

    /** 200 while the process can vouch for anything at all, else 503. */
    Answer health(final Query query) {
        final Health health = view.health();
        final Json json =
                new Json()
                        .open()
                        .field("status", health.status().name())
                        .field("version", health.version())
                        .time("startedAt", health.startedAtNs())
                        .time("now", health.nowNs())
                        .field("uptimeNs", health.nowNs() - health.startedAtNs())
                        .field("score", score(health.nowNs()))
                        .strings("reasons", health.reasons())
                        .close();
        return Answer.json(okIf(health.status() != Health.Status.DOWN), json);
    }

    /**
     * At most a second old: it is made of every symbol. Null before there is a monitor: then nobody
     * waits for what it is made of.
     */
    private BigDecimal score(final long nowNs) {
        if (score == null || nowNs - scoredNs > SCORE_NS) {
            scoredNs = nowNs;
            score = view.vitals().spanNs() == 0 ? null : Diagnosis.of(view).score().score();
        }
        return score;
    }

    /** Always 200: the dependencies' trouble is not the monitor's. */
    Answer dependencies(final Query query) {
        final Health health = view.health();
        final Json json =
                new Json()
                        .open()
                        .field("status", health.status().name())
                        .time("now", health.nowNs())
                        .name("dependencies")
                        .openArray();
        view.dependencies().forEach(dependency -> append(json, dependency, health.nowNs()));
        return Answer.json(HttpResponseStatus.OK, json.closeArray().close());
    }

    static void append(final Json json, final Dependency dependency, final long nowNs) {
        final long lastNs = dependency.lastMessageNs();
        json.open()
                .field("name", dependency.name())
                .field("kind", dependency.kind().label())
                .field("state", dependency.state())
                .field("healthy", dependency.healthy())
                .field("detail", dependency.detail())
                .time("since", dependency.sinceNs())
                .time("lastMessage", lastNs)
                .fieldOrNull("silentNs", lastNs == 0 ? -1 : Math.max(0, nowNs - lastNs))
                .field("epoch", dependency.epoch())
                .field("connected", dependency.connected())
                .field("last_message_age", FeedReading.age(dependency, nowNs))
                .close();
    }

    /** 200 when ready, else 503 with what is missing. */
    Answer ready(final Query query) {
        final Readiness readiness = view.readiness();
        final Json json =
                new Json()
                        .open()
                        .field("ready", readiness.ready())
                        .strings("reasons", readiness.reasons())
                        .close();
        return Answer.json(okIf(readiness.ready()), json);
    }

    private static HttpResponseStatus okIf(final boolean well) {
        return well ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
    }
}
