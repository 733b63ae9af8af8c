package io.plumbline.feed.sim;

import io.plumbline.finding.Edge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds findings against what was really broken. The rule:
 *
 * <ol>
 *   <li>A CLOSE is never held against anything: only its OPEN counts.
 *   <li>A finding catches a fault when its kind is one that the fault expects, it names the fault's
 *       subject ({@link FaultKind.Subject}), and its time lies in [start, end + deadline]. A fault
 *       with several keys is caught when each of them was named.
 *   <li>A finding is a consequence when its kind is expected or also true for a fault, it names the
 *       fault's subject, and its time lies in [start, end + settle].
 *   <li>Everything else is unexplained.
 * </ol>
 *
 * <p>Simulator and monitor must share one clock. Any thread: all methods are synchronized; a
 * finding is matched when it comes, so its fault must have been announced before.
 */
public final class GroundTruthMatcher implements FaultListener {
    /** Unexplained findings that are kept in full; the rest is only counted. */
    static final int MAX_UNEXPLAINED = 1_000;

    /** Faults that are remembered; beyond it the oldest is forgotten, and with it its balance. */
    static final int MAX_FAULTS = 10_000;

    /** What a finding turned out to be. */
    public enum Meaning {
        /** It completes the proof of a fault. */
        CAUGHT,
        /** It belongs to a fault that is caught already, or not completely. */
        CONSEQUENCE,
        /** The end of something. */
        CLOSED,
        /** Nothing that was done explains it. */
        UNEXPLAINED
    }

    /** The answer to one finding; {@code fault} is null unless it explains the finding. */
    public record Verdict(Meaning meaning, InjectedFault fault, long delayNs) {}

    /**
     * A fault that was noticed.
     *
     * @param delayNs from the first visible effect to the finding
     */
    public record Caught(InjectedFault fault, SeenFinding finding, long delayNs) {}

    /**
     * The balance.
     *
     * @param missed acted, and nobody said so
     * @param idle never got to act (no message in its window, no client): neither caught nor missed
     * @param unexplained the first of them
     * @param unexplainedCount all of them
     */
    public record Outcome(
            List<Caught> caught,
            List<InjectedFault> missed,
            List<InjectedFault> idle,
            List<SeenFinding> unexplained,
            long unexplainedCount) {

        /** Everything caught, nothing else raised. */
        public boolean clean() {
            return missed.isEmpty() && idle.isEmpty() && unexplainedCount == 0;
        }
    }

    private final long deadlineNs;
    private final long settleNs;
    private final List<InjectedFault> faults = new ArrayList<>();
    private final Map<InjectedFault, Set<String>> keysNamed = new HashMap<>();
    private final Map<InjectedFault, Caught> caught = new LinkedHashMap<>();
    private final List<SeenFinding> unexplained = new ArrayList<>();
    private long unexplainedCount;

    /**
     * @param deadlineNs how long after its end a fault may still be caught
     * @param settleNs how long after its end consequences may still show
     */
    public GroundTruthMatcher(final long deadlineNs, final long settleNs) {
        this.deadlineNs = deadlineNs;
        this.settleNs = settleNs;
    }

    @Override
    public synchronized void started(final InjectedFault fault, final long nowNs) {
        faults.add(fault);
        if (faults.size() > MAX_FAULTS) {
            final InjectedFault oldest = faults.remove(0);
            caught.remove(oldest);
            keysNamed.remove(oldest);
        }
    }

    @Override
    public void ended(final InjectedFault fault, final long nowNs) {
        // The fault itself knows when it ended.
    }

    /** Explains one finding. */
    public synchronized Verdict onFinding(final SeenFinding finding) {
        if (finding.edge() == Edge.CLOSE) {
            return new Verdict(Meaning.CLOSED, null, 0);
        }
        InjectedFault consequenceOf = null;
        for (final InjectedFault injected : faults) {
            final FaultKind kind = injected.fault().kind();
            final boolean expected = kind.expected().contains(finding.kind());
            if (names(finding, injected.fault())
                    && (expected || kind.alsoTrue().contains(finding.kind()))
                    && within(injected, finding.atNs(), settleNs)) {
                if (expected
                        && !caught.containsKey(injected)
                        && within(injected, finding.atNs(), deadlineNs)
                        && completes(injected, finding)) {
                    final long fromNs =
                            injected.actedNs() == 0 ? injected.startedNs() : injected.actedNs();
                    final long delayNs = Math.max(0, finding.atNs() - fromNs);
                    caught.put(injected, new Caught(injected, finding, delayNs));
                    return new Verdict(Meaning.CAUGHT, injected, delayNs);
                }
                consequenceOf = injected;
            }
        }
        if (consequenceOf != null) {
            return new Verdict(Meaning.CONSEQUENCE, consequenceOf, 0);
        }
        unexplainedCount++;
        if (unexplained.size() < MAX_UNEXPLAINED) {
            unexplained.add(finding);
        }
        return new Verdict(Meaning.UNEXPLAINED, null, 0);
    }

    /** The balance so far: a fault whose deadline has not passed counts as missed. */
    public synchronized Outcome outcome() {
        final List<InjectedFault> missed = new ArrayList<>();
        final List<InjectedFault> idle = new ArrayList<>();
        for (final InjectedFault fault : faults) {
            if (!caught.containsKey(fault)) {
                (fault.actedNs() == 0 ? idle : missed).add(fault);
            }
        }
        return new Outcome(
                List.copyOf(caught.values()),
                missed,
                idle,
                List.copyOf(unexplained),
                unexplainedCount);
    }

    private boolean completes(final InjectedFault injected, final SeenFinding finding) {
        if (injected.fault().kind().subject() != FaultKind.Subject.KEYS) {
            return true;
        }
        final Set<String> named = keysNamed.computeIfAbsent(injected, key -> new HashSet<>());
        named.add(finding.key());
        return named.containsAll(injected.fault().keys());
    }

    private static boolean within(
            final InjectedFault injected, final long atNs, final long graceNs) {
        final long endedNs = injected.endedNs();
        return atNs >= injected.startedNs() && (endedNs == 0 || atNs <= endedNs + graceNs);
    }

    private static boolean names(final SeenFinding finding, final Fault fault) {
        switch (fault.kind().subject()) {
            case INSTRUMENT:
                return finding.venue().equals(fault.venue())
                        && finding.instrument().equals(fault.symbol());
            case VENUE:
                return finding.venue().equals(fault.venue());
            case KEYS:
                return fault.keys().contains(finding.key());
            case ANYTHING:
                return true;
            default:
                throw new IllegalStateException("no rule for " + fault.kind().subject());
        }
    }
}
