package io.plumbline.app.desk;

import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.util.List;
import java.util.Map;

/**
 * How the desk turns findings into cases and cases into pages. Times in nanoseconds.
 *
 * @param forNs by kind: how long a condition must stand before its case opens
 * @param defaultForNs the same for every other kind
 * @param keepFiringForNs by kind: how long a condition must be gone before its case resolves; also
 *     how long an event keeps its case open
 * @param defaultKeepFiringForNs the same for every other kind
 * @param severities replaces what the detector says, by kind
 * @param pageFrom cases below are listed, not paged
 * @param causeWaitNs how long the page of a symptom waits for its cause to show; CRITICAL does not
 *     wait
 * @param settleNs how long after its cause is over a symptom may still vanish without a page
 * @param restartGraceNs how long a case from before a restart stands without new evidence
 * @param pagesPerMinute a storm above this becomes one roll-up
 * @param criticalPagesPerMinute the same for CRITICAL, and the bound of all pages together
 * @param maxCases above this, new fingerprints are counted in one case of the desk's own
 * @param grouping how cases of one kind and venue share a page
 * @param flapping when a case comes and goes
 * @param maintenance times in which some cases page nobody
 */
public record DeskSettings(
        Map<FindingKind, Long> forNs,
        long defaultForNs,
        Map<FindingKind, Long> keepFiringForNs,
        long defaultKeepFiringForNs,
        Map<FindingKind, Severity> severities,
        Severity pageFrom,
        long causeWaitNs,
        long settleNs,
        long restartGraceNs,
        int pagesPerMinute,
        int criticalPagesPerMinute,
        int maxCases,
        Grouping grouping,
        Flapping flapping,
        List<MaintenanceWindow> maintenance) {

    /**
     * How cases of one kind and venue share a page. CRITICAL has always a page of its own.
     *
     * @param waitNs from the first that opens to their page; 0 for no sharing at all
     * @param intervalNs before the page is said again because more have come; also how long after a
     *     page of one alone the next shares one with it
     * @param repeatNs after which a page is said again that nobody has acknowledged
     */
    public record Grouping(long waitNs, long intervalNs, long repeatNs) {}

    /**
     * When a case comes and goes.
     *
     * @param changes so many openings and closings begin it; 0 for never
     * @param windowNs within this time
     * @param stillNs without any for this time it ends, and not before that the case resolves
     */
    public record Flapping(int changes, long windowNs, long stillNs) {}

    private static final long MS = 1_000_000L;
    private static final long S = 1_000 * MS;

    public DeskSettings {
        forNs = Map.copyOf(forNs);
        keepFiringForNs = Map.copyOf(keepFiringForNs);
        severities = Map.copyOf(severities);
        maintenance = List.copyOf(maintenance);
        if (maxCases < 1) {
            throw new IllegalArgumentException("maxCases must be at least 1, was " + maxCases);
        }
    }

    /** What holds where the configuration says nothing. */
    public static DeskSettings defaults() {
        return new DeskSettings(
                Map.of(),
                0,
                Map.of(),
                30 * S,
                Map.of(),
                Severity.MEDIUM,
                500 * MS,
                5 * S,
                30 * S,
                20,
                120,
                10_000,
                new Grouping(1 * S, 15 * S, 1_800 * S),
                new Flapping(5, 600 * S, 600 * S),
                List.of());
    }

    /** How long {@code kind} must stand before its case opens. */
    public long forNs(final FindingKind kind) {
        return forNs.getOrDefault(kind, defaultForNs);
    }

    /** How long {@code kind} must be gone before its case resolves. */
    public long keepFiringForNs(final FindingKind kind) {
        return keepFiringForNs.getOrDefault(kind, defaultKeepFiringForNs);
    }

    /** The severity of {@code kind} when its detector says {@code said}. */
    public Severity severity(final FindingKind kind, final Severity said) {
        return severities.getOrDefault(kind, said);
    }
}
