package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.app.LiveRig.Seen;
import io.plumbline.feed.FeedStatus;
import io.plumbline.feed.sim.PriceFormat;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.market.Channel;
import io.plumbline.market.Field;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.CounterId;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A whole monitor over an exchange that never errs, a writer that does its best and keeps a ledger,
 * and a Redis that is broken by the test. What is asked after each breaking: told in time and as
 * what it was, back in time, the view equal to Redis, no finding that nobody earned.
 */
final class ChaosRig implements AutoCloseable {
    /** A blindness must be told within, and sight be back within this. */
    static final long BOUND_NS = TimeUnit.SECONDS.toNanos(3);

    private static final String NAME = "prices";
    private static final String KEY = "pms:price:{symbol}";

    /** A key that is written must be looked at within this, by any rung. */
    private static final long LOOKED_NS = 500_000_000L;

    /** Who is not looked at in time is blind since then, and must be told so in time. */
    private static final long TOLD_LATE_NS = LOOKED_NS + BOUND_NS;

    /** That Redis answers again is told before the rung is chosen and all keys are read. */
    private static final long SETTLES_NS = 500_000_000L;

    private static final Set<FindingKind> BLINDNESS =
            Set.of(FindingKind.OBSERVER_DEGRADED, FindingKind.REDIS_DOWN);

    final SystemClock clock = new SystemClock();
    final LedgerWriter writer;
    final Monitor monitor;
    private final Path folder;
    private final MachineWitness machine;
    private final PriceServers servers;
    private final MarketStage stage;
    private final List<SimulatedInstrument> instruments = SimulatedInstruments.standard();
    private final List<Seen> seen = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private int mark;
    private long brokenNs;
    private volatile long firstLiveNs;

    /**
     * @param rung as in a configuration
     * @param perSecond writes beyond those of new prices
     */
    ChaosRig(final Path folder, final PriceServers servers, final String rung, final int perSecond)
            throws Exception {
        this.folder = folder;
        this.servers = servers;
        machine = new MachineWitness(folder.resolveSibling("witness"));
        writer = new LedgerWriter(servers, clock, servers.lanes(), perSecond).start();
        stage =
                new MarketStage(
                                7,
                                instruments,
                                new WriterSettings(
                                        KEY,
                                        Field.LAST,
                                        Channel.AGG_TRADE,
                                        PriceFormat.PLAIN,
                                        "price",
                                        60_000),
                                writer,
                                clock)
                        .open();
        stage.play();
        monitor =
                new Monitor(
                        LiveRig.config(
                                "monitor: {name: chaos, dataDirectory: \""
                                        + folder
                                        + "\"}\nhttp: {port: 0}\ndetectors:\n"
                                        + "  price: {frozenFor: 1500ms}\n"
                                        + "  staleness: {connection: 10s, symbol: 10s}\n"
                                        + stage.venuesYaml("aggTrade, bookTicker")
                                        + redisYaml(rung)),
                        clock,
                        this::found,
                        () -> {});
        monitor.start();
    }

    private String redisYaml(final String rung) {
        final StringBuilder yaml = new StringBuilder("redis:\n  - name: ").append(NAME);
        yaml.append('\n').append(servers.yaml());
        yaml.append("    rung: ").append(rung).append("\n    misnamed: {scan: 1s}\n    keys:\n");
        for (final String venue : stage.venues()) {
            yaml.append("      - pattern: \"").append(KEY).append("\"\n        venue: ");
            yaml.append(venue).append("\n        reference: last\n        format: json:price\n");
            yaml.append("        writer: ledger\n");
        }
        return yaml.toString();
    }

    private void found(final Finding finding, final CharSequence sentence) {
        synchronized (seen) {
            seen.add(Seen.of(finding, sentence));
        }
    }

    /** Waits until all is well, and begins a scenario. */
    void calm(final String rung) {
        Await.until(
                "everything to be well",
                60,
                () -> live() && open().isEmpty() && onRung(rung),
                this::state);
        do {
            Await.pass(1_500);
        } while (!open().isEmpty());
        mark = all().size();
        brokenNs = clock.epochNanos();
    }

    /** From now on it is broken: what is told is measured from here. */
    long broken() {
        brokenNs = clock.epochNanos();
        return brokenNs;
    }

    /** When {@link #broken} was said. */
    long brokenNs() {
        return brokenNs;
    }

    /** One of these was told within three seconds. */
    Seen awaitTold(final FindingKind... kinds) {
        final Set<FindingKind> wanted = Set.of(kinds);
        Await.until("one of " + wanted, 10, () -> told(wanted) != null, this::state);
        final Seen told = told(wanted);
        final long delayNs = told.atNs() - brokenNs;
        assertTrue(delayNs <= BOUND_NS, told + " after " + delayNs / 1_000_000L + " ms");
        return told;
    }

    /**
     * Within three seconds of {@code answersNs}, when Redis could answer again, the monitor is live
     * and what it holds of every key equals what stands in Redis. The market rests meanwhile.
     */
    void awaitBack(final long answersNs) {
        final boolean rested = stage.pause(true);
        try {
            Await.until(
                    "the view to equal Redis",
                    10,
                    () -> redisLive() && view().equals(truth()),
                    () -> differences() + "\n" + state());
            final long tookNs = clock.epochNanos() - answersNs;
            assertTrue(tookNs <= BOUND_NS, "back after " + tookNs / 1_000_000L + " ms");
        } finally {
            stage.pause(rested);
        }
    }

