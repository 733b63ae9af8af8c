package io.plumbline.journal;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Where and how a journal is kept.
 *
 * @param directory made when it is not there; one monitor each
 * @param segmentBytes a new segment begins when the next record would pass this
 * @param bufferBytes each of the two halves between ring and disk: how much may wait for a slow
 *     disk; longer records are lost
 * @param fsyncIntervalNs how much time a killed machine may cost at most; where only ticks of the
 *     timer came, a second more of them
 * @param maxAgeNs closed segments whose end is older are deleted
 * @param maxBytes oldest closed segments are deleted until all fit
 * @param floorBytes recording stops below this much free space
 * @param floorPercent the same as a share of the disk; the higher of the two counts
 * @param retryPauseNs from a failed write to the next attempt
 */
public record JournalSettings(
        Path directory,
        long segmentBytes,
        int bufferBytes,
        long fsyncIntervalNs,
        long maxAgeNs,
        long maxBytes,
        long floorBytes,
        int floorPercent,
        long retryPauseNs) {
    private static final int MIN_BUFFER_BYTES = 64 << 10;
    private static final int HUNDRED = 100;

    public JournalSettings {
        Objects.requireNonNull(directory, "directory");
        check(segmentBytes > JournalLayout.HEADER_BYTES, "segment bytes", segmentBytes);
        check(bufferBytes >= MIN_BUFFER_BYTES, "buffer bytes (64 KiB or more)", bufferBytes);
        check(fsyncIntervalNs > 0, "fsync interval", fsyncIntervalNs);
        check(maxAgeNs > 0, "max age", maxAgeNs);
        check(maxBytes > 0, "max bytes", maxBytes);
        check(floorBytes >= 0, "floor bytes", floorBytes);
        check(floorPercent >= 0 && floorPercent < HUNDRED, "floor percent (0 to 99)", floorPercent);
        check(retryPauseNs > 0, "retry pause", retryPauseNs);
    }

    /** Sane ones: 128 MiB segments, 50 ms, 7 days, 20 GiB, a floor of 1 GiB or 5 %. */
    public static JournalSettings defaults(final Path directory) {
        return new JournalSettings(
                directory,
                128L << 20,
                8 << 20,
                TimeUnit.MILLISECONDS.toNanos(50),
                TimeUnit.DAYS.toNanos(7),
                20L << 30,
                1L << 30,
                5,
                TimeUnit.SECONDS.toNanos(5));
    }

    private static void check(final boolean holds, final String what, final long value) {
        if (!holds) {
            throw new IllegalArgumentException("journal " + what + " cannot be " + value);
        }
    }
}
