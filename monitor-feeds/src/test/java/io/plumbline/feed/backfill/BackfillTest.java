package io.plumbline.feed.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.feed.CollectedInbound;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.rest.ReferenceSettings;
import io.plumbline.feed.venue.Venues;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.Instruments.Instrument;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackfillTest {
    private static final Instrument BTC = new Instrument(0, "binance-spot", "BTC/USDT", "BTCUSDT");
    private static final long HOLD_NS = 400_000_000L;
    private static final ReferenceSettings QUICK =
            new ReferenceSettings(
                    null,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    1_000,
                    Duration.ofMillis(5),
                    Duration.ofMillis(10),
                    Duration.ofNanos(HOLD_NS),
                    null);

    /** An answer of the venue: its status, and its body or its Retry-After in seconds. */
    private record Answer(int status, String body) {}

    private final CollectedInbound inbound = new CollectedInbound();
    private final SystemClock clock = new SystemClock();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Long> askedNs = new ArrayList<>();
    private HttpServer server;
    private Backfill backfill;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext(
                "/",
                exchange -> {
                    final Answer answer;
                    synchronized (answers) {
                        asked.add(exchange.getRequestURI().toString());
                        askedNs.add(clock.epochNanos());
                        answer = answers.isEmpty() ? new Answer(500, "") : answers.poll();
                    }
                    final byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(
                            answer.status, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        backfill =
                new Backfill(
                        Venues.find("binance-spot"),
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        4,
                        new FeedContext(clock, inbound, new Counters(), BackfillTest::thread),
                        QUICK,
                        new RequestBudget(100, 1_000_000_000L),
                        new Random(7));
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @AfterEach
    void close() {
        backfill.close();
        server.stop(0);
    }

    private void answer(final int status, final String body) {
        synchronized (answers) {
            answers.add(new Answer(status, body));
        }
    }

    private List<String> asked() {
        synchronized (answers) {
            return List.copyOf(asked);
        }
    }

    @Test
    void gapIsFetchedPageByPage() throws Exception {
        answer(200, "[1]");
        answer(200, "[2]");
        assertTrue(backfill.trades(BTC, Channel.AGG_TRADE, 10, 1_509));
        backfill.start();
        inbound.eventually(() -> inbound.texts(InboundType.BACKFILL).size() == 2);
        assertEquals(
                List.of(
                        "/api/v3/aggTrades?symbol=BTCUSDT&fromId=10&limit=1000",
                        "/api/v3/aggTrades?symbol=BTCUSDT&fromId=1010&limit=500"),
                asked());
        final String head = "{\"symbol\":\"BTCUSDT\",\"channel\":\"aggTrade\",";
        assertEquals(
                List.of(
                        head
                                + "\"from\":10,\"to\":1009,\"gapFrom\":10,\"gapTo\":1509,\"body\":[1]}",
                        head
                                + "\"from\":1010,\"to\":1509,\"gapFrom\":10,\"gapTo\":1509,"
                                + "\"body\":[2]}"),
                inbound.texts(InboundType.BACKFILL));
        assertEquals(
                new BackfillStatus("binance-spot", 1, 0, 2, 0, 0, 0, 0, ""), backfill.status());
    }

    @Test
    void bookIsFetchedWithItsSymbol() throws Exception {
        answer(200, "{\"lastUpdateId\":5}");
        assertTrue(backfill.book(BTC));
        assertTrue(backfill.book(BTC), "asked for already");
        backfill.start();
        inbound.eventually(() -> !inbound.texts(InboundType.SNAPSHOT).isEmpty());
        assertEquals(
                List.of("{\"symbol\":\"BTCUSDT\",\"body\":{\"lastUpdateId\":5}}"),
                inbound.texts(InboundType.SNAPSHOT));
        assertEquals(List.of("/api/v3/depth?symbol=BTCUSDT&limit=1000"), asked());
    }

    @Test
    void refusalThatBlamesUsHoldsAllRequestsBack() throws Exception {
        answer(429, "");
        answer(200, "[]");
        backfill.trades(BTC, Channel.AGG_TRADE, 1, 2);
        backfill.start();
        inbound.eventually(() -> backfill.status().heldBackUntilNs() > 0);
        inbound.eventually(() -> inbound.texts(InboundType.BACKFILL).size() == 1);
        synchronized (answers) {
            final long waitedNs = askedNs.get(1) - askedNs.get(0);
            assertTrue(waitedNs >= HOLD_NS, "waited " + waitedNs);
        }
        assertEquals(0, backfill.status().failed());
    }

    @Test
    void whatFailsThreeTimesIsGivenUpAndSaid() throws Exception {
        backfill.trades(BTC, Channel.AGG_TRADE, 1, 2_000);
        backfill.book(BTC);
        backfill.start();
        inbound.eventually(() -> backfill.status().failed() == 2);
        assertEquals(2 * Backfill.ATTEMPTS, asked().size());
        assertEquals(
                List.of(
                        "{\"symbol\":\"BTCUSDT\",\"channel\":\"aggTrade\",\"from\":1,\"to\":2000,"
                                + "\"gapFrom\":1,\"gapTo\":2000,\"error\":\"aggTrades 1 to 2000 of"
                                + " BTC/USDT: HTTP 500 from GET 127.0.0.1/api/v3/aggTrades\"}"),
                inbound.texts(InboundType.BACKFILL));
        assertEquals(List.of(), inbound.texts(InboundType.SNAPSHOT));
        assertEquals(
                "the order book of BTC/USDT: HTTP 500 from GET 127.0.0.1/api/v3/depth",
                backfill.status().lastError());
    }

    @Test
    void errandThatBreaksLeavesTheOthers() throws Exception {
        // No venue is to throw, so it is made to: it asks for a name that is not there.
        final Instrument broken = new Instrument(1, "binance-spot", "B/T", null);
        answer(200, "[]");
        backfill.trades(BTC, Channel.AGG_TRADE, 1, 2);
        backfill.trades(broken, Channel.AGG_TRADE, 1, 2);
        backfill.start();
        inbound.eventually(() -> inbound.texts(InboundType.BACKFILL).size() == 1);
        assertEquals(1, backfill.status().failed());
        assertEquals(1, asked().size());
    }

    @Test
    void whatCannotBeTakenOnIsRefusedAndCounted() {
        assertFalse(backfill.trades(BTC, Channel.TRADE, 1, 2), "no single trades by id");
        assertFalse(backfill.trades(BTC, Channel.AGG_TRADE, 1, 20_000), "too wide");
        for (int i = 0; i < Backfill.QUEUE; i++) {
            assertTrue(backfill.trades(BTC, Channel.AGG_TRADE, i, i));
        }
        assertFalse(backfill.trades(BTC, Channel.AGG_TRADE, 999, 999), "full");
        assertFalse(backfill.book(BTC), "full");
        assertEquals(3, backfill.status().refused());
        assertEquals(Backfill.QUEUE, backfill.status().queued());
    }
}
