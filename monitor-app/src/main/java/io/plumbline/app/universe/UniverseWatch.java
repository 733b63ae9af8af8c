package io.plumbline.app.universe;

import io.plumbline.app.config.Config;
import io.plumbline.feed.Backoff;
import io.plumbline.inbound.Threads;
import io.plumbline.time.EpochNanoClock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again for a universe: soon, then more and more rarely, while something is missing; else once
 * an hour, to tell what has been listed since. Has one thread of its own.
 */
public final class UniverseWatch implements AutoCloseable {
    /** Who is told; on the thread of the watch. */
    public interface Listener {
        /** More is known than before: the monitor can start anew with it. */
        void better(Conclusion conclusion);

        /** These are meant and not watched, each told once. */
        void grown(String venue, List<String> symbols);
    }

    private static final Logger LOG = LoggerFactory.getLogger(UniverseWatch.class);
    private static final long BASE_NS = 2_000_000_000L;
    private static final long CAP_NS = 300_000_000_000L;
    private static final long EVERY_NS = 3_600_000_000_000L;
    private static final long CLOSE_TIMEOUT_MS = 4_000;

    private final Config asked;
    private final Conclusion current;
    private final RealOutside outside;
    private final UniverseResolver resolver;
    private final Threads threads;
    private final EpochNanoClock clock;
    private final Listener listener;
    private final Backoff backoff;
    private final Set<String> told = new LinkedHashSet<>();
    private volatile boolean running;
    private volatile Thread thread;

    /**
     * @param asked what is to be concluded
     * @param current what it came to at start
     * @param random jitter between attempts
     */
    public UniverseWatch(
            final Config asked,
            final Conclusion current,
            final Threads threads,
            final EpochNanoClock clock,
            final RandomGenerator random,
            final Listener listener) {
        this.asked = asked;
        this.current = current;
        this.outside = new RealOutside(clock);
        this.resolver = new UniverseResolver(outside);
        this.threads = threads;
        this.clock = clock;
        this.listener = listener;
        this.backoff = new Backoff(BASE_NS, CAP_NS, 0, random);
    }

    /** Begins in the background; nothing happens where every symbol is named. */
    public void start() {
        if (asked.venues().stream().anyMatch(venue -> !venue.universe().isNamed())) {
            running = true;
            thread = threads.start("universe", this::run);
        }
    }

    /** Stops asking and ends the thread, within 5 s. */
    @Override
    public void close() {
        running = false;
        outside.close();
        final Thread stopping = thread;
        if (stopping != null) {
            LockSupport.unpark(stopping);
            try {
                stopping.join(CLOSE_TIMEOUT_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        while (running) {
            final long waitNs = current.isWhole() ? EVERY_NS : backoff.nextDelayNs();
            final long untilNs = clock.epochNanos() + waitNs;
            for (long nowNs = clock.epochNanos();
                    running && nowNs < untilNs;
                    nowNs = clock.epochNanos()) {
                LockSupport.parkNanos(this, untilNs - nowNs);
            }
            if (running && looked()) {
                return;
            }
        }
    }

    /** A look that fails by a bug of ours is one that found nothing: there will be another. */
    private boolean looked() {
        try {
            return look();
        } catch (final RuntimeException e) {
            LOG.error("looking for the universe of symbols failed; it is tried again", e);
            return false;
        }
    }

    /** Whether the monitor was told to start anew. */
    private boolean look() {
        final Conclusion now = resolver.conclude(asked);
        if (!running) {
            return true;
        }
        if (now.failures().size() < current.failures().size()) {
            listener.better(now);
            return true;
        }
        if (!now.isWhole()) {
            LOG.warn("the universe is not whole yet: {}", now.missing());
            return false;
        }
        final Map<String, List<String>> added =
                UniverseResolver.added(current.config(), now.config());
        added.forEach(
                (venue, symbols) -> {
                    final List<String> fresh =
                            symbols.stream().filter(s -> told.add(venue + ' ' + s)).toList();
                    if (!fresh.isEmpty()) {
                        listener.grown(venue, fresh);
                    }
                });
        return false;
    }
}
