package io.plumbline.feed.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.CollectedInbound.Message;
import io.plumbline.inbound.InboundType;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Changing over to a fresh connection, make-before-break. */
class RotationTest {
    @Test
    void shouldLoseNothingWhenTheVenueAnnouncesItsShutdown() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), FeedFixture.QUICK, "a")) {
            f.feed.start();
            final ScriptedServer.Peer old = server.acceptUpgraded();
            old.serve("a");
            f.inbound.awaitSession("1 LIVE");
            old.text("bye");
            expectSeamlessChange(f, server, old);
        }
    }

    @Test
    void shouldLoseNothingWhenItIsAskedForAFreshOne() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), FeedFixture.QUICK, "a")) {
            f.feed.start();
            final ScriptedServer.Peer old = server.acceptUpgraded();
            old.serve("a");
            f.inbound.awaitSession("1 LIVE");
            f.feed.renew();
            f.feed.renew();
            expectSeamlessChange(f, server, old);
            assertEquals(2, f.counters.get(CounterId.FEED_CONNECT_ATTEMPTS), "asked for twice");
        }
    }

    @Test
    void shouldLoseNothingWhenTheConnectionGrowsOld() throws Exception {
        final WebSocketSettings settings =
                FeedFixture.QUICK.with(
                        new WebSocketSettings.Rotation(
                                Duration.ofMillis(700), Duration.ofMillis(100)));
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), settings, "a")) {
            f.feed.start();
            final ScriptedServer.Peer old = server.acceptUpgraded();
            old.serve("a");
            f.inbound.awaitSession("1 LIVE");
            expectSeamlessChange(f, server, old);
        }
    }

    /** Publishes numbers to whoever is connected until the old connection is left. */
    private static void expectSeamlessChange(
            final FeedFixture f, final ScriptedServer server, final ScriptedServer.Peer old)
            throws IOException {
        final ScriptedServer.Peer fresh = server.acceptUpgraded();
        fresh.read();
        fresh.text("ack 1");
        long number = 1;
        boolean both = true;
        for (int after = 0; after < 20; number++) {
            final String message = "data a " + number;
            try {
                old.text(message);
            } catch (final IOException left) {
                both = false;
            }
            fresh.text(message);
            after += both ? 0 : 1;
            LockSupport.parkNanos(2_000_000L);
        }
        final String last = "data a " + (number - 1);
        f.inbound.await(m -> m.epoch() == 2 && m.text().equals(last));

        assertEquals(1_000, old.read().closeStatus());
        assertEquals(
                List.of(
                        "2 SUBSCRIBED 1 requests for 1 streams",
                        "2 WARMING all 1 requests answered",
                        "2 LIVE data on 1 of 1 streams",
                        "1 DOWN planned rotation"),
                f.inbound.sessions().subList(5, 9));
        assertEquals(1, f.counters.get(CounterId.FEED_ROTATIONS));
        assertEquals(2, f.feed.status().epoch());
        assertEquals(
                LongStream.range(0, number).boxed().toList(),
                numbers(f).sorted().distinct().boxed().toList());
        final List<Message> all = f.inbound.all();
        final long liveNs = stamp(all, 2, "LIVE");
        final long downNs = stamp(all, 1, "DOWN");
        assertTrue(downNs - liveNs >= 100_000_000L, "overlap " + (downNs - liveNs));
    }

    private static LongStream numbers(final FeedFixture f) {
        return f.inbound.texts(InboundType.FRAME_TEXT).stream()
                .filter(t -> t.startsWith("data a "))
                .mapToLong(t -> Long.parseLong(t.substring(7)));
    }

    private static long stamp(final List<Message> all, final int epoch, final String state) {
        return all.stream()
                .filter(m -> m.epoch() == epoch && m.text().startsWith(state))
                .findFirst()
                .orElseThrow()
                .stampNs();
    }

    @Test
    void shouldGoOnWithTheOldConnectionWhenTheNewOneFails() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), FeedFixture.QUICK, "a")) {
            f.feed.start();
            final ScriptedServer.Peer old = server.acceptUpgraded();
            old.serve("a");
            f.inbound.awaitSession("1 LIVE");
            old.text("bye");
            server.accept().cut();
            f.inbound.awaitSession("2 DOWN");
            old.text("data a 5");
            f.inbound.await(m -> m.epoch() == 1 && m.text().equals("data a 5"));
            server.acceptUpgraded().serve("a");
            f.inbound.awaitSession("1 DOWN planned rotation");
            assertEquals(1, f.counters.get(CounterId.FEED_ROTATIONS));
            assertEquals(3, f.feed.status().epoch());
        }
    }

    @Test
    void shouldPromoteTheSuccessorWhenTheOldConnectionDiesFirst() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), FeedFixture.QUICK, "a")) {
            f.feed.start();
            final ScriptedServer.Peer old = server.acceptUpgraded();
            old.serve("a");
            f.inbound.awaitSession("1 LIVE");
            old.text("bye");
            final ScriptedServer.Peer fresh = server.acceptUpgraded();
            old.closeFrame(1001, "restart");
            f.inbound.awaitSession("1 DOWN closed by the venue: 1001 restart");
            fresh.serve("a");
            f.inbound.awaitSession("2 LIVE");
            f.inbound.eventually(() -> f.feed.status().epoch() == 2);
            assertEquals(0, f.counters.get(CounterId.FEED_ROTATIONS));
            assertEquals(2, f.counters.get(CounterId.FEED_CONNECT_ATTEMPTS));
        }
    }

    @Test
    void shouldNotLeaveDataForASilentConnection() throws Exception {
        final WebSocketSettings.Timeouts t = FeedFixture.QUICK.timeouts();
        final WebSocketSettings settings =
                FeedFixture.QUICK.with(
                        new WebSocketSettings.Timeouts(
                                t.connect(),
                                t.handshake(),
                                t.attempt(),
                                t.ack(),
                                Duration.ofMillis(50),
                                t.pong(),
                                t.check(),
                                t.forceClose()));
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), settings, "a")) {
            f.feed.start();
            final ScriptedServer.Peer old = server.acceptUpgraded();
            old.serve("a");
            f.inbound.awaitSession("1 LIVE");
            old.text("bye");
            final ScriptedServer.Peer mute = server.acceptUpgraded();
            mute.text("ack 1");
            f.inbound.awaitSession("2 LIVE data on 0 of 1 streams");
            old.text("data a 6");
            f.inbound.await(m -> m.epoch() == 1 && m.text().equals("data a 6"));
            assertEquals(0, f.counters.get(CounterId.FEED_ROTATIONS));
            mute.text("data a 7");
            f.inbound.awaitSession("1 DOWN planned rotation");
        }
    }
}
