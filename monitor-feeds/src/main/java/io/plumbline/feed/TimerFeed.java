package io.plumbline.feed;

import io.plumbline.inbound.InboundType;
import io.plumbline.market.SessionState;
import io.plumbline.market.Sources;
import io.plumbline.metrics.CounterId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time as a message: silence can only be judged when something arrives to say that time passed. A
 * thread offers TIMER at a fixed rate without drift, carrying the wall clock, so that the engine
 * sees a clock step as the difference to the stamp.
 *
 * <p>After a pause (a stopped process, a long collection) the missed ticks are not made up: the
 * schedule goes on from now.
 */
public final class TimerFeed implements Feed {
    private static final Logger LOG = LoggerFactory.getLogger(TimerFeed.class);
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long CLOSE_TIMEOUT_MS = 4_000;

    private final FeedContext context;
    private final long tickNs;
    private final LongSupplier wallNanos;
    private final List<LongConsumer> everySecond;
    private volatile boolean running;
    private volatile long startedNs;
    private volatile long lastTickNs;
    private volatile Thread thread;

    /**
     * @param tickNs time between two TIMER messages
     * @param wallNanos the wall clock as it stands, ns since the epoch; it may step
     * @param everySecond called on this thread once a second with the stamp, after the TIMER
     *     message; they must be quick, and one that throws is counted, logged and called again
     */
    public TimerFeed(
            final FeedContext context,
            final long tickNs,
            final LongSupplier wallNanos,
            final List<LongConsumer> everySecond) {
        if (tickNs < 1) {
            throw new IllegalArgumentException("the timer's tick must be positive: " + tickNs);
        }
        this.context = context;
        this.tickNs = tickNs;
        this.wallNanos = wallNanos;
        this.everySecond = List.copyOf(everySecond);
    }

    @Override
    public String name() {
        return "timer";
    }

    @Override
    public void start() {
        startedNs = context.clock().epochNanos();
        running = true;
        thread = context.threads().start("timer", this::run);
    }

    @Override
    public FeedStatus status() {
        return new FeedStatus(
                name(),
                running ? SessionState.LIVE : SessionState.DOWN,
                "a tick every " + tickNs / 1_000_000 + " ms",
                startedNs,
                lastTickNs,
                0);
    }

    @Override
    public void close() {
        running = false;
        final Thread stopping = thread;
        if (stopping == null || stopping == Thread.currentThread()) {
            return;
        }
        LockSupport.unpark(stopping);
        try {
            stopping.join(CLOSE_TIMEOUT_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        final ByteBuffer payload = ByteBuffer.allocate(Long.BYTES);
        long nextTickNs = context.clock().epochNanos();
        long nextSecondNs = nextTickNs;
        while (running) {
            final long nowNs = context.clock().epochNanos();
            if (nowNs < nextTickNs) {
                LockSupport.parkNanos(nextTickNs - nowNs);
                continue;
            }
            payload.putLong(0, wallNanos.getAsLong());
            context.inbound().offer(InboundType.TIMER, Sources.TIMER, 0, nowNs, payload);
            lastTickNs = nowNs;
            if (nowNs >= nextSecondNs) {
                everySecond(nowNs);
                nextSecondNs = following(nextSecondNs, SECOND_NS, nowNs);
            }
            nextTickNs = following(nextTickNs, tickNs, nowNs);
        }
    }

    /** The first point of the grid {@code lastNs + n * stepNs} that lies after {@code nowNs}. */
    private static long following(final long lastNs, final long stepNs, final long nowNs) {
        return lastNs + ((nowNs - lastNs) / stepNs + 1) * stepNs;
    }

    private void everySecond(final long nowNs) {
        for (final LongConsumer task : everySecond) {
            try {
                task.accept(nowNs);
            } catch (final RuntimeException e) {
                context.counters().increment(CounterId.FEED_ERRORS);
                LOG.error("a task of the timer failed; it is called again next second", e);
            }
        }
    }
}
