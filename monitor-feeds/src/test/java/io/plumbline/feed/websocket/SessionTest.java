package io.plumbline.feed.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.CollectedInbound;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.ManualClock;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state machine in virtual time: every deadline to the tick, no socket. */
class SessionTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final Duration PING = Duration.ofSeconds(10);

    private final CollectedInbound inbound = new CollectedInbound();
    private final Counters counters = new Counters();
    private final List<String> sent = new ArrayList<>();
    private final List<SessionState> told = new ArrayList<>();
    private long nowNs = 1_000 * SECOND;
    private Session session;

    private final Wire wire =
            new Wire() {
                @Override
                public void text(final String message) {
                    sent.add(message);
                }

                @Override
                public void ping() {
                    sent.add("ping");
                }

                @Override
                public void pong(final byte[] payload) {
                    sent.add("pong " + new String(payload, StandardCharsets.UTF_8));
                }

                @Override
                public void close(final int status) {
                    sent.add("close " + status);
                }
            };

    @BeforeEach
    void connect() {
        session = session(FakeVenue.with(5, PING, null), Long.MAX_VALUE, "a", "b");
    }

    private Session session(final Venue venue, final long lifeNs, final String... streams) {
        final Session made =
                new Session(
                        "fake/main",
                        venue,
                        Venue.Access.NONE,
                        new Venue.ConnectionPlan(
                                "main", URI.create("ws://localhost"), List.of(streams)),
                        7,
                        1,
                        lifeNs,
                        new FeedContext(new ManualClock(0), inbound, counters, null),
                        WebSocketSettings.defaults(),
                        (changed, at) -> told.add(changed.state()));
        made.attach(wire);
        return made;
    }

    /** Looks at the clocks every 250 ms until {@code forNs} have passed. */
    private void pass(final long forNs) {
        for (final long end = nowNs + forNs; nowNs < end; ) {
            nowNs += 250 * MS;
            session.check(nowNs);
        }
    }

    private void receive(final String message) {
        session.received(nowNs);
        session.frame(
                InboundType.FRAME_TEXT, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
    }

    private void goLive() {
        session.connecting(nowNs, "to here");
        session.upgraded(nowNs);
        receive("ack 1");
        receive("ack 2");
        receive("data a 1");
        receive("data b 1");
        assertEquals(SessionState.LIVE, session.state());
    }

    /** A frame of several records counts for all of them, and what follows a ping is data. */
    @Test
    void shouldLookAtEveryRecordOfAFrame() {
        session =
                session(
                        Venues.find("projectx"),
                        Long.MAX_VALUE,
                        "Quotes:CON.F.US.MNQ.U26",
                        "Trades:CON.F.US.MNQ.U26");
        session.connecting(nowNs, "to here");
        session.upgraded(nowNs);
        assertEquals(1, sent.size(), "the handshake alone");
        receive("{}\u001e{\"type\":6}\u001e");
        session.check(nowNs);
        assertEquals(3, sent.size());
        receive(
                "{\"type\":3,\"invocationId\":\"2\",\"result\":null}\u001e"
                        + "{\"type\":3,\"invocationId\":\"3\",\"error\":\"not yours\"}\u001e");
        assertEquals(SessionState.WARMING, session.state());
        assertEquals(0, session.lastDataNs(), "no data so far");
        receive(
                "{\"type\":6}\u001e{\"type\":1,\"target\":\"GatewayQuote\",\"arguments\":["
                        + "\"CON.F.US.MNQ.U26\",{}]}\u001e{\"type\":1,\"target\":\"GatewayTrade\","
                        + "\"arguments\":[\"CON.F.US.MNQ.U26\",[]]}\u001e");
        assertEquals(SessionState.LIVE, session.state());
        assertEquals(nowNs, session.lastDataNs());
        assertEquals(
                List.of(
                        "SUBSCRIBE_REJECTED not yours (to {\"type\":1,\"invocationId\":\"3\","
                                + "\"target\":\"SubscribeContractTrades\",\"arguments\":["
                                + "\"CON.F.US.MNQ.U26\"]})"),
                inbound.texts(InboundType.MONITOR));
        sent.clear();
        pass(PING.toNanos());
        assertEquals(List.of("ping", "{\"type\":6}\u001e"), sent);
    }

    @Test
    void shouldGoLiveAtTheWarmDeadlineSayingWhatIsMissing() {
        session.connecting(nowNs, "to here");
        session.upgraded(nowNs);
        receive("data a 1");
        receive("ack 1");
        receive("ack 2");
        pass(9_750 * MS);
        assertEquals(SessionState.WARMING, session.state());
        session.received(nowNs);
        pass(250 * MS);
        assertEquals(
                List.of(
                        "1 CONNECTING to here",
                        "1 SUBSCRIBED 2 requests for 2 streams",
                        "1 WARMING all 2 requests answered",
                        "1 LIVE data on 1 of 2 streams"),
                inbound.sessions());
        assertEquals(
                List.of(
                        SessionState.CONNECTING,
                        SessionState.SUBSCRIBED,
                        SessionState.WARMING,
                        SessionState.LIVE),
                told);
    }

    @Test
    void shouldEndWhenAnAnswerIsOverdue() {
        session.connecting(nowNs, "to here");
        session.upgraded(nowNs);
        receive("ack 2");
        pass(4_750 * MS);
        assertEquals(SessionState.SUBSCRIBED, session.state());
        pass(250 * MS);
        assertEquals("no answer to request 1 of 2 sub 1 a", session.reason());
        assertEquals(List.of("sub 1 a", "sub 2 b", "close 1001"), sent);
    }

    @Test
    void shouldSendNoMoreThanTheVenueAllowsAndKeepRoomForAPong() {
        final String[] streams =
                IntStream.range(0, 9).mapToObj(i -> "s" + i).toArray(String[]::new);
        session = session(FakeVenue.with(5, PING, null), Long.MAX_VALUE, streams);
        session.connecting(nowNs, "to here");
        session.upgraded(nowNs);
        assertEquals(4, sent.size());
        session.received(nowNs);
        session.pinged("x".getBytes(StandardCharsets.UTF_8));
        assertEquals("pong x", sent.get(4));
        pass(750 * MS);
        assertEquals(5, sent.size());
        pass(250 * MS);
        assertEquals(9, sent.size());
        pass(1_000 * MS);
        assertEquals("sub 9 s8", sent.get(sent.size() - 1));
        assertEquals(10, sent.size());
        assertTrue(counters.get(CounterId.FEED_BUDGET_WAITS) >= 2);
    }

    @Test
    void shouldCountARefusalWithoutNumberForTheOldestRequest() {
        session.connecting(nowNs, "to here");
        session.upgraded(nowNs);
        receive("err -1 Invalid request");
        receive("ack 2");
        receive("data b 1");
        assertEquals(SessionState.WARMING, session.state());
        assertEquals(
                List.of("SUBSCRIBE_REJECTED Invalid request (to sub 1 a)"),
                inbound.texts(InboundType.MONITOR));
    }

    @Test
    void shouldSuspectALatePongAndReturnWithIt() {
        goLive();
        pass(10 * SECOND);
        assertEquals("ping", sent.get(2));
        pass(5 * SECOND);
        assertEquals(SessionState.SUSPECT, session.state());
        nowNs += 100 * MS;
        session.received(nowNs);
        session.pong();
        assertEquals(
                List.of(
                        "1 SUSPECT no pong for 5000 ms, last byte 15000 ms ago",
                        "1 LIVE pong after 5100 ms"),
                inbound.sessions().subList(4, 6));
        assertEquals(
                List.of("HEARTBEAT_MISSED no pong for 5000 ms, last byte 15000 ms ago"),
                inbound.texts(InboundType.MONITOR));
        assertEquals(1, counters.get(CounterId.FEED_PONGS));
        assertTrue(session.liveForNs(nowNs) >= 15 * SECOND, "a suspicion does not start anew");
    }

    @Test
    void shouldEndAfterTwoPingsIntoSilenceWithinTwentyFiveSeconds() {
        goLive();
        final long liveNs = nowNs;
        pass(25 * SECOND);
        assertTrue(session.ended());
        assertTrue(session.stateSinceNs() - liveNs <= 21 * SECOND);
        assertEquals(List.of("sub 1 a", "sub 2 b", "ping", "ping", "close 1001"), sent);
        assertTrue(session.reason().startsWith("half-open: no pong for 5000 ms"));
        assertEquals(1, inbound.texts(InboundType.MONITOR).size());
    }

    @Test
    void shouldNotLeaveAConnectionThatStillBringsBytes() {
        goLive();
        for (int i = 0; i < 120; i++) {
            pass(500 * MS);
            receive("data a " + i);
        }
        assertEquals(SessionState.SUSPECT, session.state());
        assertEquals(1, inbound.texts(InboundType.MONITOR).size());
        session.pong();
        assertEquals(SessionState.LIVE, session.state());
    }

    @Test
    void shouldSuspectAVenueWhosePingsStayAway() {
        session =
                session(
                        FakeVenue.with(5, Duration.ZERO, Duration.ofSeconds(60)),
                        Long.MAX_VALUE,
                        "a",
                        "b");
        goLive();
        pass(60 * SECOND);
        assertEquals(SessionState.SUSPECT, session.state());
        assertEquals("neither ping nor pong from the venue for 60000 ms", session.reason());
        session.received(nowNs);
        session.pinged(new byte[0]);
        assertEquals("ping from the venue", session.reason());
        assertFalse(sent.contains("ping"), "none of ours where the interval is zero");
    }

    @Test
    void shouldOfferAtMostOneHeartbeatASecond() {
        goLive();
        for (int i = 0; i < 40; i++) {
            nowNs += 100 * MS;
            session.received(nowNs);
            session.pinged(new byte[0]);
        }
        assertEquals(4, inbound.texts(InboundType.HEARTBEAT).size());
    }

    @Test
    void shouldAskForRotationWhenOldAndWhenTheVenueSaysGoodbye() {
        final long lifeNs = Duration.ofHours(23).toNanos();
        session = session(new FakeVenue(), lifeNs, "a", "b");
        assertFalse(session.rotationDue(Long.MAX_VALUE), "not before the upgrade");
        goLive();
        assertFalse(session.rotationDue(nowNs + lifeNs - 1));
        assertTrue(session.rotationDue(nowNs + lifeNs));
        assertFalse(session.rotationDue(nowNs));
        receive("bye");
        assertTrue(session.rotationDue(nowNs));
        assertEquals(SessionState.LIVE, session.state());
    }

    @Test
    void shouldSayNothingAfterItsEnd() {
        goLive();
        session.end(nowNs, 1000, "planned rotation");
        final int messages = inbound.all().size();
        receive("data a 2");
        session.pong();
        session.pinged(new byte[0]);
        session.end(nowNs, 1001, "again");
        session.upgraded(nowNs);
        pass(60 * SECOND);
        assertEquals(messages, inbound.all().size());
        assertEquals(List.of("sub 1 a", "sub 2 b", "close 1000"), sent);
    }

    @Test
    void shouldGiveUpAnAttemptThatHangs() {
        session.connecting(nowNs, "to here");
        pass(30 * SECOND);
        assertEquals("not connected after 30000 ms", session.reason());
    }

    @Test
    void shouldTakeAFrameThatTheVenueCannotReadAsData() {
        goLive();
        receive("ack not-a-number");
        assertEquals(SessionState.LIVE, session.state());
        assertEquals(1, counters.get(CounterId.FEED_ERRORS));
        assertEquals("ack not-a-number", inbound.all().get(inbound.all().size() - 1).text());
    }
}
