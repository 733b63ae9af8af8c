package io.plumbline.app;

import io.netty.channel.EventLoopGroup;
import io.plumbline.app.config.Config;
import io.plumbline.app.profile.Likeness;
import io.plumbline.app.profile.ProfilePlan;
import io.plumbline.app.watch.Watch;
import io.plumbline.detect.Engine;
import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.TimerFeed;
import io.plumbline.feed.websocket.SocketLoops;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.ConsumerFaults;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.Pace;
import io.plumbline.inbound.WaitKind;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import io.plumbline.time.SystemClock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A monitor with one detector, nothing written and nobody paged: feeds, ring and engine of a live
 * run, for as long as keys are watched.
 */
final class ProfileRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileRun.class);
    private static final long RING_CLOSE_NS = 2_000_000_000L;

    private final EventLoopGroup loops = SocketLoops.of("feed-io", Pace.WOKEN);
    private final Likeness likeness;
    private final InboundRing inbound;
    private final Feeds feeds;
    private final TimerFeed timer;
    private final Engine engine;

    ProfileRun(final ProfilePlan plan, final EpochNanoClock clock) {
        final Config config = plan.config();
        final Counters counters = new Counters();
        final Watch watch = new Watch(config);
        watch.watchEveryField();
        likeness =
                new Likeness(
                        watch.state(),
                        plan.candidates(),
                        config.detectors().price().window().toNanos());
        inbound =
                new InboundRing(
                        new InboundRing.Settings(
                                config.monitor().ring().cells(),
                                config.monitor().ring().cellBytes(),
                                WaitKind.named(config.monitor().ring().waitStrategy().label()),
                                config.monitor().ring().maxMessageBytes()),
                        watch.sources().size(),
                        counters,
                        Monitor::background,
                        new Faults());
        final FeedContext context = new FeedContext(clock, inbound, counters, Monitor::background);
        feeds = new Feeds(watch, context, loops, counters);
        watch.state().books.requests(feeds.bookRequests());
        timer =
                new TimerFeed(
                        context,
                        config.monitor().tick().toNanos(),
                        SystemClock::wallNanos,
                        List.of(inbound::flushDrops));
        engine =
                new Engine(
                        watch.state(),
                        watch.decoders(),
                        List.of(likeness),
                        new InlineFindings(
                                finding -> LOG.warn("{}: {}", finding.kind, finding.key)),
                        counters);
    }

    void start() {
        inbound.start(new InboundRing.Role("engine", engine));
        timer.start();
        feeds.start();
    }

    /** What every venue says of itself that is not live; "" where all are. */
    String silentVenues() {
        return silent(feeds.venues());
    }

    /** The same of every Redis. */
    String silentServers() {
        return silent(feeds.redis());
    }

    private static String silent(final List<? extends Feed> all) {
        return all.stream()
                .map(Feed::status)
                .filter(status -> status.state() != SessionState.LIVE)
                .map(status -> status.name() + " is " + status.state() + ", " + status.detail())
                .collect(Collectors.joining("; "));
    }

    /** What was seen; after {@link #close}. */
    Likeness likeness() {
        return likeness;
    }

    @Override
    public void close() {
        feeds.close();
        timer.close();
        inbound.close(RING_CLOSE_NS);
        loops.shutdownGracefully(0, 500, TimeUnit.MILLISECONDS);
    }

    private static final class Faults implements ConsumerFaults {
        @Override
        public void onFault(final String role, final Throwable thrown) {
            LOG.error("{} failed over a message", role, thrown);
        }

        @Override
        public void onFatal(final String role, final Error error) {
            LOG.error("{} cannot go on", role, error);
            Runtime.getRuntime().halt(ExitCode.CANNOT_START);
        }
    }
}
