package io.plumbline.app.desk;

import io.plumbline.app.desk.CaseMoment.What;
import io.plumbline.app.desk.CaseRecord.Told;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;

/**
 * Everything that is wrong under one fingerprint: several kinds may be open, the case is as bad as
 * the worst of them. Changes only by findings and time. Desk thread.
 */
final class Case {
    /** Told of every change of state, after it happened. */
    @FunctionalInterface
    interface Transitions {
        void onState(Case of, CaseState previous, long nowNs, String reason);
    }

    private final Transitions transitions;
    private final String fingerprint;
    private final String detector;
    private final String venue;
    private final String instrument;
    private final String key;
    private String writer = "";
    private final String episode;
    private final long sinceNs;
    private final Conditions conditions;
    private CaseState state = CaseState.PENDING;
    private FindingKind kind;
    private Severity severity;
    private long lastNs;
    private long count;
    private Told told = Told.NOTHING;
    private Severity toldSeverity;
    private String inhibitedBy = "";
    private boolean released;
    private long holdUntilNs = Long.MIN_VALUE;
    private long openedNs;
    private long toldNs = Long.MIN_VALUE;
    private final CaseNotes notes;

    /**
     * @param flap of this fingerprint
     */
    Case(
            final DeskSettings settings,
            final Transitions transitions,
            final String fingerprint,
            final Finding first,
            final FlapMeter flap,
            final long nowNs) {
        conditions = new Conditions(settings);
        notes = new CaseNotes(flap);
        this.transitions = transitions;
        this.fingerprint = fingerprint;
        detector = first.detector;
        venue = first.venue;
        instrument = first.instrument;
        key = first.key;
        writer = first.writer;
        sinceNs = nowNs;
        lastNs = nowNs;
        episode = episode(fingerprint, nowNs);
    }

    /** A case from before a restart: open, and in need of new evidence. */
    Case(final DeskSettings settings, final Transitions transitions, final CaseRecord kept) {
        conditions = new Conditions(settings);
        notes = new CaseNotes(settings, kept.handling());
        this.transitions = transitions;
        fingerprint = kept.fingerprint();
        detector = kept.detector();
        venue = kept.venue();
        instrument = kept.instrument();
        key = kept.key();
        episode = kept.episode();
        sinceNs = kept.sinceNs();
        lastNs = kept.lastNs();
        count = kept.count();
        kind = kept.kind();
        severity = kept.severity();
        told = kept.told();
        toldSeverity = kept.toldSeverity();
        inhibitedBy = kept.inhibitedBy();
        // Nothing is left of one that flaps but its memory.
        state = kept.kinds().isEmpty() ? CaseState.CLEARING : CaseState.OPEN;
        openedNs = sinceNs;
        for (final FindingKind open : kept.kinds()) {
            final Severity said =
                    open == kind ? severity : settings.severity(open, open.severity());
            conditions.of(open).restore(said, kept.text(), kept.finding());
        }
        if (conditions.get(kind) == null) {
            conditions.of(kind).evidence(Edge.OPEN, kept.text(), kept.finding());
        }
    }

    /** The same monitor, the same data: the same name, so a replay is byte-identical. */
    static String episode(final String fingerprint, final long sinceNs) {
        return Long.toHexString(sinceNs) + '-' + Integer.toHexString(fingerprint.hashCode());
    }

    /** Takes one edge; the caller has already let time run up to {@code nowNs}. */
    void onFinding(
            final FindingKind of,
            final Edge edge,
            final Severity said,
            final String text,
            final String json,
            final long nowNs) {
        final Condition condition = edge == Edge.CLOSE ? conditions.get(of) : conditions.of(of);
        if (condition == null) {
            return;
        }
        condition.evidence(edge, text, json);
        lastNs = nowNs;
        switch (edge) {
            case OPEN -> count += condition.open(said, nowNs) ? 1 : 0;
            case EVENT -> {
                condition.happened(said, nowNs);
                count++;
            }
            case CLOSE -> condition.close(nowNs);
        }
        advance(nowNs);
    }

    /** Lets time pass. */
    void advance(final long nowNs) {
        worsen(nowNs);
        notes.advance(nowNs);
        switch (state) {
            case PENDING -> {
                if (any(Condition.Phase.HOLDING, nowNs)) {
                    state(CaseState.OPEN, nowNs, "the condition stands");
                } else if (!any(Condition.Phase.WAITING, nowNs)) {
                    state(CaseState.RESOLVED, nowNs, "closed before its time");
                }
            }
            case OPEN -> {
                if (!any(Condition.Phase.HOLDING, nowNs)) {
                    if (conditions.alive(nowNs) || notes.flapping()) {
                        state(CaseState.CLEARING, nowNs, "every condition closed");
                    } else {
                        state(CaseState.RESOLVED, nowNs, "nothing further happened");
                    }
                }
            }
            case CLEARING -> {
                if (any(Condition.Phase.HOLDING, nowNs)) {
                    state(CaseState.OPEN, nowNs, "the condition is back");
                } else if (!conditions.alive(nowNs) && !notes.flapping()) {
                    state(CaseState.RESOLVED, nowNs, "stayed closed");
                }
            }
            case RESOLVED -> {}
        }
    }

    /** Closes what nobody has seen since the restart. */
    void dropUnproven(final long nowNs) {
        conditions.dropUnproven(nowNs);
        advance(nowNs);
    }

    boolean unproven() {
        return conditions.unproven();
    }

