package io.plumbline.app;

import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.time.SystemClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;

/**
 * Whether the machine itself is on time, judged by nothing of the monitor: a thread that sleeps and
 * then asks a server for a PING. Where a turn takes longer than it may, everything on the machine
 * was late, also the writers, and what is found of that is true.
 */
final class Pulse implements AutoCloseable {
    private static final long TURN_NS = 10_000_000L;

    /** Two fifths of the lag that is allowed to writers; what a collection stops for is less. */
    private static final long LATE_NS = 100_000_000L;

    /** What a pause leaves behind: late values are told as long as they stand, then cleared. */
    private static final long ECHO_NS = 3_000_000_000L;

    private record Pause(long fromNs, long toNs) {}

    private final SystemClock clock = new SystemClock();
    private final List<Pause> pauses = new ArrayList<>();
    private final Thread thread;
    private volatile boolean ended;

    private final long echoNs;

    Pulse(final RedisProcess server) {
        this(server, ECHO_NS);
    }

    /**
     * @param echoNs for how long after a pause what is found may come from it
     */
    Pulse(final RedisProcess server, final long echoNs) {
        this.echoNs = echoNs;
        thread = new Thread(() -> beat(server), "pulse-" + server.port());
        thread.setDaemon(true);
        thread.start();
    }

    private void beat(final RedisProcess server) {
        try (Jedis client = server.client()) {
            while (!ended) {
                final long fromNs = clock.epochNanos();
                LockSupport.parkNanos(TURN_NS);
                client.ping();
                final long toNs = clock.epochNanos();
                if (toNs - fromNs - TURN_NS > LATE_NS) {
                    synchronized (pauses) {
                        pauses.add(new Pause(fromNs, toNs));
                    }
                }
            }
        }
    }

    /** Whether the machine stood still at this time or shortly before. */
    boolean stoodStillBefore(final long atNs) {
        synchronized (pauses) {
            return pauses.stream()
                    .anyMatch(pause -> atNs >= pause.fromNs && atNs <= pause.toNs + echoNs);
        }
    }

    /** What every pause may have cost, from its beginning to the end of its echo. */
    List<WriteAccount.Blind> echoes() {
        synchronized (pauses) {
            return pauses.stream()
                    .map(
                            pause ->
                                    new WriteAccount.Blind(
                                            pause.fromNs - LATE_NS, pause.toNs + echoNs))
                    .toList();
        }
    }

    /** How much of the time nothing found could be put down to the machine, 0 to 1. */
    double calm(final long fromNs, final long toNs) {
        long stirredNs = 0;
        long untilNs = fromNs;
        synchronized (pauses) {
            for (final Pause pause : pauses) {
                final long endNs = Math.min(toNs, pause.toNs + echoNs);
                stirredNs += Math.max(0, endNs - Math.max(untilNs, pause.fromNs));
                untilNs = Math.max(untilNs, endNs);
            }
        }
        return 1 - (double) stirredNs / (toNs - fromNs);
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        synchronized (pauses) {
            final long longestNs =
                    pauses.stream().mapToLong(pause -> pause.toNs - pause.fromNs).max().orElse(0);
            return pauses.size()
                    + " pauses of the machine, the longest "
                    + TimeUnit.NANOSECONDS.toMillis(longestNs)
                    + " ms";
        }
    }
}
