package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.time.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each feed fault, seen from the other end of a real socket. */
class FeedFaultsTest {
    private static final long SEED = 11;
    private static final long MS = 1_000_000;
    private static final long START_NS = 1_750_000_000_000_000_000L;
    private static final String SPOT = SimulatedInstruments.SPOT;

    private final ManualClock clock = new ManualClock(START_NS);
    private final SimulatedMarket market =
            new SimulatedMarket(SEED, SimulatedInstruments.standard());
    private final List<SimulatedFrame> published = new ArrayList<>();
    private final List<InjectedFault> injected = new ArrayList<>();
    private ExchangeSimulator exchange;
    private FeedFaults faults;

    @BeforeEach
    void start() throws IOException {
        exchange = new ExchangeSimulator(0, SimulatorLimits.binance(), clock, Await::thread);
        exchange.start();
        faults = new FeedFaults(exchange, market);
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    private FaultPlayer script(
            final FaultKind kind,
            final String symbol,
            final Map<FaultParameter, String> parameters) {
        final Fault fault =
                new Fault(
                        1,
                        kind,
                        SPOT,
                        symbol,
                        List.of(),
                        START_NS + 500 * MS,
                        START_NS + 1_500 * MS,
                        parameters);
        return new FaultPlayer(
                FaultScript.of(List.of(fault)), List.of(faults, new Remember(injected)));
    }

    private void run(final FaultPlayer player, final int ms) {
        for (int i = 0; i < ms; i++) {
            clock.advanceBy(MS);
            player.step(clock.epochNanos());
            market.step(
                    clock.epochNanos(),
                    frame -> {
                        published.add(frame);
                        exchange.onFrame(frame);
                    });
            exchange.step(clock.epochNanos());
        }
    }

    private List<SimulatedFrame> stream(final String stream) {
        return published.stream()
                .filter(frame -> frame.venue().equals(SPOT) && frame.stream().equals(stream))
                .toList();
    }

    private static List<String> text(final List<SimulatedFrame> frames) {
        return frames.stream().map(SimulatedFrame::json).toList();
    }

    /** The place of the first frame that the fault could touch. */
    private static int firstHit(final List<SimulatedFrame> frames) {
        int index = 0;
        while (frames.get(index).stampNs() < START_NS + 500 * MS) {
            index++;
        }
        return index;
    }

    @Test
    void droppedMessage() {
        try (TestClient client = TestClient.connect(exchange.uri(), "/stream")) {
            client.subscribe("ethusdt@depth@100ms");
            run(
                    script(
                            FaultKind.DROPPED_MESSAGE,
                            "ETH/USDT",
                            Map.of(FaultParameter.CHANNEL, "depth")),
                    2_000);
            final List<SimulatedFrame> expected = new ArrayList<>(stream("ethusdt@depth"));
            final SimulatedFrame dropped = expected.remove(firstHit(expected));
            Await.until("the rest", () -> client.received.size() == 1 + expected.size());
            assertEquals(text(expected), client.data("ethusdt@depth@100ms"));
            final long first = TestClient.json(dropped.json()).get("U").longValue();
            final long last = TestClient.json(dropped.json()).get("u").longValue();
            assertEquals(
                    Map.of(
                            "missingFrom",
                            first,
                            "missingTo",
                            last,
                            "missingCount",
                            last - first + 1),
                    injected.get(0).details());
            assertEquals(dropped.stampNs(), injected.get(0).actedNs());
            assertEquals(START_NS + 1_500 * MS, injected.get(0).endedNs());
        }
    }

    @Test
    void duplicatedMessage() {
        try (TestClient client = TestClient.connect(exchange.uri(), "/stream")) {
            client.subscribe("btcusdt@aggTrade");
            run(
                    script(
                            FaultKind.DUPLICATED_MESSAGE,
                            "BTC/USDT",
                            Map.of(FaultParameter.CHANNEL, "aggTrade")),
                    2_000);
            final List<SimulatedFrame> expected = new ArrayList<>(stream("btcusdt@aggTrade"));
            final int hit = firstHit(expected);
            expected.add(hit, expected.get(hit));
            Await.until("all", () -> client.received.size() == 1 + expected.size());
            assertEquals(text(expected), client.data("btcusdt@aggTrade"));
            assertEquals(Map.of("id", expected.get(hit).ids().last()), injected.get(0).details());
        }
    }

    @Test
    void reorderedMessages() {
        try (TestClient client = TestClient.connect(exchange.uri(), "/stream")) {
            client.subscribe("btcusdt@trade");
            run(
                    script(
                            FaultKind.REORDERED_MESSAGES,
                            "BTC/USDT",
                            Map.of(FaultParameter.CHANNEL, "trade")),
                    2_000);
            final List<SimulatedFrame> expected = new ArrayList<>(stream("btcusdt@trade"));
            final int hit = firstHit(expected);
            final SimulatedFrame early = expected.remove(hit);
            expected.add(hit + 1, early);
            Await.until("all", () -> client.received.size() == 1 + expected.size());
            assertEquals(text(expected), client.data("btcusdt@trade"));
            assertEquals(
                    Map.of(
                            "sentFirst",
                            expected.get(hit).ids().last(),
                            "sentSecond",
                            early.ids().last()),
                    injected.get(0).details());
        }
    }

    @Test
    void idsBeginAnew() {
        try (TestClient client = TestClient.connect(exchange.uri(), "/stream")) {
            client.subscribe("btcusdt@aggTrade");
            run(script(FaultKind.SEQUENCE_RESET_BY_VENUE, "BTC/USDT", Map.of()), 2_000);
            final List<SimulatedFrame> all = stream("btcusdt@aggTrade");
            Await.until("all", () -> client.received.size() == 1 + all.size());
            final SimulatedFrame reset = all.get(firstHit(all));
            assertEquals(1, reset.ids().last());
            assertEquals(text(all), client.data("btcusdt@aggTrade"));
        }
    }

    @Test
    void oneSymbolSilent() {
        try (TestClient client = TestClient.connect(exchange.uri(), "/stream")) {
            client.subscribe("btcusdt@aggTrade", "btcusdt@bookTicker", "ethusdt@aggTrade");
            run(script(FaultKind.SYMBOL_SILENT, "BTC/USDT", Map.of()), 2_000);
            final List<SimulatedFrame> trades = stream("btcusdt@aggTrade");
            final List<SimulatedFrame> silent =
                    trades.stream()
                            .filter(frame -> frame.stampNs() >= START_NS + 500 * MS)
                            .filter(frame -> frame.stampNs() < START_NS + 1_500 * MS)
                            .toList();
            final List<SimulatedFrame> others = stream("ethusdt@aggTrade");
            final List<SimulatedFrame> heard = new ArrayList<>(trades);
            heard.removeAll(silent);
            Await.until(
                    "the others", () -> client.data("ethusdt@aggTrade").size() == others.size());
            Await.until("the end", () -> client.data("btcusdt@aggTrade").size() == heard.size());
            assertEquals(text(heard), client.data("btcusdt@aggTrade"));
            final Map<String, Object> details = injected.get(0).details();
            assertEquals(silent.get(0).ids().first(), details.get("aggTrade.missingFrom"));
            assertEquals(
                    silent.get(silent.size() - 1).ids().last(), details.get("aggTrade.missingTo"));
            assertEquals((long) silent.size(), details.get("aggTrade.missingCount"));
        }
    }

    @Test
    void muteConnection() {
        try (TestClient client = TestClient.connect(exchange.uri(), "/stream")) {
            client.subscribe("btcusdt@aggTrade");
            final FaultPlayer player =
                    script(FaultKind.MUTE_CONNECTION, "", Map.of(FaultParameter.ROUTE, "SPOT"));
            run(player, 1_400);
            client.ping();
            Await.until("a pong while mute", () -> client.pongs.get() == 1);
            run(player, 600);
            final List<SimulatedFrame> heard = new ArrayList<>(stream("btcusdt@aggTrade"));
            final int all = heard.size();
            heard.removeIf(
                    frame ->
                            frame.stampNs() >= START_NS + 500 * MS
                                    && frame.stampNs() < START_NS + 1_500 * MS);
            Await.until("the rest", () -> client.received.size() == 1 + heard.size());
            assertEquals(text(heard), client.data("btcusdt@aggTrade"));
            assertEquals(
                    Map.of("connections", 1L, "withheldFrames", (long) (all - heard.size())),
                    injected.get(0).details());
            assertFalse(client.closed);
        }
    }

    @Test
    void halfOpen() {
        try (TestClient client = TestClient.connect(exchange.uri(), "/stream")) {
            client.subscribe("btcusdt@aggTrade");
            final FaultPlayer player =
                    script(FaultKind.HALF_OPEN, "", Map.of(FaultParameter.ROUTE, "SPOT"));
            run(player, 499);
            final int before = stream("btcusdt@aggTrade").size();
            Await.until("the start", () -> client.received.size() == 1 + before);
            run(player, 900);
            client.ping();
            client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}");
            try (TestClient fresh = TestClient.connect(exchange.uri(), "/stream")) {
                fresh.subscribe("btcusdt@aggTrade");
                assertFalse(client.closed);
                run(player, 600);
                Await.until("the end", () -> client.closed);
                assertEquals(1 + before, client.received.size());
                assertEquals(0, client.pongs.get());
                assertFalse(fresh.closed);
                Await.until("data on the new one", () -> fresh.received.size() > 1);
            }
        }
    }

    @Test
    void disconnect() {
        try (TestClient client = TestClient.connect(exchange.uri(), "/stream");
                TestClient other = TestClient.connect(exchange.uri(), "/market/stream")) {
            other.subscribe("btcusdt@aggTrade");
            final FaultPlayer player =
                    script(FaultKind.DISCONNECT, "", Map.of(FaultParameter.ROUTE, "SPOT"));
            run(player, 600);
            Await.until("the cut", () -> client.closed);
            assertEquals(0, exchange.clients(Route.SPOT));
            assertThrows(
                    CompletionException.class, () -> TestClient.connect(exchange.uri(), "/stream"));
            run(player, 1_000);
            try (TestClient again = TestClient.connect(exchange.uri(), "/stream")) {
                again.subscribe("btcusdt@aggTrade");
                assertFalse(other.closed);
                assertTrue(player.finished());
            }
        }
    }
}
