package io.plumbline.feed.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What will be broken and when: faults in order of their start. */
public final class FaultScript {
    private final List<Fault> faults;

    private FaultScript(final List<Fault> faults) {
        this.faults = faults;
    }

    /** These faults. */
    public static FaultScript of(final List<Fault> faults) {
        final List<Fault> sorted = new ArrayList<>(faults);
        sorted.sort(Comparator.comparingLong(Fault::startNs).thenComparingInt(Fault::id));
        return new FaultScript(List.copyOf(sorted));
    }

    /**
     * A plan in which each of {@code kinds} occurs once: the same arguments give the same plan.
     *
     * <p>First come the faults that concern several feeds or all keys, alone. Then feed faults of
     * single instruments run beside key faults of another venue, then connection faults beside key
     * faults of the venue that had the feed faults; no instrument is hit twice while others are
     * left. So at no time do two faults share a venue's feed and a key judged by it.
     *
     * @param startNs when the first one may begin, ns since the epoch
     * @param faultNs how long a lasting fault lasts; connection faults take longer
     * @param pauseNs the rest between two faults
     */
    public static FaultScript random(
            final long seed,
            final FaultTargets targets,
            final long startNs,
            final long faultNs,
            final long pauseNs,
            final List<FaultKind> kinds) {
        return of(new FaultPlan(seed, targets, faultNs, pauseNs).plan(startNs, kinds));
    }

    public List<Fault> faults() {
        return faults;
    }

    /** When the last fault is over, ns since the epoch; 0 for an empty script. */
    public long endNs() {
        return faults.stream().mapToLong(Fault::endNs).max().orElse(0);
    }
}
