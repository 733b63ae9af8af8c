package io.plumbline.time;

/**
 * The only class that reads the system clock.
 *
 * <p>{@link #epochNanos()} is the wall clock at construction plus the monotonic time since then, so
 * it never goes back and never jumps; {@link #wallNanos()} is the wall clock as it stands, which
 * does both. The difference between the two, carried by every timer tick, is how a clock step is
 * seen.
 */
public final class SystemClock implements EpochNanoClock {
    private final long anchorEpochNs;
    private final long anchorMonotonicNs;

    public SystemClock() {
        anchorMonotonicNs = System.nanoTime();
        anchorEpochNs = wallNanos();
    }

    @Override
    public long epochNanos() {
        return anchorEpochNs + (System.nanoTime() - anchorMonotonicNs);
    }

    /** The host's monotonic clock (CLOCK_MONOTONIC on Linux), for other processes on it. */
    public static long monotonicNanos() {
        return System.nanoTime();
    }

    /** The wall clock now, nanoseconds since the epoch. It may step. */
    public static long wallNanos() {
        final java.time.Instant now = java.time.Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
