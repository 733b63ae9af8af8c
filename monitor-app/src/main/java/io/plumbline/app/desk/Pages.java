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
    private final Silences silences;
    private final StormLimit limit;
    private final List<CaseNotice> gathered = new ArrayList<>();
    private final RollUp rollUp = new RollUp(gathered);
    private final PageGroups groups;

    Pages(final DeskSettings settings, final Silences silences, final Pager pager) {
        this.settings = settings;
        this.silences = silences;
        this.pager = pager;
        inhibition = new Inhibition(settings);
        limit = new StormLimit(settings);
        groups = new PageGroups(settings, new Exit());
    }

    /** The roll-up, or the page of a group, of before a restart; before its cases. */
    void restorePage(final CaseRecord kept) {
        if (kept.fingerprint().equals(RollUp.FINGERPRINT)) {
            rollUp.restore(kept);
        } else {
            groups.restore(kept);
        }
    }

    /** Whether it is a page over several cases and no case itself. */
    static boolean isShared(final CaseRecord kept) {
        return kept.fingerprint().equals(RollUp.FINGERPRINT) || PageGroup.isOne(kept);
    }

    /** A case of before a restart. */
    void restore(final Case kept) {
        inhibition.onChange(kept);
        if (kept.told() == Told.ROLLED_UP) {
            rollUp.rejoin(kept);
        } else if (kept.told() == Told.GROUPED) {
            groups.rejoin(kept);
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
        if (of.state() == CaseState.PENDING || of.state() == CaseState.RESOLVED) {
            return;
        }
        final boolean silenced = silenced(of, nowNs);
        if (!pageable(of)) {
            if (!silenced
                    && repeatDue(of, nowNs)
                    && !inhibited(of, nowNs)
                    && nowNs >= of.holdUntilNs()) {
                page(of, nowNs);
            }
        } else if (!silenced
                && !inhibited(of, nowNs)
                && nowNs >= of.holdUntilNs()
                && (!of.released() || of.state() == CaseState.OPEN)) {
            due(of, nowNs);
        } else {
            groups.withdraw(of);
        }
    }

    /** After the cases of a tick. */
    void advance(final long nowNs) {
        groups.advance(nowNs);
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
        groups.flush(nowNs);
        rollUp.flush(nowNs);
        commit();
    }

    /** Somebody has taken {@code of} on. What is still pending is kept once it opens. */
    void acknowledge(final Case of, final Acknowledgement by) {
        of.acknowledge(by);
        if (of.state() != CaseState.PENDING) {
            add(of.told() == Told.PAGED ? Action.ACKNOWLEDGE : Action.KEEP, of, by.atNs());
        }
        groups.withdraw(of);
        groups.acknowledged(of, by);
    }

    /** The cases that the group's page of this fingerprint tells of. */
    List<Case> members(final String fingerprint) {
        return groups.members(fingerprint);
    }

    private void opened(final Case of, final long nowNs) {
        if (of.severity() != Severity.CRITICAL && Inhibition.maybeSymptom(of.kind())) {
            of.hold(nowNs + settings.causeWaitNs());
        }
        add(Action.KEEP, of, nowNs);
    }

    private void resolved(final Case of, final long nowNs) {
        groups.withdraw(of);
        if (pageable(of) && !silenced(of, nowNs) && !inhibited(of, nowNs) && !of.released()) {
            page(of, nowNs);
        }
        add(of.told() == Told.PAGED ? Action.RESOLVE : Action.KEEP, of, nowNs);
        rollUp.leave(of);
        groups.leave(of);
    }

    private boolean pageable(final Case of) {
        return of.untold() && of.severity().compareTo(settings.pageFrom()) >= 0;
    }

    private boolean repeatDue(final Case of, final long nowNs) {
        if (of.told() != Told.PAGED
                || of.state() != CaseState.OPEN
                || of.notes().acknowledged()
                || settings.grouping().repeatNs() <= 0) {
            return false;
        }
        if (of.toldNs() == Long.MIN_VALUE) {
            of.toldBefore(nowNs);
        }
        return nowNs - of.toldNs() >= settings.grouping().repeatNs();
    }

    private boolean silenced(final Case of, final long nowNs) {
        final String by = silences.over(of);
        if (!by.equals(of.notes().silencedBy())) {
            if (by.isEmpty()) {
                of.unsilence(nowNs + settings.settleNs(), nowNs);
            } else {
                of.silence(by, nowNs);
            }
            add(Action.KEEP, of, nowNs);
        }
        return !by.isEmpty();
    }

    private boolean inhibited(final Case of, final long nowNs) {
        final Case cause = inhibition.causeOf(of);
        if (cause != null) {
            if (!cause.fingerprint().equals(of.inhibitedBy())) {
                of.inhibit(cause.fingerprint(), nowNs);
                add(Action.KEEP, of, nowNs);
            }
            return true;
        }
        if (of.inhibited()) {
            of.release(nowNs + settings.settleNs(), nowNs);
        }
        return false;
    }

    /** What is told of already, and what cannot wait, goes by itself; the rest may share a page. */
    private void due(final Case of, final long nowNs) {
        if (of.told() == Told.PAGED || of.severity() == Severity.CRITICAL || !groups.on()) {
            page(of, nowNs);
        } else {
            groups.await(of);
        }
    }

    private void page(final Case of, final long nowNs) {
        if (limit.admit(of.severity(), nowNs)) {
            tell(of, Told.PAGED, Action.TRIGGER, nowNs);
        } else if (of.told() != Told.PAGED) {
            rollUp(of, nowNs);
        }
    }

    private void rollUp(final Case of, final long nowNs) {
        tell(of, Told.ROLLED_UP, Action.KEEP, nowNs);
        rollUp.join(of, nowNs);
    }

    private void tell(final Case of, final Told how, final Action action, final long nowNs) {
        rollUp.leave(of);
        groups.withdraw(of);
        if (how != Told.GROUPED) {
            groups.leave(of);
        }
        of.told(how, nowNs);
        add(action, of, nowNs);
    }

    private void add(final Action action, final Case of, final long nowNs) {
        add(action, of.record(nowNs), nowNs);
    }

    private void add(final Action action, final CaseRecord of, final long nowNs) {
        gathered.add(new CaseNotice(action, of, nowNs));
        if (gathered.size() >= BATCH) {
            commit();
        }
    }

    /** The ways that are open to a group. */
    private final class Exit implements PageGroups.Exit {
        @Override
        public boolean admit(final Severity worst, final long nowNs) {
            return limit.admit(worst, nowNs);
        }

        @Override
        public void alone(final Case of, final long nowNs) {
            page(of, nowNs);
        }

        @Override
        public void grouped(final Case of, final long nowNs) {
            tell(of, Told.GROUPED, Action.KEEP, nowNs);
        }

        @Override
        public void rollUp(final Case of, final long nowNs) {
            Pages.this.rollUp(of, nowNs);
        }

        @Override
        public void add(final Action action, final CaseRecord of, final long nowNs) {
            Pages.this.add(action, of, nowNs);
        }
    }
}
