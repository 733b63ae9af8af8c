package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** {@code /health}, {@code /health/deps} and {@code /ready}. */
final class HealthAnswers {
    private final MonitorView view;

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
                        .strings("reasons", health.reasons())
                        .close();
        return Answer.json(okIf(health.status() != Health.Status.DOWN), json);
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