    private void state(final CaseState next, final long nowNs, final String reason) {
        final CaseState previous = state;
        state = next;
        if (next == CaseState.OPEN) {
            openedNs = nowNs;
            notes.add(nowNs, previous == CaseState.PENDING ? What.OPENED : What.BACK, reason);
        } else if (next == CaseState.CLEARING) {
            notes.add(nowNs, What.CLEARING, reason);
        }
        if (next == CaseState.OPEN || previous == CaseState.OPEN) {
            notes.onChange(nowNs);
        }
        transitions.onState(this, previous, nowNs, reason);
    }

    /** Pending, a case is as bad as what may become of it; open, as the worst that ever held. */
    private void worsen(final long nowNs) {
        final boolean pending = state == CaseState.PENDING;
        final Condition.Phase decisive =
                pending && !any(Condition.Phase.HOLDING, nowNs)
                        ? Condition.Phase.WAITING
                        : Condition.Phase.HOLDING;
        final Condition worst = conditions.worst(decisive, nowNs);
        if (worst != null
                && (pending || severity == null || worst.severity().compareTo(severity) > 0)) {
            kind = worst.kind();
            severity = worst.severity();
        }
    }

    private boolean any(final Condition.Phase phase, final long nowNs) {
        return conditions.any(phase, nowNs);
    }

    CaseRecord record(final long nowNs) {
        final Condition worst = conditions.get(kind);
        return new CaseRecord(
                fingerprint,
                episode,
                detector,
                venue,
                instrument,
                key,
                kind,
                severity,
                conditions.kinds(nowNs),
                state,
                sinceNs,
                lastNs,
                count,
                worst.text(state),
                worst.json(state),
                inhibitedBy,
                told,
                toldSeverity,
                notes.handling());
    }

    /** Another case's page stands for this one. */
    void inhibit(final String cause, final long nowNs) {
        inhibitedBy = cause;
        released = false;
        notes.add(nowNs, What.SUPPRESSED, cause);
    }

    /** People do not want to hear of it: the id of their silence. */
    void silence(final String by, final long nowNs) {
        notes.silencedBy(by, nowNs);
        released = false;
    }

    /** They do again; it may speak for itself after {@code untilNs}. */
    void unsilence(final long untilNs, final long nowNs) {
        notes.silencedBy("", nowNs);
        released = true;
        holdUntilNs = untilNs;
    }

    /** Somebody has taken it on: also where no pager has heard of it, only what is worse is new. */
    void acknowledge(final Acknowledgement by) {
        notes.acknowledged(by);
        if (told == Told.NOTHING) {
            toldSeverity = severity;
        }
    }

    /** That page is over; this case may speak for itself after {@code untilNs}. */
    void release(final long untilNs, final long nowNs) {
        notes.add(nowNs, What.RELEASED, inhibitedBy);
        inhibitedBy = "";
        released = true;
        holdUntilNs = untilNs;
    }

    /** Waits with its page, for a cause to show. */
    void hold(final long untilNs) {
        holdUntilNs = untilNs;
    }

    /** Was said; one that has got worse since it was acknowledged needs somebody again. */
    void told(final Told how, final long nowNs) {
        final boolean worse = toldSeverity != null && severity.compareTo(toldSeverity) > 0;
        if (worse && notes.acknowledged()) {
            notes.acknowledged(null);
        }
        told = how;
        toldSeverity = severity;
        toldNs = nowNs;
        final What what =
                switch (how) {
                    case GROUPED -> What.GROUPED;
                    case ROLLED_UP -> What.ROLLED_UP;
                    case PAGED, NOTHING -> What.PAGED;
                };
        notes.add(nowNs, what, severity.name());
    }

    /** The group that has told of it stands no more: it is untold again, if nobody has it. */
    void untell() {
        told = Told.NOTHING;
        if (!notes.acknowledged()) {
            toldSeverity = null;
        }
    }

    /** It was said before a restart: the time to its repetition begins anew. */
    void toldBefore(final long nowNs) {
        toldNs = nowNs;
    }

    /** When it was last said, since this process began; long ago before. */
    long toldNs() {
        return toldNs;
    }

    /** When it last became OPEN. */
    long openedNs() {
        return openedNs;
    }

    CaseNotes notes() {
        return notes;
    }

    String instrument() {
        return instrument;
    }

    String key() {
        return key;
    }

    /** Whether there is something that nobody has heard yet. */
    boolean untold() {
        return toldSeverity == null || severity.compareTo(toldSeverity) > 0;
    }

    /** Whether it would page but for its cause. */
    boolean inhibited() {
        return !inhibitedBy.isEmpty();
    }

    /** Whether it was once inhibited and is not any more. */
    boolean released() {
        return released;
    }

    long holdUntilNs() {
        return holdUntilNs;
    }

    String fingerprint() {
        return fingerprint;
    }

    String venue() {
        return venue;
    }

    /** Whether it is about the same key of the same instrument. */
    boolean sameKey(final Case other) {
        return key.equals(other.key)
                && instrument.equals(other.instrument)
                && venue.equals(other.venue);
    }

    /** Who fills the key; "" where there is none, or not known since a restart. */
    String writer() {
        return writer;
    }

    void writer(final String name) {
        writer = name;
    }

    String inhibitedBy() {
        return inhibitedBy;
    }

    CaseState state() {
        return state;
    }

    FindingKind kind() {
        return kind;
    }

    Severity severity() {
        return severity;
    }

    Told told() {
        return told;
    }
}
