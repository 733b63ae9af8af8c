package io.plumbline.feed.sim;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;

/**
 * What the matcher needs of a finding.
 *
 * @param venue "" where it is not about one
 * @param instrument ccxt form, "" where it is not about one
 * @param key the Redis key, "" where it is not about one
 * @param atNs data time, ns since the epoch
 */
public record SeenFinding(
        FindingKind kind, Edge edge, String venue, String instrument, String key, long atNs) {

    /** A copy of what matters in a reused {@code finding}. */
    public static SeenFinding of(final Finding finding) {
        return new SeenFinding(
                finding.kind,
                finding.edge,
                finding.venue,
                finding.instrument,
                finding.key,
                finding.atNs);
    }
}
