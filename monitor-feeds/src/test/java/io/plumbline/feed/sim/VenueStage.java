package io.plumbline.feed.sim;

import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One simulated venue on real sockets, its market and its faults, at the clock's pace. */
final class VenueStage implements AutoCloseable {
    private static final long PACE_NS = 500_000;
    private static final long MS = 1_000_000;
    private static final long PING_NS = 500 * MS;
    private static final long PONG_TIMEOUT_NS = 30_000 * MS;

    final ExchangeSimulator exchange;
    private final VenueWire wire;
    private final SystemClock clock;
    private final SimulatedRest rest;
    private final SimulatedMoves market;
    private final FeedFaults faults;
    private final ConcurrentLinkedQueue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean running = true;
    private volatile RuntimeException failure;

    /** Simulation thread only. */
    private boolean paused;

    VenueStage(final VenueWire wire, final SystemClock clock, final long seed) throws IOException {
        this(wire, clock, seed, PING_NS);
    }

    /**
     * @param pingNs how often WebSocket's own ping is sent
     */
    VenueStage(final VenueWire wire, final SystemClock clock, final long seed, final long pingNs)
            throws IOException {
        this.wire = wire;
        this.clock = clock;
        exchange =
                new ExchangeSimulator(
                        List.of(wire),
                        0,
                        SimulatorLimits.binance().withPings(pingNs, PONG_TIMEOUT_NS),
                        clock,
                        Await::thread);
        rest = new SimulatedRest(0, wire.rest(), body -> Await.thread("sim-rest", body));
        market = new SimulatedMoves(seed, wire.instruments());
        faults = new FeedFaults(exchange, market::restartIds);
        exchange.start();
        rest.start();
        thread = Await.thread("simulation", this::run);
    }

    private void run() {
        try {
            while (running) {
                for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                    order.run();
                }
                if (!paused) {
                    market.step(clock.epochNanos(), exchange::onMove);
                }
                exchange.step(clock.epochNanos());
                LockSupport.parkNanos(PACE_NS);
            }
        } catch (final RuntimeException failed) {
            failure = failed;
        }
    }

    URI restUri() {
        return rest.uri();
    }

    /** What a wire or the market threw, or null. */
    RuntimeException failure() {
        return failure;
    }

    /** The market stands still, or goes on. Heartbeats go on. */
    void pause(final boolean still) {
        order(() -> paused = still);
    }

    /** Switches a fault of the whole venue on; {@link #end} repairs it. */
    InjectedFault start(final FaultKind kind) {
        return start(kind, "", Map.of());
    }

    /** The same for messages of one instrument. */
    InjectedFault start(
            final FaultKind kind,
            final String symbol,
            final Map<FaultParameter, String> parameters) {
        final long nowNs = clock.epochNanos();
        final InjectedFault fault =
                new InjectedFault(
                        new Fault(
                                1,
                                kind,
                                wire.venue(),
                                symbol,
                                List.of(),
                                nowNs,
                                Long.MAX_VALUE,
                                parameters));
        order(
                () -> {
                    fault.started(clock.epochNanos());
                    faults.started(fault, clock.epochNanos());
                });
        return fault;
    }

    void end(final InjectedFault fault) {
        order(() -> faults.ended(fault, clock.epochNanos()));
    }

    /** Lets the simulation thread do it, and waits until it has. */
    private void order(final Runnable order) {
        final CountDownLatch done = new CountDownLatch(1);
        orders.add(order);
        orders.add(done::countDown);
        try {
            if (!done.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("the simulation stands still", failure);
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        running = false;
        try {
            thread.join(2_000);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
        rest.close();
    }
}
