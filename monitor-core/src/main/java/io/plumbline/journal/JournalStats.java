package io.plumbline.journal;

/**
 * How recording goes.
 *
 * @param sinceNs when the state was entered, or 0
 * @param segment number of the segment last begun, or 0
 * @param segmentBytes its bytes so far
 * @param keptBytes bytes of all closed segments
 * @param lost messages that were not recorded
 * @param undeleted times that an old segment could not be deleted
 */
public record JournalStats(
        JournalState state,
        long sinceNs,
        long segment,
        long segmentBytes,
        long keptBytes,
        long lost,
        long undeleted) {}
