package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.time.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeSimulatorTest {
    private static final long SEED = 7;
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;

    private final ManualClock clock = new ManualClock(1_750_000_000_000_000_000L);
    private final SimulatedMarket market =
            new SimulatedMarket(SEED, SimulatedInstruments.standard());
    private final List<SimulatedFrame> published = new ArrayList<>();
    private ExchangeSimulator exchange;

    private ExchangeSimulator start(final SimulatorLimits limits) throws IOException {
        exchange = new ExchangeSimulator(0, limits, clock, Await::thread);
        exchange.start();
        return exchange;
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    private void run(final int ms) {
        for (int i = 0; i < ms; i++) {
            clock.advanceBy(MS);
            market.step(
                    clock.epochNanos(),
                    frame -> {
                        published.add(frame);
                        exchange.onFrame(frame);
                    });
            exchange.step(clock.epochNanos());
        }
    }

    private List<String> published(final String venue, final String stream) {
        return published.stream()
                .filter(frame -> frame.venue().equals(venue) && frame.stream().equals(stream))
                .map(SimulatedFrame::json)
                .toList();
    }

    @Test
    void shouldDeliverWhatWasSubscribedAndNothingElse() throws IOException {
        start(SimulatorLimits.binance());
        try (TestClient client = TestClient.connect(exchange.uri(), "/stream")) {
            client.subscribe("btcusdt@aggTrade", "ethusdt@depth@100ms", "btcusdt@nonsense");
            assertEquals(List.of("{\"result\":null,\"id\":1}"), client.received);
            run(2_000);
            final List<String> trades = published("binance-spot", "btcusdt@aggTrade");
            final List<String> depths = published("binance-spot", "ethusdt@depth");
            Await.until(
                    "all frames",
                    () -> client.received.size() == 1 + trades.size() + depths.size());
            assertEquals(trades, client.data("btcusdt@aggTrade"));
            assertEquals(depths, client.data("ethusdt@depth@100ms"));
        }
    }

    @Test
    void shouldServeFuturesOnTheRightRouteOnly() throws IOException {
        start(SimulatorLimits.binance());
        try (TestClient open = TestClient.connect(exchange.uri(), "/public/stream");
                TestClient rest = TestClient.connect(exchange.uri(), "/market/stream")) {
            open.subscribe("btcusdt@aggTrade", "btcusdt@bookTicker", "1000pepeusdt@depth@100ms");
            rest.subscribe("btcusdt@aggTrade", "btcusdt@bookTicker", "btcusdt@markPrice@1s");
            run(1_500);
            final List<String> trades = published("binance-usdm", "btcusdt@aggTrade");
            final List<String> marks = published("binance-usdm", "btcusdt@markPrice");
            final List<String> quotes = published("binance-usdm", "btcusdt@bookTicker");
            final List<String> depths = published("binance-usdm", "1000pepeusdt@depth");
            Await.until(
                    "all frames",
                    () ->
                            open.received.size() == 1 + quotes.size() + depths.size()
                                    && rest.received.size() == 1 + trades.size() + marks.size());
            assertEquals(quotes, open.data("btcusdt@bookTicker"));
            assertEquals(depths, open.data("1000pepeusdt@depth@100ms"));
            assertEquals(trades, rest.data("btcusdt@aggTrade"));
            assertEquals(marks, rest.data("btcusdt@markPrice@1s"));
            assertEquals(2, marks.size());
        }
    }

    @Test
    void shouldSendBarePayloadsOnRawPaths() throws IOException {
        start(SimulatorLimits.binance());
        try (TestClient raw = TestClient.connect(exchange.uri(), "/ws/btcusdt@bookTicker");
                TestClient url =
                        TestClient.connect(exchange.uri(), "/stream?streams=btcusdt@bookTicker")) {
            Await.until("both clients", () -> exchange.clients(Route.SPOT) == 2);
            run(500);
            final List<String> quotes = published("binance-spot", "btcusdt@bookTicker");
            Await.until("raw frames", () -> raw.received.size() == quotes.size());
            Await.until("wrapped frames", () -> url.received.size() == quotes.size());
            assertEquals(quotes, raw.received);
            assertEquals(quotes, url.data("btcusdt@bookTicker"));
        }
    }

    @Test
    void shouldAnswerRequestsLikeTheVenue() throws IOException {
        start(SimulatorLimits.binance());
        final List<String> requests =
                List.of(
                        "{\"method\":\"SUBSCRIBE\",\"params\":[\"a@trade\",\"b@depth\"],\"id\":1}",
                        "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":\"x\"}",
                        "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"a@trade\"],\"id\":null}",
                        "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":4}",
                        "{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":5}",
                        "{\"method\":\"SUBSCRIBE\",\"params\":\"a@trade\",\"id\":6}",
                        "{\"method\":\"SUBSCRIBES\",\"params\":[],\"id\":7}",
                        "{\"method\":\"SUBSCRIBE\",\"params\":[1],\"id\":8}",
                        "{\"params\":[],\"id\":9}",
                        "{oh");
        try (TestClient client = TestClient.connect(exchange.uri(), "/stream")) {
            for (int i = 0; i < requests.size(); i++) {
                clock.advanceBy(SECOND);
                client.send(requests.get(i));
                final int expected = i + 1;
                Await.until("answer " + expected, () -> client.received.size() == expected);
            }
            assertEquals(
                    List.of(
                            "{\"result\":null,\"id\":1}",
                            "{\"result\":[\"a@trade\",\"b@depth\"],\"id\":\"x\"}",
                            "{\"result\":null,\"id\":null}",
                            "{\"result\":[\"b@depth\"],\"id\":4}",
                            "{\"result\":true,\"id\":5}"),
                    client.received.subList(0, 5));
            for (int i = 5; i < 9; i++) {
                final JsonNode error = TestClient.json(client.received.get(i));
                assertEquals(2, error.get("code").intValue());
                assertTrue(error.get("msg").textValue().startsWith("Invalid request: "));
                assertEquals(i + 1, error.get("id").intValue());
            }
            final JsonNode error = TestClient.json(client.received.get(9));
            assertEquals(3, error.get("code").intValue());
            assertTrue(error.get("msg").textValue().startsWith("Invalid JSON: "));
        }
    }

    @Test
    void shouldCloseClientsThatSendTooMuch() throws IOException {
        start(SimulatorLimits.binance());
        try (TestClient spot = TestClient.connect(exchange.uri(), "/stream");
                TestClient usdm = TestClient.connect(exchange.uri(), "/market/stream")) {
            for (int i = 0; i < 5; i++) {
                spot.ping();
                usdm.ping();
                usdm.ping();
            }
            Await.until("pongs", () -> spot.pongs.get() == 5 && usdm.pongs.get() == 10);
            assertFalse(spot.closed || usdm.closed);
            spot.ping();
            usdm.ping();
            Await.until("both closed", () -> spot.closed && usdm.closed);
            assertEquals(1008, spot.closeCode);
            assertEquals("Too many requests", usdm.closeReason);
            assertEquals(2, exchange.counts().tooManyMessages());
        }
    }

    @Test
    void shouldPingAndDropWhoDoesNotPong() throws IOException {
        start(SimulatorLimits.binance().withPings(20 * SECOND, 60 * SECOND));
        try (TestClient alive = TestClient.connect(exchange.uri(), "/stream");
                RawClient dead = new RawClient(exchange.port(), "/stream")) {
            assertTrue(dead.handshake().startsWith("HTTP/1.1 101"));
            Await.until("both clients", () -> exchange.clients(Route.SPOT) == 2);
            for (int i = 1; i <= 4; i++) {
                final int pings = i;
                clock.advanceBy(20 * SECOND);
                exchange.step(clock.epochNanos());
                Await.until("ping " + i, () -> alive.pings.get() == pings);
                Await.until(
                        "its pong",
                        () ->
                                exchange.connected(Entrance.of(Route.SPOT)).stream()
                                                .filter(client -> client.awaitsPong())
                                                .count()
                                        <= 1);
            }
            Await.until("the dead one gone", () -> exchange.clients(Route.SPOT) == 1);
            assertTrue(dead.drain() < 100);
            assertFalse(alive.closed);
        }
    }

    @Test
    void shouldAnnounceAndEndALongLife() throws IOException {
        start(SimulatorLimits.binance().withLifetime(30 * SECOND, 10 * SECOND));
        try (TestClient client = TestClient.connect(exchange.uri(), "/stream")) {
            Await.until("the client", () -> exchange.clients(Route.SPOT) == 1);
            clock.advanceBy(20 * SECOND);
            final long announcedMs = clock.epochNanos() / MS;
            exchange.step(clock.epochNanos());
            exchange.step(clock.epochNanos());
            Await.until("the announcement", () -> client.received.size() == 1);
            assertEquals(
                    "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":"
                            + announcedMs
                            + "}}",
                    client.received.get(0));
            clock.advanceBy(10 * SECOND);
            exchange.step(clock.epochNanos());
            Await.until("the end", () -> client.closed && exchange.clients(Route.SPOT) == 0);
            assertEquals(1001, client.closeCode);
            assertEquals(1, client.received.size());
        }
    }

    @Test
    void shouldDropClientsThatDoNotRead() throws IOException {
        start(SimulatorLimits.binance().withMaxQueuedFrames(50));
        try (RawClient sleeper = new RawClient(exchange.port(), "/stream?streams=btcusdt@depth")) {
            assertTrue(sleeper.handshake().startsWith("HTTP/1.1 101"));
            Await.until("the client", () -> exchange.clients(Route.SPOT) == 1);
            final String padding = "x".repeat(100_000);
            for (int i = 0; i < 1_000 && exchange.counts().slowClients() == 0; i++) {
                exchange.onFrame(
                        new SimulatedFrame(
                                "binance-spot",
                                "BTC/USDT",
                                io.plumbline.market.Channel.DEPTH,
                                "btcusdt@depth",
                                '"' + padding + '"',
                                clock.epochNanos(),
                                SimulatedFrame.Ids.NONE,
                                SimulatedFrame.Prices.NONE));
            }
            assertEquals(1, exchange.counts().slowClients());
            assertEquals(0, exchange.clients(Route.SPOT));
        }
    }

    @Test
    void shouldRefuseUnknownPaths() throws IOException {
        start(SimulatorLimits.binance());
        for (final String path : List.of("/", "/streams", "/private/stream", "/publicstream")) {
            assertThrows(CompletionException.class, () -> TestClient.connect(exchange.uri(), path));
        }
        assertTrue(exchange.counts().refused() >= 4, "this client tries again by itself");
    }

    @Test
    void shouldNameThePortThatIsTaken() throws IOException {
        start(SimulatorLimits.binance());
        try (ExchangeSimulator second =
                new ExchangeSimulator(
                        exchange.port(), SimulatorLimits.binance(), clock, Await::thread)) {
            final IOException failure = assertThrows(IOException.class, second::start);
            assertTrue(
                    failure.getMessage().contains("127.0.0.1:" + exchange.port()),
                    failure.getMessage());
            assertTrue(failure.getMessage().contains("choose another port"));
        }
    }
}
