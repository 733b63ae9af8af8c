package io.plumbline.app.desk;

import io.plumbline.app.desk.CaseRecord.Told;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

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

    private final DeskSettings settings;
    private final Transitions transitions;
    private final String fingerprint;
    private final String detector;
    private final String venue;
    private final String instrument;
    private final String key;
    private String writer = "";
    private final String episode;
    private final long sinceNs;
    private final Map<FindingKind, Condition> conditions = new EnumMap<>(FindingKind.class);
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

    Case(
            final DeskSettings settings,
            final Transitions transitions,
            final String fingerprint,
            final Finding first,
            final long nowNs) {
        this.settings = settings;
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
        this.settings = settings;
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
        state = CaseState.OPEN;
        for (final FindingKind open : kept.kinds()) {
            final Severity said =
                    open == kind ? severity : settings.severity(open, open.severity());
            condition(open).restore(said, kept.text(), kept.finding());
        }
        if (!conditions.containsKey(kind)) {
            condition(kind).evidence(Edge.OPEN, kept.text(), kept.finding());
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
        final Condition condition = edge == Edge.CLOSE ? conditions.get(of) : condition(of);
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
                    if (alive(nowNs)) {
                        state(CaseState.CLEARING, nowNs, "every condition closed");
                    } else {
                        state(CaseState.RESOLVED, nowNs, "nothing further happened");
                    }
                }
            }
            case CLEARING -> {
                if (any(Condition.Phase.HOLDING, nowNs)) {
                    state(CaseState.OPEN, nowNs, "the condition is back");
                } else if (!alive(nowNs)) {
                    state(CaseState.RESOLVED, nowNs, "stayed closed");
                }
            }
            case RESOLVED -> {}
        }
    }

    /** Closes what nobody has seen since the restart. */
    void dropUnproven(final long nowNs) {
        for (final Condition condition : conditions.values()) {
            if (condition.unproven()) {
                condition.close(nowNs);
            }
        }
        advance(nowNs);
    }

    boolean unproven() {
        return conditions.values().stream().anyMatch(Condition::unproven);
    }

    private void state(final CaseState next, final long nowNs, final String reason) {
        final CaseState previous = state;
        state = next;
        transitions.onState(this, previous, nowNs, reason);
    }

    /** Pending, a case is as bad as what may become of it; open, as the worst that ever held. */
    private void worsen(final long nowNs) {
        final boolean pending = state == CaseState.PENDING;
        final Condition.Phase decisive =
                pending && !any(Condition.Phase.HOLDING, nowNs)
                        ? Condition.Phase.WAITING
                        : Condition.Phase.HOLDING;
        if (pending && any(decisive, nowNs)) {
            kind = null;
            severity = null;
        }
        for (final Condition condition : conditions.values()) {
            if (condition.phase(nowNs) == decisive
                    && (severity == null || condition.severity().compareTo(severity) > 0)) {
                kind = condition.kind();
                severity = condition.severity();
            }
        }
    }

    private Condition condition(final FindingKind of) {
        return conditions.computeIfAbsent(of, absent -> new Condition(of, settings));
    }

    private boolean any(final Condition.Phase phase, final long nowNs) {
        for (final Condition condition : conditions.values()) {
            if (condition.phase(nowNs) == phase) {
                return true;
            }
        }
        return false;
    }

    private boolean alive(final long nowNs) {
        for (final Condition condition : conditions.values()) {
            if (condition.phase(nowNs) != Condition.Phase.GONE) {
                return true;
            }
        }
        return false;
    }

    CaseRecord record(final long nowNs) {
        final Condition worst = conditions.get(kind);
        final Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
        for (final Condition condition : conditions.values()) {
            if (condition.phase(nowNs) != Condition.Phase.GONE) {
                kinds.add(condition.kind());
            }
        }
        return new CaseRecord(
                fingerprint,
                episode,
                detector,
                venue,
                instrument,
                key,
                kind,
                severity,
                kinds,
                state,
                sinceNs,
                lastNs,
                count,
                worst.text(state),
                worst.json(state),
                inhibitedBy,
                told,
                toldSeverity);
    }

    /** Another case's page stands for this one. */
    void inhibit(final String cause) {
        inhibitedBy = cause;
        released = false;
    }

    /** That page is over; this case may speak for itself after {@code untilNs}. */
    void release(final long untilNs) {
        inhibitedBy = "";
        released = true;
        holdUntilNs = untilNs;
    }

    /** Waits with its page, for a cause to show. */
    void hold(final long untilNs) {
        holdUntilNs = untilNs;
    }

    void told(final Told how) {
        told = how;
        toldSeverity = severity;
    }

    /** Whether there is something that no pager has heard yet. */
    boolean untold() {
        return told == Told.NOTHING || severity.compareTo(toldSeverity) > 0;
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
