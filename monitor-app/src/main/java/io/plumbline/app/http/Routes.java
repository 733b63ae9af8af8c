package io.plumbline.app.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All routes by path: the one list of what is served. A new route is one entry here, with the
 * {@link Content} that its answers have: {@code OpenApiTest} asks it and holds the answer against
 * that.
 */
final class Routes {
    private static final List<Parameter> NONE = List.of();

    private final Map<String, Route> byPath = new LinkedHashMap<>();
    private final List<Route> belowPath = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private Answer login;

    /** The routes over {@code view}. */
    static Routes of(final MonitorView view) {
        final ApiAnswers api = new ApiAnswers(view);
        final SymbolAnswers symbols = new SymbolAnswers(view);
        final RedisAnswers redis = new RedisAnswers(view);
        final MetricsAnswer metrics = new MetricsAnswer(view);
        final Routes routes = new Routes();
        final IndexPage index = new IndexPage(view, routes);
        final WebFiles web = new WebFiles();
        routes.login = web.login();
        for (final String path : web.paths()) {
            routes.add(path, "The dashboard.", NONE, web.content(path), query -> web.file(path));
        }
        routes.add("/api", "This page.", NONE, IndexPage.PAGE, index::answer);
        routes.add(
                "/api/openapi.json",
                "All of this as an OpenAPI document.",
                NONE,
                Content.json(OpenApi.DOCUMENT),
                new OpenApi(view, routes)::answer);
        routes.health(view);
        routes.add(
                "/metrics", "Prometheus text format.", NONE, MetricsAnswer.TEXT, metrics::answer);
        routes.add(
                "/api/findings",
                "Latest findings.",
                ApiAnswers.LIMIT,
                ApiAnswers.FINDINGS,
                api::findings);
        routes.add("/api/cases", "Cases of the desk.", NONE, ApiAnswers.CASES, api::cases);
        routes.controls(view);
        routes.add(
                "/api/symbols",
                "Every watched key, compared.",
                SymbolAnswers.SELECTION,
                SymbolAnswers.SYMBOLS,
                symbols::answer);
        routes.gate(view);
        routes.add("/api/redis", "Every Redis, node by node.", NONE, RedisShape.ALL, redis::answer);
        routes.add("/api/latency", "Latency per hop.", NONE, ApiAnswers.LATENCY, api::latency);
        routes.dashboard(view);
        routes.guide(view, api);
        routes.add(
                "/api/backfill/status",
                "What was fetched again after gaps.",
                NONE,
                ApiAnswers.BACKFILLS,
                api::backfills);
        return routes;
    }

    private void health(final MonitorView view) {
        final HealthAnswers health = new HealthAnswers(view);
        add(
                "/health",
                "Whether the monitor lives and vouches.",
                NONE,
                HealthAnswers.HEALTH,
                health::health);
        add(
                "/health/deps",
                "What it depends on.",
                NONE,
                HealthAnswers.DEPENDENCIES,
                health::dependencies);
        add(
                "/ready",
                "Whether everything has been live.",
                NONE,
                HealthAnswers.READY,
                health::ready);
    }

    private void controls(final MonitorView view) {
        final ControlAnswers controls = new ControlAnswers(view);
        add(
                new Route(
                        ControlAnswers.CASES,
                        "The case after it, with its timeline.",
                        NONE,
                        ControlAnswers.FINGERPRINT,
                        ControlAnswers.CASE,
                        controls::oneCase));
        add(
                ControlAnswers.PATH,
                "What pages nobody for a while.",
                NONE,
                ControlAnswers.SILENCES,
                controls::silences);
        orders.addAll(controls.orders());
    }

    private void gate(final MonitorView view) {
        final GateAnswers gate = new GateAnswers(view);
        add("/api/gate", "Whether all and each may be traded.", NONE, GateAnswers.ALL, gate::all);
        add("/api/gate/stream", "The same as events.", NONE, GateAnswers.STREAM, gate::stream);
        add(
                new Route(
                        GateAnswers.BELOW,
                        "Whether the symbol after it may be traded.",
                        NONE,
                        GateAnswers.SYMBOL,
                        GateAnswers.ONE,
                        gate::symbol));
    }

    private void dashboard(final MonitorView view) {
        final DashboardAnswers dashboard = new DashboardAnswers(view);
        add(
                "/api/latency/buckets",
                "Histograms per hop.",
                NONE,
                DashboardAnswers.BUCKETS,
                dashboard::buckets);
        add(
                "/api/trend",
                "The last minutes of a key.",
                DashboardAnswers.KEY,
                DashboardAnswers.TREND,
                dashboard::trend);
        add(
                "/api/stream",
                "All of it and a part of the symbols, as events.",
                SymbolWindow.PARAMETERS,
                DashboardAnswers.STREAM,
                dashboard::stream);
    }

    /** Under the names of the production guide. */
    private void guide(final MonitorView view, final ApiAnswers api) {
        final DebugAnswers debug = new DebugAnswers(view);
        add(
                "/api/debug/comprehensive",
                "All that is known, with the health score.",
                NONE,
                DebugAnswers.COMPREHENSIVE,
                debug::comprehensive);
        add(
                "/api/debug/redis-cluster",
                "Every Redis: its state, its nodes, our connections.",
                NONE,
                DebugAnswers.REDIS,
                debug::redis);
        add(
                "/api/debug/websocket",
                "The connections to venues, now and in the last hour.",
                NONE,
                DebugAnswers.WEBSOCKET,
                debug::websocket);
        add(
                "/api/debug/market-data",
                "How fresh every price in Redis is.",
                NONE,
                DebugAnswers.MARKET,
                debug::market);
        add(
                "/ws/health",
                "Whether every stream is heard.",
                NONE,
                DebugAnswers.SOCKETS,
                debug::sockets);
        add(
                "/backfill/status",
                "The same as /api/backfill/status.",
                NONE,
                ApiAnswers.BACKFILLS,
                api::backfills);
        add(
                "/context",
                "What of the engine's context a monitor can know.",
                NONE,
                DebugAnswers.CONTEXT,
                debug::context);
    }

    private void add(
            final String path,
            final String purpose,
            final List<Parameter> parameters,
            final Content content,
            final Route.Handler handler) {
        add(new Route(path, purpose, parameters, null, content, handler));
    }

    private void add(final Route route) {
        byPath.put(route.path(), route);
        if (route.below() != null) {
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

    /** Why nothing can be read at this path, which is no route. */
    Refusal missing(final String path) {
        return order(path) == null ? Refusal.NOT_FOUND : Refusal.METHOD;
    }

    /** The answer that refuses; where the method is wrong, with those that there are. */
    Answer refused(final Refusal reason, final String path) {
        return reason == Refusal.METHOD ? reason.answer().allowing(methods(path)) : reason.answer();
    }

    private String methods(final String path) {
        if (order(path) == null) {
            return "GET, HEAD";
        }
        return find(path) == null ? "POST" : "GET, HEAD, POST";
    }

    List<Order> orders() {
        return List.copyOf(orders);
    }

    /** What asks a person for the token. */
    Answer loginPage() {
        return login;
    }

    List<Route> all() {
        return new ArrayList<>(byPath.values());
    }
}
