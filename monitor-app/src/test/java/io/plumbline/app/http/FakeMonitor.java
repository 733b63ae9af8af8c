package io.plumbline.app.http;

import io.plumbline.app.gate.GateReading;
import io.plumbline.app.gate.GateState;
import io.plumbline.app.latency.IntervalSink;
import io.plumbline.app.latency.LatencyReporter;
import io.plumbline.app.latency.LatencyView;
import io.plumbline.feed.backfill.BackfillStatus;
import io.plumbline.feed.redis.health.NodeReport;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.market.Field;
import io.plumbline.market.Freshness;
import io.plumbline.market.Rung;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import io.plumbline.metrics.LatencyRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A monitor that says what the test tells it to. */
final class FakeMonitor implements MonitorView {
    static final long NOW_NS = 1_795_435_200_123_456_789L;
    static final String HOSTILE = "<script>\"\\\u2028\n&'";

    final Counters counters = new Counters();
    volatile Health.Status status = Health.Status.UP;
    volatile boolean ready = true;
    volatile List<SymbolStatus> symbols =
            List.of(symbol("binance-spot", "BTC/USDT"), symbol("binance-usdm", "ETH/USDT:USDT"));
    volatile RuntimeException fault;

    @Override
    public Health health() {
        return new Health(
                status,
                "1.2.3",
                NOW_NS - 60_000_000_000L,
                NOW_NS,
                status == Health.Status.UP ? List.of() : List.of(HOSTILE));
    }

    @Override
    public List<Dependency> dependencies() {
        return List.of(
                new Dependency(
                        "binance-spot/1",
                        Dependency.Kind.VENUE,
                        "LIVE",
                        true,
                        "wss://127.0.0.1",
                        NOW_NS - 5_000_000_000L,
                        NOW_NS - 2_000_000_000L,
                        3),
                new Dependency(
                        "redis/main", Dependency.Kind.REDIS, "DOWN", false, HOSTILE, 0, 0, 0),
                new Dependency("journal", Dependency.Kind.JOURNAL, "WRITING", true, "", 1, 2, 0));
    }

    @Override
    public Readiness readiness() {
        return new Readiness(ready, ready ? List.of() : List.of("redis/main was never LIVE"));
    }

    @Override
    public List<SymbolStatus> symbols() {
        return symbols;
    }

    @Override
    public List<String> recentFindings(final int limit) {
        final List<String> lines = new ArrayList<>();
        for (int i = 3; i > 0 && lines.size() < limit; i--) {
            lines.add(finding(i));
        }
        return lines;
    }

    /** A line of the findings file. */
    static String finding(final int number) {
        return "{\"kind\":\"SEQUENCE_GAP\",\"edge\":\"event\",\"severity\":\"HIGH\","
                   + "\"detector\":\"sequence\",\"venue\":\"binance-spot\",\"instrument\":\"BTC/USDT\","
                   + "\"channel\":\"aggTrade\",\"at\":\"2026-11-23T12:00:00.123456789Z\","
                   + "\"fingerprint\":\"sequence|binance-spot|BTC/USDT|\",\"evidence\":{\"missing\":"
                + number
                + "},\"text\":\"a gap\"}";
    }

    volatile GateReading gate =
            new GateReading(
                    "",
                    GateState.CAUTION,
                    HOSTILE,
                    List.of("price|v|i|k"),
                    7,
                    NOW_NS - 1_000_000_000L);
    volatile List<GateReading> gates =
            List.of(
                    new GateReading(
                            "BTC/USDT:USDT",
                            GateState.OPEN,
                            "",
                            List.of(),
                            3,
                            NOW_NS - 2_000_000_000L));

    @Override
    public Trend trend(final String key) {
        return key.equals("pms:price:BTC")
                ? new Trend(
                        List.of(
                                new Trend.Sample(NOW_NS - 1_000_000_000L, "", "1.5", 0),
                                new Trend.Sample(NOW_NS, "1.50", "1.5", 7)))
                : null;
    }

    @Override
    public GateReading gate() {
        return gate;
    }

    @Override
    public List<GateReading> gates() {
        return gates;
    }

    @Override
    public GateReading gate(final String symbol) {
        return gates.stream().filter(r -> r.symbol().equals(symbol)).findFirst().orElse(null);
    }

    volatile Controls controls = new FakeControls();

    @Override
    public Controls controls() {
        return controls;
    }

