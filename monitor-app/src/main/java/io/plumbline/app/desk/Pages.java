package io.plumbline.app.desk;

import io.plumbline.app.desk.CaseNotice.Action;
import io.plumbline.app.desk.CaseRecord.Told;
import io.plumbline.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what a person is told of a case, and when: the cause first, the symptom only without one,
 * no more than the storm limit allows. Gathers notices and commits them together, so that a burst
 * costs one write. Desk thread.
 */
final class Pages {
    /** Bounds what is gathered; when reached, it is committed at once. */
    private static final int BATCH = 256;

    private final DeskSettings settings;
    private final Pager pager;
    private final Inhibition inhibition;
    private final StormLimit limit;
    private final List<CaseNotice> gathered = new ArrayList<>();
    private final RollUp rollUp = new RollUp(gathered);

    Pages(final DeskSettings settings, final Pager pager) {
        this.settings = settings;
        this.pager = pager;
        inhibition = new Inhibition(settings);
        limit = new StormLimit(settings);
    }

    /** The roll-up of before a restart. */
    void restoreRollUp(final CaseRecord kept) {
        rollUp.restore(kept);
    }

    /** A case of before a restart. */
    void restore(final Case kept) {
        inhibition.onChange(kept);
        if (kept.told() == Told.ROLLED_UP) {
            rollUp.rejoin(kept);
        }
    }

    /** Whether another case stands for {@code of}. */
    boolean explained(final Case of) {
        return inhibition.causeOf(of) != null;
    }

    /** {@code of} has changed its state. */
    void onState(final Case of, final CaseState previous, final long nowNs) {
        inhibition.onChange(of);
        switch (of.state()) {
            case OPEN -> {
                if (previous == CaseState.PENDING) {
                    opened(of, nowNs);
                }
            }
            case RESOLVED -> {
                if (previous != CaseState.PENDING) {
                    resolved(of, nowNs);
                }
            }
            case PENDING, CLEARING -> {}
        }
    }

    /** Tells what is due of {@code of}: called after every finding and on every tick. */
    void review(final Case of, final long nowNs) {
        inhibition.onChange(of);
        if (of.state() != CaseState.PENDING && of.state() != CaseState.RESOLVED) {
            if (pageable(of) && !suppressed(of, nowNs) && nowNs >= of.holdUntilNs()) {
                if (!of.released() || of.state() == CaseState.OPEN) {
                    page(of, nowNs);
                }
            }
        }
    }

    /** After the cases of a tick. */
    void advance(final long nowNs) {
        rollUp.advance(nowNs);
    }

    /** Makes everything gathered so far durable. */
    void commit() {
        if (!gathered.isEmpty()) {
            pager.commit(List.copyOf(gathered));
            gathered.clear();
        }
    }

    void close(final long nowNs) {
        rollUp.flush(nowNs);
        commit();
    }

    private void opened(final Case of, final long nowNs) {
        if (of.severity() != Severity.CRITICAL && Inhibition.maybeSymptom(of.kind())) {
            of.hold(nowNs + settings.causeWaitNs());
        }
        add(Action.KEEP, of, nowNs);
    }

    private void resolved(final Case of, final long nowNs) {
        if (pageable(of) && !suppressed(of, nowNs) && !of.released()) {
            page(of, nowNs);
        }
        add(of.told() == Told.PAGED ? Action.RESOLVE : Action.KEEP, of, nowNs);
        if (of.told() == Told.ROLLED_UP) {
            rollUp.leave(of);
        }
    }

    private boolean pageable(final Case of) {
        return of.untold() && of.severity().compareTo(settings.pageFrom()) >= 0;
    }

    private boolean suppressed(final Case of, final long nowNs) {
        final Case cause = inhibition.causeOf(of);
        if (cause != null) {
            if (!cause.fingerprint().equals(of.inhibitedBy())) {
                of.inhibit(cause.fingerprint());
                add(Action.KEEP, of, nowNs);
            }
            return true;
        }
        if (of.inhibited()) {
            of.release(nowNs + settings.settleNs());
        }
        return false;
    }

    private void page(final Case of, final long nowNs) {
        final boolean wasRolledUp = of.told() == Told.ROLLED_UP;
        if (limit.admit(of.severity(), nowNs)) {
            of.told(Told.PAGED);
            add(Action.TRIGGER, of, nowNs);
            if (wasRolledUp) {
                rollUp.leave(of);
            }
        } else if (of.told() != Told.PAGED) {
            of.told(Told.ROLLED_UP);
            rollUp.join(of, nowNs);
            add(Action.KEEP, of, nowNs);
        }
    }

    private void add(final Action action, final Case of, final long nowNs) {
        gathered.add(new CaseNotice(action, of.record(nowNs), nowNs));
        if (gathered.size() >= BATCH) {
            commit();
        }
    }
}
