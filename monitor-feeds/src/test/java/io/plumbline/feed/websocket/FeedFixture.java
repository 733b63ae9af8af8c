package io.plumbline.feed.websocket;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.plumbline.feed.CollectedInbound;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.venue.Venue;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.slf4j.LoggerFactory;

/** One feed under test with all that it is handed, and short deadlines. */
final class FeedFixture implements AutoCloseable {
    static final int SOURCE = 7;
    static final long SEED = 42;

    static final WebSocketSettings QUICK =
            WebSocketSettings.defaults()
                    .with(
                            new WebSocketSettings.Timeouts(
                                    Duration.ofSeconds(5),
                                    Duration.ofSeconds(5),
                                    Duration.ofSeconds(8),
                                    Duration.ofSeconds(5),
                                    Duration.ofSeconds(5),
                                    Duration.ofSeconds(5),
                                    Duration.ofMillis(10),
                                    Duration.ofMillis(600)))
                    .with(
                            new WebSocketSettings.Reconnect(
                                    Duration.ofMillis(20),
                                    Duration.ofMillis(50),
                                    Duration.ofSeconds(60),
                                    Duration.ofMillis(400)))
                    .with(new WebSocketSettings.Rotation(null, Duration.ofMillis(100)));

    static {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    }

    final CollectedInbound inbound = new CollectedInbound();
    final Counters counters = new Counters();
    final RequestBudget connects;
    final FeedContext context;
    final WebSocketFeed feed;
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    FeedFixture(final URI uri, final WebSocketSettings settings, final String... streams) {
        this(new FakeVenue(), uri, settings, new RequestBudget(100, 1_000_000_000L), streams);
    }

    FeedFixture(
            final Venue venue,
            final URI uri,
            final WebSocketSettings settings,
            final RequestBudget connects,
            final String... streams) {
        this.connects = connects;
        context = context(inbound, counters);
        feed =
                new WebSocketFeed(
                        venue,
                        new Venue.ConnectionPlan("main", uri, List.of(streams)),
                        SOURCE,
                        context,
                        loops,
                        settings,
                        random(),
                        connects);
    }

    static FeedContext context(final CollectedInbound inbound, final Counters counters) {
        return new FeedContext(
                new SystemClock(),
                inbound,
                counters,
                (role, body) -> {
                    final Thread thread = new Thread(body, role);
                    thread.setDaemon(true);
                    thread.start();
                    return thread;
                });
    }

    static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    }

    @Override
    public void close() {
        feed.close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
