package io.plumbline.feed.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.plumbline.feed.CollectedInbound;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A hub on a real socket that lets in by token, and a token in a file that its owner renews. */
class TokenRenewalTest {
    private static final String OLD = token(1_787_178_691L);
    private static final String NEW = token(1_787_265_091L);
    private static final String END = "\u001e";
    private static final String MNQ = "CON.F.US.MNQ.U26";
    private static final int SOURCE = 7;

    @TempDir private Path folder;

    private final Venue venue = Venues.find("projectx");
    private final CollectedInbound inbound = new CollectedInbound();
    private final Counters counters = new Counters();
    private final FeedContext context = FeedFixture.context(inbound, counters);
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private Path file;
    private ScriptedServer server;
    private TokenWatch token;
    private WebSocketFeed feed;

    @BeforeEach
    void start() throws IOException {
        log.start();
        root.addAppender(log);
        file = folder.resolve("token");
        Files.writeString(file, OLD + "\n");
        server = ScriptedServer.plain();
        token =
                new TokenWatch(
                        venue,
                        OLD,
                        () -> Files.readString(file),
                        SOURCE,
                        context,
                        Duration.ofMillis(20));
        feed =
                new WebSocketFeed(
                        venue,
                        token::access,
                        venue.plan(
                                        List.of(MNQ),
                                        EnumSet.of(Channel.TRADE),
                                        java.net.URI.create(
                                                "ws://127.0.0.1:" + server.uri().getPort()))
                                .get(0),
                        SOURCE,
                        context,
                        loops,
                        FeedFixture.QUICK,
                        FeedFixture.random(),
                        new RequestBudget(100, 1_000_000_000L));
    }

    @AfterEach
    void stop() throws IOException {
        token.close();
        feed.close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        server.close();
        root.detachAppender(log);
        for (final String whole : List.of(OLD, NEW)) {
            final String secret = whole.substring(0, 16);
            assertFalse(inbound.all().toString().contains(secret), "in the journal");
            assertFalse(
                    log.list.stream().anyMatch(e -> e.getFormattedMessage().contains(secret)),
                    "in the log");
            assertFalse(feed.status().toString().contains(secret), "in the status");
        }
    }

    @Test
    void shouldChangeOverToTheRenewedTokenWithoutAGap() throws IOException {
        token.start();
        feed.start();
        final ScriptedServer.Peer old = server.acceptUpgraded();
        assertEquals("GET /hubs/market?access_token=" + OLD + " HTTP/1.1", old.request().get(0));
        assertTrue(old.request().stream().anyMatch(l -> l.endsWith("Bearer " + OLD)));
        grant(old);
        old.text(trade(0));
        inbound.awaitSession("1 LIVE");
        inbound.await(m -> m.text().startsWith("CREDENTIAL_UNTIL 1787178691 "));

        Files.writeString(file, NEW);
        final ScriptedServer.Peer fresh = server.acceptUpgraded();
        assertEquals("GET /hubs/market?access_token=" + NEW + " HTTP/1.1", fresh.request().get(0));
        grant(fresh);
        long number = 1;
        boolean both = true;
        for (int after = 0; after < 20; number++) {
            try {
                old.text(trade(number));
            } catch (final IOException left) {
                both = false;
            }
            fresh.text(trade(number));
            after += both ? 0 : 1;
            LockSupport.parkNanos(2_000_000L);
        }
        final String last = trade(number - 1);
        inbound.await(m -> m.epoch() == 2 && m.text().equals(last));
        inbound.await(m -> m.text().startsWith("CREDENTIAL_UNTIL 1787265091 "));
        assertTrue(inbound.sessions().contains("1 DOWN planned rotation"));
        assertEquals(1, counters.get(CounterId.FEED_ROTATIONS));
        assertEquals(1, counters.get(CounterId.FEED_TOKENS_RENEWED));
        assertEquals(
                LongStream.range(0, number).mapToObj(TokenRenewalTest::trade).toList(),
                inbound.texts(InboundType.FRAME_TEXT).stream()
                        .filter(text -> text.contains("GatewayTrade"))
                        .distinct()
                        .toList());
    }

    @Test
    void shouldStayOnTheOldTokenWhileTheNewOneIsRefused() throws IOException {
        token.start();
        feed.start();
        final ScriptedServer.Peer old = server.acceptUpgraded();
        grant(old);
        old.text(trade(0));
        inbound.awaitSession("1 LIVE");
        Files.writeString(file, NEW);
        server.accept()
                .answer(
                        "HTTP/1.1 401 Unauthorized\r\nContent-Length: "
                                + (4 + NEW.length())
                                + "\r\n\r\nbad "
                                + NEW);
        inbound.awaitSession("2 DOWN upgrade refused with HTTP 401 Unauthorized: bad ");
        old.text(trade(1));
        inbound.await(m -> m.epoch() == 1 && m.text().equals(trade(1)));
        assertEquals(0, counters.get(CounterId.FEED_ROTATIONS));
    }

    @Test
    void shouldKeepTheTokenThatItHasWhileTheFileIsGoneOrEmpty() throws IOException {
        token.start();
        final Venue.Access before = token.access();
        Files.delete(file);
        awaitLog("cannot be read again");
        Files.writeString(file, " \n");
        assertEquals(before, token.access());
        Files.writeString(file, NEW);
        inbound.eventually(() -> token.access().equals(venue.access(NEW)));
    }

    /** As long as real ones are. */
    private static String token(final long end) {
        return TokenEndTest.token("{\"exp\":" + end + ",\"for\":\"" + "x".repeat(400) + "\"}");
    }

    private void awaitLog(final String words) {
        inbound.eventually(
                () ->
                        List.copyOf(log.list).stream()
                                .anyMatch(e -> e.getFormattedMessage().contains(words)));
    }

    /** Shakes hands and grants the one subscription, two records to a frame. */
    private static void grant(final ScriptedServer.Peer peer) throws IOException {
        assertEquals("{\"protocol\":\"json\",\"version\":1}" + END, peer.read().text());
        peer.text("{}" + END);
        assertTrue(peer.read().text().contains("\"SubscribeContractTrades\""));
        peer.text("{\"type\":6}" + END + "{\"type\":3,\"invocationId\":\"2\"}" + END);
    }

    private static String trade(final long number) {
        return "{\"type\":1,\"target\":\"GatewayTrade\",\"arguments\":[\""
                + MNQ
                + "\",[{\"price\":"
                + (29_000 + number)
                + ",\"volume\":1}]]}"
                + END;
    }
}