    @Override
    public List<CaseView> cases() {
        if (fault != null) {
            throw fault;
        }
        return List.of(
                new CaseView(
                        "price|binance-spot|BTC/USDT|k",
                        FindingKind.PRICE_WRONG,
                        Severity.HIGH,
                        "OPEN",
                        "binance-spot",
                        "BTC/USDT",
                        "k",
                        NOW_NS - 1,
                        NOW_NS,
                        4,
                        "",
                        HOSTILE,
                        "maintenance:weekly",
                        "PAGED",
                        true,
                        "ann",
                        NOW_NS,
                        HOSTILE,
                        List.of(new CaseView.Moment(NOW_NS, "OPENED", HOSTILE))));
    }

    @Override
    public List<LatencyView> latency() {
        final LatencyRecorder recorder =
                new LatencyRecorder(Hop.VENUE_TO_SOCKET, "binance-spot", counters);
        final LatencyReporter reporter =
                new LatencyReporter(
                        List.of(
                                recorder,
                                new LatencyRecorder(Hop.ENGINE, "all", counters),
                                recorded(Hop.REDIS_PING),
                                recorded(Hop.REDIS_ROUND_TRIP)),
                        IntervalSink.NONE,
                        1,
                        NOW_NS);
        recorder.record(2_000_000);
        recorder.record(4_000_000);
        reporter.poll(NOW_NS + 1_000_000_000L);
        return reporter.latest();
    }

    private LatencyRecorder recorded(final Hop hop) {
        final LatencyRecorder recorder = new LatencyRecorder(hop, "main", counters);
        recorder.record(1_000_000);
        return recorder;
    }

    @Override
    public List<BackfillView> backfills() {
        return List.of(
                new BackfillView(
                        new BackfillStatus(
                                "binance-spot", 3, 2, 9, 1, 4, 5, NOW_NS + 1_000_000_000L, HOSTILE),
                        120,
                        118));
    }

    @Override
    public Vitals vitals() {
        return new Vitals(
                3_600_000_000_000L,
                6,
                1,
                2,
                1,
                1,
                Map.of("binance-spot/1", 3_240_000_000_000L),
                300_000_000_000L,
                30_000,
                300);
    }

    @Override
    public Thresholds thresholds() {
        return Thresholds.GUIDE;
    }

    @Override
    public List<Prerequisite> prerequisites() {
        return List.of(
                new Prerequisite("free space", Prerequisite.Result.WARN, HOSTILE, "free some"));
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public List<RedisNodeView> redisNodes() {
        return List.of(
                new RedisNodeView(
                        new NodeReport(
                                "main",
                                "127.0.0.1:6379",
                                true,
                                "",
                                NOW_NS,
                                250_000,
                                Map.of(
                                        "role", "master",
                                        "redis_version", "7.0.15",
                                        "used_memory", "1000",
                                        "maxmemory", "4000",
                                        "evicted_keys", "3",
                                        "master_repl_offset", "500",
                                        "slave0",
                                                "ip=10.0.0.2,port=6379,state=online,offset=400,lag=1"),
                                Map.of(),
                                List.of(),
                                Map.of("evicted_keys", 2L),
                                new NodeReport.SlowLog(
                                        9, List.of(new NodeReport.SlowLog.Slow(8, 5, 7, "KEYS"))),
                                new NodeReport.OwnClients("plumbline", 3, 0),
                                "K$ghxe",
                                List.of(HOSTILE)),
                        List.of()),
                new RedisNodeView(
                        NodeReport.down("main", "127.0.0.1:6380", HOSTILE, NOW_NS), List.of()));
    }

    @Override
    public List<FeedCopies> copies() {
        return List.of(
                new FeedCopies("binance-spot/1-a", 7, 5, 4, 2_000_000_000L, 3, 1),
                new FeedCopies("binance-spot/1-b", 1, 2, 2, 1_000_000_000L, 0, 0));
    }

    @Override
    public Map<GaugeId, Long> gauges() {
        return Map.of(GaugeId.INBOUND_RING_CAPACITY, 65_536L, GaugeId.INBOUND_RING_REMAINING, 17L);
    }

    static SymbolStatus symbol(final String venue, final String instrument) {
        return new SymbolStatus(
                venue,
                instrument,
                "pms:price:" + instrument,
                Field.LAST,
                "64123.45",
                "64123.4",
                "-5",
                "",
                "WRONG",
                0,
                1_000_000,
                -1,
                new Coverage(10, 2, 3, 4),
                Freshness.State.FRESH,
                true,
                Rung.NOTIFICATION);
    }
}
