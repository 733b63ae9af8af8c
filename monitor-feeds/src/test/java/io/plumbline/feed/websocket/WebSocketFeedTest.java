package io.plumbline.feed.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.CollectedInbound.Message;
import io.plumbline.feed.FeedStatus;
import io.plumbline.feed.RequestBudget;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.CounterId;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketFeedTest {
    private static final Duration USUAL = Duration.ofSeconds(5);

    private static WebSocketSettings quick(
            final Duration ack, final Duration warm, final Duration pong) {
        final WebSocketSettings.Timeouts t = FeedFixture.QUICK.timeouts();
        return FeedFixture.QUICK.with(
                new WebSocketSettings.Timeouts(
                        t.connect(),
                        t.handshake(),
                        t.attempt(),
                        ack,
                        warm,
                        pong,
                        t.check(),
                        t.forceClose()));
    }

    @Test
    void normalPath() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), FeedFixture.QUICK, "a", "b")) {
            f.feed.start();
            final ScriptedServer.Peer peer = server.acceptUpgraded();
            assertEquals("sub 1 a", peer.read().text());
            assertEquals("sub 2 b", peer.read().text());
            peer.text("ack 1");
            peer.text("ack 2");
            peer.text("data a 1");
            peer.text("data b 1");
            f.inbound.awaitSession("1 LIVE");
            final FeedStatus status = f.feed.status();
            f.feed.close();

            final String host = "127.0.0.1:" + server.uri().getPort();
            assertEquals(
                    List.of(
                            "1 CONNECTING to " + host,
                            "1 SUBSCRIBED 2 requests for 2 streams",
                            "1 WARMING all 2 requests answered",
                            "1 LIVE data on 2 of 2 streams",
                            "1 DOWN the monitor stops"),
                    f.inbound.sessions());
            assertEquals(
                    List.of("ack 1", "ack 2", "data a 1", "data b 1"),
                    f.inbound.texts(InboundType.FRAME_TEXT));
            assertEquals(SessionState.LIVE, status.state());
            assertEquals(host + ": data on 2 of 2 streams", status.detail());
            assertEquals(4, f.counters.get(CounterId.FEED_FRAMES));
            assertEquals(26, f.counters.get(CounterId.FEED_BYTES));
            assertEquals(1001, peer.read().closeStatus());
            assertTrue(peer.ended());
        }
    }

    @Test
    void shouldOfferDataThatPrecedesTheAck() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), FeedFixture.QUICK, "a")) {
            f.feed.start();
            final ScriptedServer.Peer peer = server.accept();
            // The upgrade and the first data in one segment.
            final byte[] head = peer.upgradeHead("").getBytes(StandardCharsets.ISO_8859_1);
            final byte[] data =
                    ScriptedServer.frame(
                            ScriptedServer.FIN | ScriptedServer.TEXT, "data a 1".getBytes());
            final byte[] both = java.util.Arrays.copyOf(head, head.length + data.length);
            System.arraycopy(data, 0, both, head.length, data.length);
            peer.raw(both);
            f.inbound.await(m -> m.text().equals("data a 1"));
            peer.text("ack 1");
            f.inbound.awaitSession("1 LIVE data on 1 of 1 streams");
            assertEquals(List.of("data a 1", "ack 1"), f.inbound.texts(InboundType.FRAME_TEXT));
        }
    }

    @Test
    void shouldStampAllFramesOfOneReadAlikeAndNeverBackwards() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), FeedFixture.QUICK, "a")) {
            f.feed.start();
            final ScriptedServer.Peer peer = server.acceptUpgraded();
            peer.serve("a");
            final byte[] one =
                    ScriptedServer.frame(
                            ScriptedServer.FIN | ScriptedServer.TEXT, "data a 1".getBytes());
            final byte[] three = java.util.Arrays.copyOf(one, 3 * one.length);
            System.arraycopy(one, 0, three, one.length, one.length);
            System.arraycopy(one, 0, three, 2 * one.length, one.length);
            peer.raw(three);
            f.inbound.eventually(() -> stamps(f).size() == 3);
            assertEquals(1, stamps(f).stream().distinct().count());
        }
    }

    private static List<Long> stamps(final FeedFixture f) {
        return f.inbound.all().stream()
                .filter(m -> m.text().equals("data a 1"))
                .map(Message::stampNs)
                .toList();
    }

    @Test
    void shouldReconnectAfterALostAck() throws Exception {
        final WebSocketSettings settings = quick(Duration.ofMillis(500), USUAL, USUAL);
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), settings, "a", "b")) {
            f.feed.start();
            final ScriptedServer.Peer deaf = server.acceptUpgraded();
            deaf.text("ack 1");
            final ScriptedServer.Peer good = server.acceptUpgraded();
            good.serve("a", "b");
            f.inbound.awaitSession("2 LIVE");
            assertTrue(deaf.ended());
            assertEquals(
                    List.of(
                            "1 SUBSCRIBED 2 requests for 2 streams",
                            "1 DOWN no answer to request 2 of 2 sub 2 b"),
                    f.inbound.sessions().subList(1, 3));
        }
    }

    @Test
    void shouldStayWithARejectedSubscription() throws Exception {
        final WebSocketSettings settings = quick(USUAL, Duration.ofMillis(100), USUAL);
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), settings, "a", "zz")) {
            f.feed.start();
            final ScriptedServer.Peer peer = server.acceptUpgraded();
            // In this order it does not matter how long the machine takes from one to the next.
            peer.text("ack 1");
            peer.text("data a 1");
            peer.text("err 2 unknown stream");
            f.inbound.awaitSession("1 LIVE data on 1 of 2 streams");
            assertEquals(
                    List.of("SUBSCRIBE_REJECTED unknown stream (to sub 2 zz)"),
                    f.inbound.texts(InboundType.MONITOR));
        }
    }

    @Test
    void shouldReconnectAfterEveryKindOfEnd() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), FeedFixture.QUICK, "a")) {
            f.feed.start();
            final ScriptedServer.Peer cut = server.acceptUpgraded();
            cut.serve("a");
            f.inbound.awaitSession("1 LIVE");
            cut.cut();
            final ScriptedServer.Peer closing = server.acceptUpgraded();
            closing.serve("a");
            f.inbound.awaitSession("2 LIVE");
            closing.closeFrame(1012, "restart");
            f.inbound.awaitSession("2 DOWN closed by the venue: 1012 restart");
            // Those sent before the goodbye was read: ack requests have ids of their own each time.
            final ScriptedServer.Peer third = server.acceptUpgraded();
            assertEquals("sub 1 a", third.read().text());
            third.text("ack 1");
            third.text("data a 1");
            f.inbound.awaitSession("3 LIVE");
            assertTrue(
                    f.inbound.sessions().contains("1 DOWN connection lost without a close frame")
                            || f.inbound.sessions().stream()
                                    .anyMatch(s -> s.startsWith("1 DOWN") && s.contains("reset")),
                    () -> f.inbound.sessions().toString());
            assertEquals(2, f.counters.get(CounterId.FEED_DISCONNECTS));
            assertEquals(3, f.counters.get(CounterId.FEED_CONNECT_ATTEMPTS));
        }
    }

    @Test
    void shouldKeepTryingWhereNobodyListens() throws Exception {
        final int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (FeedFixture f =
                new FeedFixture(URI.create("ws://127.0.0.1:" + port), FeedFixture.QUICK, "a")) {
            f.feed.start();
            f.inbound.awaitSession("3 DOWN no connection: Connection refused");
            assertTrue(f.counters.get(CounterId.FEED_CONNECT_FAILURES) >= 3);
            f.inbound.eventually(() -> f.feed.status().detail().contains("next attempt in"));
            assertEquals(SessionState.DOWN, f.feed.status().state());
        }
    }

    @Test
    void shouldHonourRetryAfterAndTellBothEdges() throws Exception {
        final RequestBudget connects = new RequestBudget(100, 1_000_000_000L);
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f =
                        new FeedFixture(
                                new FakeVenue(), server.uri(), FeedFixture.QUICK, connects, "a")) {
            f.feed.start();
            server.accept()
                    .answer(
                            "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\n"
                                    + "Content-Length: 9\r\n\r\nslow down");
            f.inbound.awaitSession("1 DOWN");
            f.inbound.eventually(() -> connects.tryAcquire(f.context.clock().epochNanos()) > 0);
            server.acceptUpgraded().serve("a");
            f.inbound.awaitSession("2 LIVE");
            final List<Message> all = f.inbound.all();
            final long refusedNs = stampOf(all, "DOWN upgrade refused");
            final long againNs =
                    all.stream()
                            .filter(m -> m.epoch() == 2)
                            .mapToLong(Message::stampNs)
                            .min()
                            .orElseThrow();
            assertTrue(againNs - refusedNs >= 1_000_000_000L, "waited " + (againNs - refusedNs));
            assertEquals(
                    "DOWN upgrade refused with HTTP 429 Too Many Requests: slow down",
                    f.inbound.texts(InboundType.SESSION).get(1));
            assertEquals(
                    List.of(
                            "RATE_LIMITED HTTP 429 from 127.0.0.1:"
                                    + server.uri().getPort()
                                    + "; next attempt in 1000 ms",
                            "RATE_NORMAL fake accepts connections again"),
                    f.inbound.texts(InboundType.MONITOR));
            assertEquals(0, connects.tryAcquire(f.context.clock().epochNanos()));
        }
    }

    private static long stampOf(final List<Message> all, final String start) {
        return all.stream()
                .filter(m -> m.text().startsWith(start))
                .findFirst()
                .orElseThrow()
                .stampNs();
    }

    @Test
    void shouldNameEveryRefusedUpgrade() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), FeedFixture.QUICK, "a")) {
            f.feed.start();
            server.accept()
                    .answer(
                            "HTTP/1.1 301 Moved Permanently\r\nLocation: wss://other/ws\r\n"
                                    + "Content-Length: 0\r\n\r\n");
            server.accept().answer("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
            server.accept().answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
            server.accept().answer("not http at all\r\n\r\n");
            final ScriptedServer.Peer wrongKey = server.accept();
            wrongKey.answer(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n");
            server.accept().answer("HTTP/1.1 451 Unavailable\r\nContent-Length: 0\r\n\r\n");
            f.inbound.awaitSession("6 DOWN");
            final List<String> downs =
                    f.inbound.texts(InboundType.SESSION).stream()
                            .filter(s -> s.startsWith("DOWN"))
                            .toList();
            assertEquals(
                    List.of(
                            "DOWN upgrade redirected with HTTP 301 Moved Permanently to"
                                    + " wss://other/ws: redirects are not followed, configure the"
                                    + " final address",
                            "DOWN upgrade refused with HTTP 503 Service Unavailable",
                            "DOWN upgrade refused with HTTP 200 OK: hi"),
                    downs.subList(0, 3));
            assertEquals(
                    "DOWN the answer to the upgrade is not HTTP: is this a WebSocket endpoint?",
                    downs.get(3));
            assertTrue(downs.get(4).contains("Invalid challenge"), downs.get(4));
            assertEquals("DOWN upgrade refused with HTTP 451 Unavailable", downs.get(5));
            assertEquals(6, f.counters.get(CounterId.FEED_CONNECT_FAILURES));
        }
    }

    @Test
    void shouldAnswerPingsAndOfferHeartbeats() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f =
                        new FeedFixture(
                                FakeVenue.with(20, Duration.ofMillis(50), null),
                                server.uri(),
                                FeedFixture.QUICK,
                                new RequestBudget(10, 1_000_000_000L),
                                "a")) {
            f.feed.start();
            final ScriptedServer.Peer peer = server.acceptUpgraded();
            peer.serve("a");
            final ScriptedServer.Frame ping = peer.read();
            assertEquals(ScriptedServer.PING, ping.opcode());
            peer.pong(ping.payload());
            f.inbound.eventually(() -> f.counters.get(CounterId.FEED_PONGS) == 1);
            peer.ping("are you there");
            ScriptedServer.Frame answer = peer.read();
            while (answer.opcode() == ScriptedServer.PING) {
                peer.pong(answer.payload());
                answer = peer.read();
            }
            assertEquals(ScriptedServer.PONG, answer.opcode());
            assertEquals("are you there", answer.text());
            assertEquals("", f.inbound.texts(InboundType.HEARTBEAT).get(0));
        }
    }

    @Test
    void shouldLeaveAHalfOpenConnection() throws Exception {
        final WebSocketSettings settings = quick(USUAL, USUAL, Duration.ofMillis(100));
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f =
                        new FeedFixture(
                                FakeVenue.with(20, Duration.ofMillis(100), null),
                                server.uri(),
                                settings,
                                new RequestBudget(10, 1_000_000_000L),
                                "a")) {
            f.feed.start();
            server.acceptUpgraded().serve("a");
            server.acceptUpgraded();
            f.inbound.awaitSession("2 SUBSCRIBED");
            final List<String> sessions = f.inbound.sessions();
            final int down =
                    sessions.indexOf("2 CONNECTING to 127.0.0.1:" + server.uri().getPort()) - 1;
            assertTrue(
                    sessions.get(down).startsWith("1 DOWN half-open: no pong for"),
                    sessions.toString());
            assertTrue(
                    sessions.get(down - 1).startsWith("1 SUSPECT no pong for"),
                    sessions.toString());
            // The second is as deaf, and may be found out before this is read.
            final List<String> missed =
                    f.inbound.all().stream()
                            .filter(m -> m.type() == InboundType.MONITOR && m.epoch() == 1)
                            .map(Message::text)
                            .toList();
            assertEquals(1, missed.size(), missed.toString());
            assertTrue(missed.get(0).startsWith("HEARTBEAT_MISSED"), missed.get(0));
        }
    }

    @Test
    void shouldOutliveAVenueThatCannotSubscribe() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), FeedFixture.QUICK, "broken")) {
            f.feed.start();
            f.inbound.eventually(() -> f.counters.get(CounterId.FEED_ERRORS) >= 3);
            assertEquals(List.of(), f.inbound.all());
        }
    }

    @Test
    void shouldRefuseAnAddressThatIsNoWebSocket() {
        final IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new FeedFixture(
                                        URI.create("https://user:secret@host/x?key=secret"),
                                        FeedFixture.QUICK,
                                        "a"));
        assertTrue(e.getMessage().contains("wss://host:port/path"), e.getMessage());
        assertFalse(e.getMessage().contains("secret"), e.getMessage());
    }

    @Test
    void shouldCloseQuicklyWhileThePeerNeitherReadsNorAnswers() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), FeedFixture.QUICK, "a")) {
            f.feed.start();
            server.accept();
            final long beganNs = System.nanoTime();
            f.feed.close();
            assertTrue(System.nanoTime() - beganNs < 4_000_000_000L);
            assertTrue(f.inbound.sessions().contains("1 DOWN the monitor stops"));
        }
    }
}
