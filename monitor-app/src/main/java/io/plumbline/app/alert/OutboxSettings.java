package io.plumbline.app.alert;

import java.util.concurrent.TimeUnit;

/**
 * Bounds of the outbox. Times in nanoseconds.
 *
 * @param sendShortLived whether a trigger that was resolved before its first attempt is sent all
 *     the same, with its resolve; operators want to know
 * @param maxRows rows kept, finished ones included; undelivered ones above it are given up, the
 *     oldest first, counted and reported
 * @param keepNs how long a row is kept, delivered or not
 * @param maxInMemory alerts held while the disk does not take them; above it the oldest is given up
 * @param maxBytes size of the database; when reached, finished rows make room, and where that is
 *     not enough it counts as a full disk
 * @param retryFirstNs ceiling of the first random delay; doubles with every attempt
 * @param retryLongestNs ceiling of every random delay
 * @param closeNs how long {@code close} goes on delivering
 */
public record OutboxSettings(
        boolean sendShortLived,
        int maxRows,
        long keepNs,
        int maxInMemory,
        long maxBytes,
        long retryFirstNs,
        long retryLongestNs,
        long closeNs) {

    /** What holds where the configuration says nothing. */
    public static OutboxSettings defaults() {
        return new OutboxSettings(
                true,
                100_000,
                TimeUnit.DAYS.toNanos(30),
                10_000,
                1L << 30,
                TimeUnit.SECONDS.toNanos(1),
                TimeUnit.MINUTES.toNanos(5),
                TimeUnit.SECONDS.toNanos(5));
    }
}
