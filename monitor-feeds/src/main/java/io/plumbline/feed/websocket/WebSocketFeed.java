package io.plumbline.feed.websocket;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ScheduledFuture;
import io.plumbline.feed.Backoff;
import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.FeedStatus;
import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.venue.Venue;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.MonitorFact;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.CounterId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One planned connection to a venue, kept alive: it decides when to connect, when to try again and
 * when to change over to a fresh connection. What happens on a connection is its {@link Session}'s
 * matter.
 *
 * <p>Usually one session serves. Before its planned end a successor is opened beside it; only when
 * the successor is LIVE and both have overlapped for a while is the old one closed, so that a
 * planned end loses nothing. Epochs grow by one per attempt; each session announces itself under
 * its own.
 *
 * <p>Everything runs on one event loop, without locks; {@link #status()} reads a snapshot.
 */
public final class WebSocketFeed implements Feed {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketFeed.class);
    private static final int GOING_AWAY = 1001;
    private static final int NORMAL = 1000;
    private static final long CLOSE_TIMEOUT_MS = 4_500;

    private final Venue venue;
    private final Supplier<Venue.Access> access;
    private final Venue.ConnectionPlan plan;
    private final int source;
    private final String name;
    private final FeedContext context;
    private final EventLoop loop;
    private final WebSocketSettings settings;
    private final RandomGenerator random;
    private final Endpoint endpoint;
    private final ChannelGroup channels;
    private final Dialer dialer;
    private final Backoff backoff;
    private final Admission admission;
    private volatile FeedStatus status;

    // Event loop only.
    private Session serving;
    private Session successor;
    private Session shown;
    private ScheduledFuture<?> attempt;
    private long attemptDueNs;
    private ScheduledFuture<?> ticks;
    private boolean stopping;
    private int epoch;

    /** For a venue that lets everybody in. */
    public WebSocketFeed(
            final Venue venue,
            final Venue.ConnectionPlan plan,
            final int source,
            final FeedContext context,
            final EventLoopGroup loops,
            final WebSocketSettings settings,
            final RandomGenerator random,
            final RequestBudget connects) {
        this(
                venue,
                () -> Venue.Access.NONE,
                plan,
                source,
                context,
                loops,
                settings,
                random,
                connects);
    }

    /**
     * @param access what lets in now: a connection that was made by another is replaced
     * @param source the id under which it offers
     * @param loops where the connection lives; handed in, not closed here
     * @param random jitter of this feed, used on its event loop only
     * @param connects connection attempts, shared by all feeds of the venue
     */
    public WebSocketFeed(
            final Venue venue,
            final Supplier<Venue.Access> access,
            final Venue.ConnectionPlan plan,
            final int source,
            final FeedContext context,
            final EventLoopGroup loops,
            final WebSocketSettings settings,
            final RandomGenerator random,
            final RequestBudget connects) {
        this.venue = venue;
        this.access = access;
        this.plan = plan;
        this.source = source;
        this.name = venue.name() + "/" + plan.connection();
        this.context = context;
        this.loop = loops.next();
        this.settings =
                settings.with(settings.limits().withRoomFor(venue.limits().largestMessageBytes()));
        this.random = random;
        this.endpoint = Endpoint.of(plan.uri());
        this.channels = new DefaultChannelGroup(name, loop, true);
        this.dialer = new Dialer(name, plan.uri(), loop, context, this.settings, channels);
        this.backoff =
                new Backoff(
                        settings.reconnect().base().toNanos(),
                        settings.reconnect().cap().toNanos(),
                        settings.reconnect().healthyAfter().toNanos(),
                        random);
        this.admission =
                new Admission(
                        venue.name(),
                        endpoint,
                        connects,
                        settings.reconnect().refusalHold().toNanos(),
                        context.counters(),
                        this::fact);
        this.status = new FeedStatus(name, SessionState.DOWN, "not started", 0, 0, 0);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        loop.execute(
                () -> {
                    final long checkNs = settings.timeouts().check().toNanos();
                    // All connections of the loop at once: one wake-up instead of one for each.
                    final long sinceNs = Math.floorMod(nowNs(), checkNs);
                    ticks =
                            loop.scheduleAtFixedRate(
                                    () -> guarded(this::tick),
                                    checkNs - sinceNs,
                                    checkNs,
                                    TimeUnit.NANOSECONDS);
                    guarded(this::attempt);
                });
    }

    @Override
    public FeedStatus status() {
        return status;
    }

    @Override
    public void close() {
        final CountDownLatch stopped = new CountDownLatch(1);
        try {
            loop.execute(
                    () -> {
                        stop();
                        stopped.countDown();
                    });
        } catch (final RejectedExecutionException loopsAreGone) {
            return;
        }
        if (loop.inEventLoop()) {
            return;
        }
        try {
            if (stopped.await(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                channels.newCloseFuture().await(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Changes over to a fresh connection, make-before-break: whoever subscribes is sent what came
     * before. Nothing happens where one is on its way already. Any thread; returns at once.
     */
    public void renew() {
        try {
            loop.execute(() -> guarded(this::renewNow));
        } catch (final RejectedExecutionException loopsAreGone) {
            LOG.debug("{}: not renewed, it has ended", name);
        }
    }

    private void renewNow() {
        if (!stopping && serving != null && serving.state() == SessionState.LIVE) {
            succeed(nowNs());
        }
    }

    /** Plans a successor of the serving session, unless there is one. */
    private void succeed(final long nowNs) {
        if (successor == null && attempt == null) {
            backoff.ended(serving.liveForNs(nowNs));
            attemptAfter(backoff.nextDelayNs(), nowNs);
        }
    }

    private void stop() {
        stopping = true;
        if (ticks != null) {
            ticks.cancel(false);
        }
        if (attempt != null) {
            attempt.cancel(false);
        }
        final long nowNs = nowNs();
        for (final Session session : new Session[] {successor, serving}) {
            if (session != null) {
                session.end(nowNs, GOING_AWAY, "the monitor stops");
            }
        }
        channels.close();
    }

    /** The scheduler drops a task that throws, silently; a feed must outlive a bug in a venue. */
    private void guarded(final Runnable step) {
        try {
            step.run();
        } catch (final RuntimeException e) {
            context.counters().increment(CounterId.FEED_ERRORS);
            LOG.error("{}: an internal error, trying again", name, e);
            if (serving == null && !stopping) {
                attemptAfter(backoff.nextDelayNs(), nowNs());
            }
        }
    }

    private void tick() {
        final long nowNs = nowNs();
        if (serving != null) {
            serving.check(nowNs);
        }
        if (successor != null) {
            successor.check(nowNs);
        }
        if (serving != null) {
            rotate(nowNs);
        }
        publish(nowNs);
    }

    /** Opens the successor when it is time, and closes the old session when the new one stands. */
    private void rotate(final long nowNs) {
        if (successor == null) {
            if (serving.rotationDue(nowNs) || outdated(serving)) {
                succeed(nowNs);
            }
            return;
        }
        final boolean proven =
                successor.state() == SessionState.LIVE
                        && (successor.lastDataNs() > 0 || serving.lastDataNs() == 0);
        if (proven && successor.liveForNs(nowNs) >= settings.rotation().overlap().toNanos()) {
            context.counters().increment(CounterId.FEED_ROTATIONS);
            serving.end(nowNs, NORMAL, "planned rotation");
        }
    }

    /** Whether it was let in by something that was renewed since. */
    private boolean outdated(final Session session) {
        return session.wasUpgraded() && !session.access().equals(access.get());
    }

    private void attempt() {
        attempt = null;
        if (stopping) {
            return;
        }
        final long nowNs = nowNs();
        final long waitNs = admission.waitNs(nowNs);
        if (waitNs > 0) {
            attemptAfter(waitNs, nowNs);
            return;
        }
        context.counters().increment(CounterId.FEED_CONNECT_ATTEMPTS);
        final Session session =
                new Session(
                        name,
                        venue,
                        access.get(),
                        plan,
                        source,
                        ++epoch,
                        settings.rotation().lifeNs(venue.limits().lifetime(), random),
                        context,
                        settings,
                        this::onSession);
        if (serving == null) {
            serving = session;
        } else {
            successor = session;
        }
        session.connecting(nowNs, "to " + endpoint);
        dialer.dial(session);
    }

    private void onSession(final Session session, final long nowNs) {
        switch (session.state()) {
            case SUBSCRIBED -> admission.accepted(nowNs);
            case DOWN -> ended(session, nowNs);
            default -> {}
        }
        publish(nowNs);
    }

    private void ended(final Session session, final long nowNs) {
        context.counters()
                .increment(
                        session.wasUpgraded()
                                ? CounterId.FEED_DISCONNECTS
                                : CounterId.FEED_CONNECT_FAILURES);
        final boolean wasSuccessor = session == successor;
        if (!wasSuccessor) {
            serving = successor;
        }
        successor = null;
        if (stopping) {
            return;
        }
        backoff.ended(session.liveForNs(nowNs));
        final long refusedNs =
                session.wasUpgraded() ? 0 : admission.refusedForNs(session.refusal(), nowNs);
        if (serving == null || wasSuccessor) {
            attemptAfter(Math.max(backoff.nextDelayNs(), refusedNs), nowNs);
        }
    }

    /** Plans the next attempt; of two plans the earlier holds. */
    private void attemptAfter(final long delayNs, final long nowNs) {
        if (attempt != null) {
            if (attemptDueNs <= nowNs + delayNs) {
                return;
            }
            attempt.cancel(false);
        }
        attemptDueNs = nowNs + delayNs;
        attempt = loop.schedule(() -> guarded(this::attempt), delayNs, TimeUnit.NANOSECONDS);
    }

    /** The serving session for people to see; while there is none, the one that ended last. */
    private void publish(final long nowNs) {
        shown = serving == null ? shown : serving;
        if (shown == null) {
            return;
        }
        final String next =
                serving == null && attempt != null
                        ? "; next attempt in " + millis(Math.max(0, attemptDueNs - nowNs))
                        : "";
        final long lastNs =
                Math.max(shown.lastByteNs(), successor == null ? 0 : successor.lastByteNs());
        status =
                new FeedStatus(
                        name,
                        shown.state(),
                        endpoint + ": " + shown.reason() + next,
                        shown.stateSinceNs(),
                        Math.max(lastNs, status.lastMessageNs()),
                        shown.epoch());
    }

    private void fact(final MonitorFact fact, final long nowNs, final String detail) {
        context.inbound().offer(InboundType.MONITOR, source, epoch, nowNs, fact + " " + detail);
    }

    private static String millis(final long ns) {
        return ns / 1_000_000 + " ms";
    }

    private long nowNs() {
        return context.clock().epochNanos();
    }
}
