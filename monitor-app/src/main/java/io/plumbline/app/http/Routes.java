package io.plumbline.app.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All routes by path: the one list of what is served. A new route is one line here. */
final class Routes {
    private static final List<String> NONE = List.of();

    private final Map<String, Route> byPath = new LinkedHashMap<>();
    private final List<Route> belowPath = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();

    /** The routes over {@code view}. */
    static Routes of(final MonitorView view) {
        final HealthAnswers health = new HealthAnswers(view);
        final ApiAnswers api = new ApiAnswers(view);
        final SymbolAnswers symbols = new SymbolAnswers(view);
        final RedisAnswers redis = new RedisAnswers(view);
        final MetricsAnswer metrics = new MetricsAnswer(view);
        final Routes routes = new Routes();
        final IndexPage index = new IndexPage(view, routes);
        final WebFiles web = new WebFiles();
        for (final String path : web.paths()) {
            routes.add(path, "The dashboard.", NONE, query -> web.file(path));
        }
        routes.add("/api", "This page.", NONE, index::answer);
        routes.add("/health", "Whether the monitor lives and vouches.", NONE, health::health);
        routes.add("/health/deps", "What it depends on.", NONE, health::dependencies);
        routes.add("/ready", "Whether everything has been live.", NONE, health::ready);
        routes.add("/metrics", "Prometheus text format.", NONE, metrics::answer);
        routes.add("/api/findings", "Latest findings.", List.of("limit"), api::findings);
        routes.add("/api/cases", "Cases of the desk.", NONE, api::cases);
        final ControlAnswers controls = new ControlAnswers(view);
        routes.add("/api/cases/", "The case after it, with its timeline.", NONE, controls::oneCase);
        routes.add("/api/silences", "What pages nobody for a while.", NONE, controls::silences);
        routes.orders.add(new Order("/api/silences", "", "Begin a silence.", controls::silence));
        routes.orders.add(
                new Order("/api/silences/", "/expire", "End a silence.", controls::expire));
        routes.orders.add(
                new Order("/api/cases/", "/ack", "Take a case on.", controls::acknowledge));
        routes.add(
                "/api/symbols",
                "Every watched key, compared.",
                List.of("venue", "search"),
                symbols::answer);
        final GateAnswers gate = new GateAnswers(view);
        routes.add("/api/gate", "Whether all and each may be traded.", NONE, gate::all);
        routes.add("/api/gate/stream", "The same as events.", NONE, gate::stream);
        routes.add("/api/gate/", "Whether the symbol after it may be traded.", NONE, gate::symbol);
        routes.add("/api/redis", "Every Redis, node by node.", NONE, redis::answer);
        routes.add("/api/latency", "Latency per hop.", NONE, api::latency);
        final DashboardAnswers dashboard = new DashboardAnswers(view);
        routes.add("/api/latency/buckets", "Histograms per hop.", NONE, dashboard::buckets);
        routes.add("/api/trend", "The last minutes of a key.", List.of("key"), dashboard::trend);
        routes.add(
                "/api/stream",
                "All of it and a part of the symbols, as events.",
                DashboardAnswers.WINDOW,
                dashboard::stream);
        routes.add(
                "/api/backfill/status", "What was fetched again after gaps.", NONE, api::backfills);
        return routes;
    }

    private void add(
            final String path,
            final String purpose,
            final List<String> parameters,
            final Route.Handler handler) {
        final Route route = new Route(path, purpose, parameters, handler);
        byPath.put(path, route);
        if (path.length() > 1 && path.endsWith("/")) {
            belowPath.add(route);
        }
    }

    /** The route of this path, or the one that it lies below, or null. */
    Route find(final String path) {
        final Route exact = byPath.get(path);
        if (exact != null) {
            return exact;
        }
        for (final Route below : belowPath) {
            if (path.startsWith(below.path())) {
                return below;
            }
        }
        return null;
    }

    /** What may be changed by POST at this path, or null. */
    Order order(final String path) {
        for (final Order order : orders) {
            if (order.takes(path)) {
                return order;
            }
        }
        return null;
    }

    List<Order> orders() {
        return List.copyOf(orders);
    }

    List<Route> all() {
        return new ArrayList<>(byPath.values());
    }
}
