package io.plumbline.app.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All routes by path: the one list of what is served. A new route is one line here. */
final class Routes {
    private static final List<String> NONE = List.of();

    private final Map<String, Route> byPath = new LinkedHashMap<>();

    /** The routes over {@code view}. */
    static Routes of(final MonitorView view) {
        final HealthAnswers health = new HealthAnswers(view);
        final ApiAnswers api = new ApiAnswers(view);
        final SymbolAnswers symbols = new SymbolAnswers(view);
        final RedisAnswers redis = new RedisAnswers(view);
        final MetricsAnswer metrics = new MetricsAnswer(view);
        final Routes routes = new Routes();
        final IndexPage index = new IndexPage(view, routes);
        routes.add("/", "This page.", NONE, index::answer);
        routes.add("/health", "Whether the monitor lives and vouches.", NONE, health::health);
        routes.add("/health/deps", "What it depends on.", NONE, health::dependencies);
        routes.add("/ready", "Whether everything has been live.", NONE, health::ready);
        routes.add("/metrics", "Prometheus text format.", NONE, metrics::answer);
        routes.add("/api/findings", "Latest findings.", List.of("limit"), api::findings);
        routes.add("/api/cases", "Cases of the desk.", NONE, api::cases);
        routes.add(
                "/api/symbols",
                "Every watched key, compared.",
                List.of("venue", "search"),
                symbols::answer);
        routes.add("/api/redis", "Every Redis, node by node.", NONE, redis::answer);
        routes.add("/api/latency", "Latency per hop.", NONE, api::latency);
        routes.add(
                "/api/backfill/status", "What was fetched again after gaps.", NONE, api::backfills);
        return routes;
    }

    private void add(
            final String path,
            final String purpose,
            final List<String> parameters,
            final Route.Handler handler) {
        byPath.put(path, new Route(path, purpose, parameters, handler));
    }

    /** The route of this path, or null. */
    Route find(final String path) {
        return byPath.get(path);
    }

    List<Route> all() {
        return new ArrayList<>(byPath.values());
    }
}
