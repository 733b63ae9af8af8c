package io.plumbline.time;

/** The time as nanoseconds since the epoch. One unit, one method, everywhere. */
@FunctionalInterface
public interface EpochNanoClock {
    /** Nanoseconds since 1970-01-01T00:00:00Z. */
    long epochNanos();
}
