package io.plumbline.feed.sim;

import io.plumbline.inbound.Threads;
import io.plumbline.time.EpochNanoClock;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives markets, exchange, writer and faults with one time on one thread. Call {@link #step}
 * yourself, or {@link #start} a thread that does so at the clock's pace.
 */
public final class Simulation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);
    private static final long PACE_NS = 500_000;
    private static final long CLOSE_MS = 2_000;

    private final List<FrameSource> markets;
    private final ExchangeSimulator exchange;
    private final PriceWriter writer;
    private final FaultPlayer faults;
    private final FrameListener spread;
    private volatile boolean running = true;
    private volatile RuntimeException failure;
    private Thread thread;

    public Simulation(
            final List<FrameSource> markets,
            final ExchangeSimulator exchange,
            final PriceWriter writer,
            final FaultPlayer faults) {
        this.markets = List.copyOf(markets);
        this.exchange = exchange;
        this.writer = writer;
        this.faults = faults;
        this.spread =
                frame -> {
                    exchange.onFrame(frame);
                    writer.onFrame(frame);
                };
    }

    /** Everything that is due. Always from the same thread. */
    public void step(final long nowNs) {
        faults.step(nowNs);
        for (int i = 0; i < markets.size(); i++) {
            markets.get(i).step(nowNs, spread);
        }
        writer.step(nowNs);
        exchange.step(nowNs);
    }

    /** Steps by {@code clock} on a thread of {@code threads} until {@link #close}. */
    public void start(final EpochNanoClock clock, final Threads threads) {
        thread =
                threads.start(
                        "simulation",
                        () -> {
                            try {
                                while (running) {
                                    step(clock.epochNanos());
                                    LockSupport.parkNanos(PACE_NS);
                                }
                                faults.abandon(clock.epochNanos());
                            } catch (final RuntimeException failed) {
                                failure = failed;
                                LOG.error("the simulation ended", failed);
                            }
                        });
    }

    /** What ended the simulation before its time, or null. Any thread. */
    public RuntimeException failure() {
        return failure;
    }

    /** Ends running faults and the thread; exchange and Redis connection are closed elsewhere. */
    @Override
    public void close() {
        running = false;
        if (thread != null) {
            try {
                thread.join(CLOSE_MS);
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
