package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.plumbline.app.gate.GateReading;
import io.plumbline.app.gate.GateState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the dashboard lives on: {@code /api/stream} tells twice a second how all is and what the
 * rows on the screen show, {@code /api/trend} how one key went over the last minutes, {@code
 * /api/latency/buckets} the histograms.
 */
final class DashboardAnswers {
    static final List<Parameter> KEY =
            List.of(new Parameter("key", "A watched Redis key.", "pms:price:BTC"));

    static final Content TREND =
            Content.json(
                            Shape.object()
                                    .wholes("ms", "When, ms since the epoch.")
                                    .anything("reference", "The venue's price, a decimal or null.")
                                    .anything("redis", "The price in Redis, a decimal or null.")
                                    .wholes("lagNs", "How late; 0 when it is not."))
                    .at(404, OpenApi.ERROR);

    static final Content BUCKETS =
            Content.json(Shape.object().list("latency", "", LatencyJson.BUCKETS));

    static final Content STREAM =
            Content.events("`overview`: how all is. `rows`: the symbols of the window.");

    private static final long EVERY_NS = 500_000_000L;
    private static final long SHARED_NS = 100_000_000L;
    private static final int MOST_CASES = 200;

    private final MonitorView view;
    private final SortedSymbols sorted = new SortedSymbols();
    private String overview;
    private long overviewNs;

    DashboardAnswers(final MonitorView view) {
        this.view = view;
    }

    /** Events: {@code overview} and {@code rows}. */
    Answer stream(final Query query) throws BadParameter {
        return Answer.events(new Pulse(SymbolWindow.of(query)));
    }

    /** The samples of one key, as columns. */
    Answer trend(final Query query) {
        final Trend trend = view.trend(query.text("key"));
        if (trend == null) {
            return Refusal.NOT_FOUND.answer("key is the name of a watched Redis key");
        }
        final Json json = new Json().open().name("ms").openArray();
        trend.samples().forEach(sample -> json.raw(Long.toString(sample.atNs() / 1_000_000L)));
        json.closeArray().name("reference").openArray();
        trend.samples().forEach(sample -> price(json, sample.reference()));
        json.closeArray().name("redis").openArray();
        trend.samples().forEach(sample -> price(json, sample.redis()));
        json.closeArray().name("lagNs").openArray();
        trend.samples().forEach(sample -> json.raw(Long.toString(sample.lagNs())));
        return Answer.json(HttpResponseStatus.OK, json.closeArray().close());
    }

    private static void price(final Json json, final String price) {
        if (price.isEmpty()) {
            json.raw("null");
        } else {
            json.value(price);
        }
    }

    /** The histogram of every hop since the start. */
    Answer buckets(final Query query) {
        final Json json = new Json().open().name("latency").openArray();
        view.latency().forEach(latency -> LatencyJson.buckets(json, latency));
        return Answer.json(HttpResponseStatus.OK, json.closeArray().close());
    }

    /** Made anew for the first that asks, and for the others a moment later not again. */
    private String overview(final long nowNs) {
        if (overview == null || nowNs - overviewNs >= SHARED_NS) {
            final Json json = new Json();
            overview(json);
            overview = json.toString();
            overviewNs = nowNs;
        }
        return overview;
    }

    private void overview(final Json json) {
        final Health health = view.health();
        json.open()
                .time("now", health.nowNs())
                .field("status", health.status().name())
                .field("version", health.version())
                .time("startedAt", health.startedAtNs())
                .strings("reasons", health.reasons());
        gate(json);
        verdicts(json);
        json.name("cases").openArray();
        view.cases().stream().limit(MOST_CASES).forEach(item -> CaseJson.append(json, item));
        json.closeArray().name("dependencies").openArray();
        view.dependencies().forEach(item -> HealthAnswers.append(json, item, health.nowNs()));
        json.closeArray().name("latency").openArray();
        view.latency().forEach(latency -> LatencyJson.append(json, latency));
        json.closeArray().close();
    }

    private void gate(final Json json) {
        final Map<GateState, Integer> counts = new EnumMap<>(GateState.class);
        view.gates().forEach(reading -> counts.merge(reading.state(), 1, Integer::sum));
        final GateReading all = view.gate();
        json.name("gate")
                .open()
                .field("state", all.state().name())
                .field("reason", all.reason())
                .field("epoch", all.epoch())
                .time("since", all.sinceNs());
        for (final GateState state : GateState.values()) {
            json.field(state.name(), counts.getOrDefault(state, 0));
        }
        json.close();
    }

    private void verdicts(final Json json) {
        final Map<String, Integer> counts = new TreeMap<>();
        view.symbols().forEach(symbol -> counts.merge(symbol.verdict(), 1, Integer::sum));
        json.name("verdicts").open();
        counts.forEach(json::field);
        json.close();
    }

    /** One page's events. */
    private final class Pulse implements Answer.Events {
        private final SymbolWindow window;
        private long dueNs = Long.MIN_VALUE;

        Pulse(final SymbolWindow window) {
            this.window = window;
        }

        @Override
        public String next() {
            final long nowNs = view.health().nowNs();
            if (nowNs < dueNs) {
                return null;
            }
            dueNs = nowNs + EVERY_NS;
            final Json rows = new Json();
            window.append(rows, sorted.rows(window, view.symbols(), view.gates()));
            return "event: overview\ndata: "
                    + overview(nowNs)
                    + "\n\nevent: rows\ndata: "
                    + rows
                    + "\n\n";
        }
    }
}