    /** Nothing was found since {@link #calm} but these. */
    void assertOnly(final FindingKind... kinds) {
        Await.pass(1_500);
        final Set<FindingKind> allowed = Set.of(kinds);
        assertEquals(List.of(), machine.unearned(found(), allowed), machine.toString());
        assertNull(stage.failure());
    }

    /** What was found since {@link #calm}. */
    List<Seen> found() {
        final List<Seen> all = all();
        return all.subList(mark, all.size());
    }

    /** The market rests; the writer repeats itself so often, 0 for not at all. */
    void rest(final int perSecond) {
        stage.pause(true);
        writer.rate(perSecond);
    }

    /** The market goes on. */
    void resume(final int perSecond) {
        stage.pause(false);
        writer.rate(perSecond);
    }

    List<String> keys() {
        return instruments.stream().map(each -> KEY.replace("{symbol}", each.symbol())).toList();
    }

    /** The feeds of this Redis: one, or one for every shard. */
    List<FeedStatus> redis() {
        return monitor.feeds().stream()
                .filter(feed -> feed.name().startsWith("redis/" + NAME))
                .toList();
    }

    private boolean onRung(final String rung) {
        return redis().stream().allMatch(feed -> feed.detail().contains(rung));
    }

    private boolean redisLive() {
        return redis().stream().map(FeedStatus::state).allMatch(SessionState.LIVE::equals);
    }

    /**
     * Ends the monitor, replays its journal to the same findings and holds the writer's ledger
     * against it.
     */
    WriteAccount account() throws IOException {
        final long untilNs = clock.epochNanos();
        Await.pass(1_000);
        monitor.close();
        final Path told = folder.resolve("findings.ndjson");
        assertEquals(0, monitor.counters().get(CounterId.INBOUND_DROPPED));
        assertEquals(
                Files.exists(told) ? Files.readString(told) : "",
                Replayed.well(folder, folder.resolve("journal").toString()).findings());
        return WriteAccount.of(
                writer.ledger(), folder.resolve("journal"), blind(), LOOKED_NS, untilNs);
    }

    private List<WriteAccount.Blind> blind() {
        final List<WriteAccount.Blind> blind = new ArrayList<>(machine.echoes());
        final Map<String, Long> since = new HashMap<>();
        // Before the first sight there is nothing to miss.
        blind.add(new WriteAccount.Blind(Long.MIN_VALUE, firstLiveNs));
        for (final Seen each : all()) {
            if (!BLINDNESS.contains(each.kind())) {
                continue;
            }
            if (each.edge() == Edge.OPEN) {
                since.put(each.fingerprint(), each.atNs());
            } else if (each.edge() == Edge.CLOSE) {
                blind.add(
                        new WriteAccount.Blind(
                                since.remove(each.fingerprint()) - TOLD_LATE_NS,
                                each.atNs() + SETTLES_NS));
            }
        }
        since.values().forEach(at -> blind.add(new WriteAccount.Blind(at - TOLD_LATE_NS, at)));
        return blind;
    }

    private boolean live() {
        final boolean live =
                monitor.feeds().stream().map(FeedStatus::state).allMatch(SessionState.LIVE::equals);
        if (live && firstLiveNs == 0) {
            firstLiveNs = clock.epochNanos();
        }
        return live;
    }

    private Seen told(final Set<FindingKind> kinds) {
        return found().stream()
                .filter(each -> each.edge() == Edge.OPEN && kinds.contains(each.kind()))
                .findFirst()
                .orElse(null);
    }

    private List<Seen> all() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    private Set<String> open() {
        final Map<String, Edge> last = new LinkedHashMap<>();
        for (final Seen each : all()) {
            if (each.edge() == Edge.OPEN) {
                last.put(each.fingerprint(), Edge.OPEN);
            } else if (each.edge() == Edge.CLOSE) {
                last.remove(each.fingerprint());
            }
        }
        return last.keySet();
    }

    /** What the monitor says of each key's price. */
    private Map<String, String> view() throws IOException {
        final Map<String, String> view = new TreeMap<>();
        final String body = LiveRig.get(client, monitor.httpPort(), "/api/symbols").body();
        for (final JsonNode symbol : LiveRig.MAPPER.readTree(body).get("symbols")) {
            final String price = symbol.get("redisPrice").asText();
            if (!price.isEmpty() && !price.equals("null")) {
                view.put(symbol.get("key").asText(), plain(price));
            }
        }
        return view;
    }

    private Map<String, String> truth() throws IOException {
        final Map<String, String> truth = new TreeMap<>();
        for (final Map.Entry<String, String> each : servers.values(keys()).entrySet()) {
            truth.put(
                    each.getKey(),
                    plain(LiveRig.MAPPER.readTree(each.getValue()).get("price").asText()));
        }
        return truth;
    }

    private static String plain(final String number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    private Object differences() {
        try {
            final Map<String, String> different = new TreeMap<>();
            final Map<String, String> view = view();
            final Map<String, String> truth = truth();
            for (final String key : keys()) {
                final String saw = view.getOrDefault(key, "none");
                final String is = truth.getOrDefault(key, "none");
                if (!saw.equals(is)) {
                    different.put(key, "saw " + saw + ", is " + is);
                }
            }
            return different;
        } catch (final IOException | RuntimeException e) {
            return e;
        }
    }

    /** The state of everything, for messages of failed tests. */
    Map<String, Object> state() {
        final Map<String, Object> state = new LinkedHashMap<>();
        state.put("feeds", monitor.feeds());
        state.put("open", open());
        final List<Seen> all = all();
        state.put("last", all.subList(Math.max(0, all.size() - 20), all.size()));
        return state;
    }

    @Override
    public void close() throws IOException {
        monitor.close();
        stage.close();
        writer.close();
        machine.close();
    }
}
