package io.plumbline.app.config;

import java.time.Duration;

/**
 * The journal of everything that was received.
 *
 * @param segmentBytes size at which a new segment begins
 * @param keepFor age at which a closed segment is deleted
 * @param keepBytes size of all segments beyond which the oldest is deleted
 * @param diskFloorPercent free share of the file system below which recording stops; detection does
 *     not
 * @param fsync the longest time that a message stays unsynchronised; ticks of the timer with
 *     nothing between them stay for a second more
 */
public record JournalConfig(
        boolean enabled,
        long segmentBytes,
        Duration keepFor,
        long keepBytes,
        int diskFloorPercent,
        Duration fsync) {}
