package io.plumbline.feed.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.CollectedInbound;
import io.plumbline.feed.CollectedInbound.Message;
import io.plumbline.feed.rest.ReferenceFetcher;
import io.plumbline.feed.rest.ReferenceSettings;
import io.plumbline.feed.venue.Venue;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Instruments.Instrument;
import io.plumbline.metrics.Counters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ReferenceFetcherTest {
    private static final String LIST = "BTCUSDT 0.01\nETHUSDT 0.10\nSOLUSDT 0.001\nBTCUSDC 0.01\n";
    private static final List<Instrument> WATCHED =
            List.of(
                    new Instrument(0, "fake", "BTC/USDT", "BTCUSDT"),
                    new Instrument(1, "fake", "ETH/USDT", "ETHUSDT"),
                    new Instrument(2, "fake", "BTC/USTD", "BTCUSTD"));
    private static final ReferenceSettings QUICK =
            new ReferenceSettings(
                    Duration.ofMillis(50),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    1_000,
                    Duration.ofMillis(10),
                    Duration.ofMillis(20),
                    Duration.ofMillis(300),
                    null);

    private final CollectedInbound inbound = new CollectedInbound();

    private ReferenceFetcher fetcher(final ScriptedServer server, final ReferenceSettings how) {
        return new ReferenceFetcher(
                new FakeVenue(),
                new FakeVenue()
                        .referenceRequests(
                                URI.create(server.uri().toString().replace("ws:", "http:")),
                                Venue.Access.NONE),
                FeedFixture.SOURCE,
                WATCHED,
                FeedFixture.context(inbound, new Counters()),
                how,
                FeedFixture.random());
    }

    private static void answer(final ScriptedServer.Peer peer, final String head, final byte[] body)
            throws IOException {
        peer.answer(
                "HTTP/1.1 "
                        + head
                        + "Connection: close\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n");
        peer.raw(body);
    }

    @Test
    void shouldOfferWhatTheVenueSaysOfTheWatchedAndNameTheUnknownOnce() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                ReferenceFetcher fetcher = fetcher(server, QUICK)) {
            fetcher.start();
            final ScriptedServer.Peer peer = server.accept();
            assertEquals("GET /instruments HTTP/1.1", peer.request().get(0));
            answer(peer, "200 OK\r\n", LIST.getBytes(StandardCharsets.UTF_8));
            final ScriptedServer.Peer again = server.accept();
            answer(again, "200 OK\r\n", LIST.getBytes(StandardCharsets.UTF_8));
            inbound.eventually(() -> inbound.texts(InboundType.REFERENCE).size() >= 4);
            final String btc = "{\"symbol\":\"BTCUSDT\",\"tickSize\":\"0.01\"}";
            final String eth = "{\"symbol\":\"ETHUSDT\",\"tickSize\":\"0.10\"}";
            assertEquals(
                    List.of(btc, eth, btc, eth),
                    inbound.texts(InboundType.REFERENCE).subList(0, 4));
            assertEquals(
                    List.of(
                            "SYMBOL_UNKNOWN BTC/USTD not listed by fake; nearest: BTCUSDC,"
                                    + " BTC/USDT"),
                    inbound.texts(InboundType.MONITOR));
            final Message first = inbound.all().get(0);
            assertEquals(FeedFixture.SOURCE, first.source());
            assertEquals(0, first.epoch());
        }
    }

    @Test
    void shouldReadACompressedList() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                ReferenceFetcher fetcher = fetcher(server, QUICK)) {
            fetcher.start();
            answer(
                    server.accept(),
                    "200 OK\r\nContent-Encoding: gzip\r\n",
                    gzip(LIST.getBytes(StandardCharsets.UTF_8)));
            inbound.eventually(() -> inbound.texts(InboundType.REFERENCE).size() >= 2);
        }
    }

    @Test
    void shouldSayOnceThatItIsMissingAndKeepTrying() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                ReferenceFetcher fetcher = fetcher(server, QUICK)) {
            fetcher.start();
            answer(server.accept(), "500 Oops\r\n", new byte[0]);
            answer(server.accept(), "302 Found\r\nLocation: http://127.0.0.1:1/\r\n", new byte[0]);
            answer(server.accept(), "200 OK\r\n", "nonsense".getBytes());
            answer(server.accept(), "200 OK\r\n", new byte[2_000]);
            answer(
                    server.accept(),
                    "200 OK\r\nContent-Encoding: gzip\r\n",
                    gzip(new byte[10_000_000]));
            server.accept().cut();
            final ScriptedServer.Peer truncated = server.accept();
            truncated.answer("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nBTCUSDT 0.01\n");
            truncated.cut();
            answer(server.accept(), "200 OK\r\n", LIST.getBytes(StandardCharsets.UTF_8));
            inbound.eventually(() -> inbound.texts(InboundType.REFERENCE).size() >= 2);
            assertEquals(
                    List.of(
                            "REFERENCE_MISSING fake instruments from 127.0.0.1: HTTP 500; tick"
                                    + " sizes are not checked until it answers"),
                    inbound.texts(InboundType.MONITOR).stream()
                            .filter(t -> t.startsWith("REFERENCE"))
                            .toList());
        }
    }

    @Test
    void shouldHonourRetryAfter() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                ReferenceFetcher fetcher = fetcher(server, QUICK)) {
            fetcher.start();
            answer(server.accept(), "418 Teapot\r\nRetry-After: 1\r\n", new byte[0]);
            final long refusedNs = System.nanoTime();
            server.accept();
            assertTrue(System.nanoTime() - refusedNs >= 950_000_000L);
        }
    }

    @Test
    void shouldCloseWhileTheVenueDoesNotAnswer() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain()) {
            final long closingNs;
            try (ReferenceFetcher fetcher = fetcher(server, QUICK)) {
                fetcher.start();
                server.accept();
                closingNs = System.nanoTime();
            }
            assertTrue(System.nanoTime() - closingNs < 4_500_000_000L);
            assertEquals(List.of(), inbound.all());
        }
    }

    private static byte[] gzip(final byte[] bytes) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
