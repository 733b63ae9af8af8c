package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Decimal;
import io.plumbline.market.Freshness;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Observations;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.Rung;
import io.plumbline.market.SessionState;
import io.plumbline.market.ValueFault;
import io.plumbline.market.Verdict;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.LatencyRecorder;

/**
 * Late or wrong: judges every value seen in Redis by the versions of its reference price.
 *
 * <p>Equal to the current version: in sync. Equal to an older one: late by a lower bound,
 * PRICE_LATE above the budget. Equal to none: suspect, for a grace in which our own feed may still
 * show it (ahead); then PRICE_WRONG, but only when the reference is proven to have gone on since. A
 * reference that is down, stale, mute, holed or too young makes the value unverifiable, never
 * wrong. A divergence opens once and closes once, with its largest deviation and its length.
 */
public final class PriceDetector implements Detector {
    /** A reference that is silent for longer than anyone knows is waited for this long. */
    private static final long PATIENCE_NS = 10_000_000_000L;

    private static final long STALL_NS = 1_000_000_000L;
    private static final long LONGEST_GRACE_NS = 2_000_000_000L;
    private static final long YOUNG_NS = 1_000_000_000L;

    private static final class Key {
        final WatchedKeys.WatchedKey rule;
        final PriceHistory history;
        final int source;
        final Suspects suspects = new Suspects();
        final Decimal largest = new Decimal();
        FindingKind open;
        long openSinceNs;
        long lastBadNs;
        long largestLagNs;
        long count;
        boolean goodSinceBad;

        Key(final WatchedKeys.WatchedKey rule, final PriceHistory history, final int source) {
            this.rule = rule;
            this.history = history;
            this.source = source;
        }
    }

    private final MarketState state;
    private final long graceNs;
    private final long windowNs;
    private final long clearAfterNs;
    private final Counters counters;
    private final LatencyRecorder propagation;
    private final Key[] keys;
    private final int[][] byInstrument;
    private final long[] reconnectedNs;
    private final boolean[] wasDown;
    private final Decimal judged = new Decimal();
    private final Decimal reference = new Decimal();
    private final Decimal distance = new Decimal();
    private long skewNs;
    private long lastTickNs;

    /**
     * @param graceNs how long a value that no reference explains may wait for one
     * @param windowNs how far back a late value is recognised
     * @param clearAfterNs how long everything must be well before a divergence closes
     * @param propagation takes the time from our socket to the same value seen in Redis
     */
    public PriceDetector(
            final MarketState state,
            final long graceNs,
            final long windowNs,
            final long clearAfterNs,
            final Counters counters,
            final LatencyRecorder propagation) {
        this.state = state;
        this.graceNs = graceNs;
        this.windowNs = windowNs;
        this.clearAfterNs = clearAfterNs;
        this.counters = counters;
        this.propagation = propagation;
        keys = new Key[state.keys.size()];
        byInstrument = new int[state.instruments.size()][];
        for (int id = 0; id < keys.length; id++) {
            final WatchedKeys.WatchedKey rule = state.keys.key(id);
            keys[id] =
                    new Key(
                            rule,
                            state.references.history(rule.instrument(), rule.field()),
                            state.subscriptions.source(
                                    rule.instrument(),
                                    state.references.channel(rule.instrument(), rule.field())));
            final int[] known = byInstrument[rule.instrument()];
            final int[] grown = new int[known == null ? 1 : known.length + 1];
            if (known != null) {
                System.arraycopy(known, 0, grown, 0, known.length);
            }
            grown[grown.length - 1] = id;
            byInstrument[rule.instrument()] = grown;
        }
        reconnectedNs = new long[state.sources.size()];
        wasDown = new boolean[reconnectedNs.length];
    }

    @Override
    public String name() {
        return "price";
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        switch (event.type) {
            case MARKET:
                if (event.instrument >= 0
                        && event.instrument < byInstrument.length
                        && byInstrument[event.instrument] != null) {
                    for (final int id : byInstrument[event.instrument]) {
                        explain(keys[id], event.receivedNs);
                    }
                }
                break;
            case KEY_VALUE:
                if (event.key >= 0) {
                    observed(keys[event.key], event, nowNs, findings);
                }
                break;
            case SESSION:
                session(event);
                break;
            case TIMER:
                tick(nowNs, findings);
                break;
            default:
                break;
        }
    }

    private void session(final MarketEvent event) {
        if (!state.sessions.isUp(event.source)) {
            wasDown[event.source] = true;
        } else if (wasDown[event.source] && event.session == SessionState.SUBSCRIBED) {
            wasDown[event.source] = false;
            reconnectedNs[event.source] = event.receivedNs;
        }
    }

    private void observed(
            final Key key, final MarketEvent event, final long nowNs, final FindingSink findings) {
        final Observations.Observation observation = state.observations.key(event.key);
        if (event.keyState != KeyState.PRESENT || event.valueFault != ValueFault.NONE) {
            key.suspects.clear();
            close(key, nowNs, "the key holds no price any more", findings);
            return;
        }
        final PriceHistory history = key.history;
        if (history == null || history.size() == 0 || key.source < 0) {
            unverifiable(observation);
            return;
        }
        meant(key, event.price);
        final boolean datable = event.writtenAfterNs != MarketEvent.NONE;
        final long writtenNs = datable ? event.writtenAfterNs : event.receivedNs;
        final int version = version(key, event, writtenNs);
        if (version >= 0) {
            final long lagNs =
                    datable && version > 0
                            ? Math.max(0, writtenNs - history.validToNs(version))
                            : 0;
            observation.lagNs = lagNs;
            if (observation.changed) {
                propagation.record(event.receivedNs - history.validFromNs(version));
            }
            final boolean proven = event.embeddedSequence != MarketEvent.NONE;
            if (lagNs <= key.rule.lagBudgetNs() || proven) {
                matched(key, observation, event.rung, writtenNs, lagNs, nowNs, findings);
            } else {
                suspect(key, observation, event, lagNs, writtenNs);
            }
        } else if (event.embeddedSequence != MarketEvent.NONE
                && history.atOrderKey(event.embeddedSequence) >= 0
                && event.embeddedSequence <= history.lastOrderKey()) {
            wrong(key, judged, writtenNs, event.rung, nowNs, findings);
        } else if (!datable || !healthy(key, writtenNs)) {
            unverifiable(observation);
        } else {
            suspect(key, observation, event, MarketEvent.NONE, writtenNs);
        }
    }

    private void suspect(
            final Key key,
            final Observations.Observation observation,
            final MarketEvent event,
            final long lagNs,
            final long writtenNs) {
        observation.verdict = key.open == null ? Verdict.SUSPECT : observation.verdict;
        key.suspects.add(judged, lagNs, writtenNs, event.receivedNs, event.rung);
    }

    /** The version that explains the judged value, or -1: the newest one of that value. */
    private int version(final Key key, final MarketEvent event, final long writtenNs) {
        final PriceHistory history = key.history;
        if (event.embeddedSequence != MarketEvent.NONE) {
            if (event.embeddedSequence > history.lastOrderKey()) {
                return -1;
            }
            final int version = history.atOrderKey(event.embeddedSequence);
            return version >= 0 && matches(key, version) ? version : -1;
        }
        final boolean exact = key.rule.toleranceTicks() == 0 && !key.rule.toleranceBps().isGiven();
        if (exact) {
            return judged.inexact()
                    ? -1
                    : history.newestEqual(
                            judged.mantissa(), judged.exponent(), writtenNs - windowNs);
        }
        for (int i = 0; i < history.size(); i++) {
            if (i > 0 && history.validToNs(i) < writtenNs - windowNs) {
                break;
            }
            if (matches(key, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(final Key key, final int version) {
        key.history.value(version, reference);
        return judged.within(
                reference,
                state.instruments.tick(key.rule.instrument()),
                key.rule.toleranceTicks(),
                key.rule.toleranceBps());
    }

    /** Off the tick grid by noise: go on with the value that was meant. */
    private void meant(final Key key, final Decimal value) {
        final Decimal tick = state.instruments.tick(key.rule.instrument());
        if (!key.rule.field().isDerived() && Precision.isNoise(value, tick)) {
            Deviation.round(value, tick, judged);
        } else {
            judged.set(value);
        }
    }

    private void unverifiable(final Observations.Observation observation) {
        observation.verdict = Verdict.UNVERIFIABLE;
        counters.increment(CounterId.PRICE_UNVERIFIABLE);
    }

    /** Whether the reference around {@code timeNs} is whole enough to call a value wrong. */
    private boolean healthy(final Key key, final long timeNs) {
        final long marginNs = Math.max(YOUNG_NS, 2 * key.rule.lagBudgetNs());
        final int instrument = key.rule.instrument();
        return state.sessions.isUp(key.source)
                && state.freshness.state(instrument) != Freshness.State.STALE
                && timeNs - key.history.coveredFromNs() >= marginNs
                && timeNs - reconnectedNs[key.source] >= marginNs
                && (key.history.holeToNs() == MarketEvent.NONE
                        || timeNs - key.history.holeToNs() >= marginNs);
    }

    private void matched(
            final Key key,
            final Observations.Observation observation,
            final Rung rung,
            final long writtenNs,
            final long lagNs,
            final long nowNs,
            final FindingSink findings) {
        if (lagNs > key.rule.lagBudgetNs()) {
            counters.increment(CounterId.PRICE_LATE);
            observation.verdict = Verdict.LATE;
            if (key.open != FindingKind.PRICE_WRONG) {
                key.lastBadNs = nowNs;
                key.goodSinceBad = false;
                late(key, rung, writtenNs, lagNs, nowNs, findings);
                return;
            }
        } else {
            counters.increment(lagNs == 0 ? CounterId.PRICE_IN_SYNC : CounterId.PRICE_LATE);
            observation.verdict = Verdict.IN_SYNC;
        }
        if (key.open == FindingKind.PRICE_WRONG || lagNs <= key.rule.closeLagNs()) {
            key.goodSinceBad = true;
        }
    }

    /** A new reference may be what a suspect value was ahead of. */
    private void explain(final Key key, final long referenceNs) {
        while (key.suspects.size() > 0 && key.history.size() > 0) {
            final int index =
                    key.suspects.explainedBy(
                            key.history,
                            reference,
                            state.instruments.tick(key.rule.instrument()),
                            key.rule.toleranceTicks(),
                            key.rule.toleranceBps());
            if (index < 0) {
                return;
            }
            counters.increment(CounterId.PRICE_AHEAD);
            skewNs = Math.max(skewNs, referenceNs - key.suspects.observedNs(index));
            key.suspects.remove(index);
            key.goodSinceBad = true;
            if (key.suspects.size() == 0 && key.open == null) {
                state.observations.key(key.rule.id()).verdict = Verdict.IN_SYNC;
            }
        }
    }

    private void tick(final long nowNs, final FindingSink findings) {
        final boolean stoodStill = lastTickNs != 0 && nowNs - lastTickNs > STALL_NS;
        lastTickNs = nowNs;
        skewNs -= skewNs >> 10;
        final long waitNs = Math.min(LONGEST_GRACE_NS, Math.max(graceNs, 2 * skewNs));
        for (final Key key : keys) {
            if (stoodStill) {
                key.suspects.clear();
            }
            while (key.suspects.size() > 0
                    && nowNs - key.suspects.observedNs(0) > waitNs
                    && decide(key, nowNs, findings)) {
                key.suspects.remove(0);
            }
            clear(key, nowNs, findings);
        }
    }

    /** Decides on the oldest suspect whose grace is over; false to go on waiting for evidence. */
    private boolean decide(final Key key, final long nowNs, final FindingSink findings) {
        final long observedNs = key.suspects.observedNs(0);
        final int instrument = key.rule.instrument();
        if (!healthy(key, key.suspects.writtenNs(0))) {
            unverifiable(state.observations.key(key.rule.id()));
            return true;
        }
        if (key.history.lastEventNs() <= observedNs) {
            final long thresholdNs = state.freshness.thresholdNs(instrument);
            final long patienceNs = thresholdNs > 0 ? thresholdNs : PATIENCE_NS;
            if (nowNs - key.history.lastEventNs() <= patienceNs
                    || state.freshness.state(instrument) != Freshness.State.QUIET) {
                return false;
            }
        }
        judged.set(key.suspects.value(0));
        final long lagNs = key.suspects.lagNs(0);
        final Rung rung = key.suspects.rung(0);
        if (lagNs == MarketEvent.NONE) {
            wrong(key, judged, key.suspects.writtenNs(0), rung, nowNs, findings);
        } else {
            matched(
                    key,
                    state.observations.key(key.rule.id()),
                    rung,
                    key.suspects.writtenNs(0),
                    lagNs,
                    nowNs,
                    findings);
        }
        return true;
    }

    private void late(
            final Key key,
            final Rung rung,
            final long writtenNs,
            final long lagNs,
            final long nowNs,
            final FindingSink findings) {
        key.count++;
        key.history.value(Math.max(0, key.history.at(writtenNs)), reference);
        if (key.open == null) {
            open(key, FindingKind.PRICE_LATE, nowNs);
            final Finding finding =
                    findings.claim(FindingKind.PRICE_LATE, Edge.OPEN, name(), nowNs);
            Subject.key(finding, state, key.rule.id())
                    .with(Evidence.FIELD, key.rule.field().label())
                    .with(Evidence.EXPECTED, reference)
                    .with(Evidence.OBSERVED, judged)
                    .with(Evidence.LAG_NS, lagNs)
                    .with(Evidence.BUDGET_NS, key.rule.lagBudgetNs())
                    .with(Evidence.RUNG, rung.label());
            Deviation.show(
                    finding, judged, reference, state.instruments.tick(key.rule.instrument()));
            findings.publish();
        }
        key.largestLagNs = Math.max(key.largestLagNs, lagNs);
        track(key, judged);
    }

    private void wrong(
            final Key key,
            final Decimal value,
            final long writtenNs,
            final Rung rung,
            final long nowNs,
            final FindingSink findings) {
        counters.increment(CounterId.PRICE_WRONG);
        if (key.open == FindingKind.PRICE_LATE) {
            close(key, nowNs, "the value is wrong, not late", findings);
        }
        key.lastBadNs = nowNs;
        key.goodSinceBad = false;
        key.count++;
        state.observations.key(key.rule.id()).verdict = Verdict.WRONG;
        final PriceHistory history = key.history;
        history.value(Math.max(0, history.at(writtenNs)), reference);
        if (key.open == null) {
            open(key, FindingKind.PRICE_WRONG, nowNs);
            final Finding finding =
                    findings.claim(FindingKind.PRICE_WRONG, Edge.OPEN, name(), nowNs);
            Subject.key(finding, state, key.rule.id())
                    .with(Evidence.FIELD, key.rule.field().label())
                    .with(Evidence.EXPECTED, reference)
                    .with(Evidence.OBSERVED, value)
                    .with(Evidence.RUNG, rung.label());
            Deviation.show(
                    finding, value, reference, state.instruments.tick(key.rule.instrument()));
            Envelope.show(finding, history, value, writtenNs - windowNs);
            findings.publish();
        }
        track(key, value);
    }

    private void open(final Key key, final FindingKind kind, final long nowNs) {
        key.open = kind;
        key.openSinceNs = nowNs;
        key.largest.clear();
        key.largestLagNs = 0;
        key.count = 1;
    }

    private void track(final Key key, final Decimal value) {
        final Decimal ticks =
                Deviation.ticks(
                        value, reference, state.instruments.tick(key.rule.instrument()), distance);
        if (ticks.isGiven() && (!key.largest.isGiven() || ticks.compareTo(key.largest) > 0)) {
            key.largest.set(ticks);
        }
    }

    private void clear(final Key key, final long nowNs, final FindingSink findings) {
        if (key.open == null || nowNs - key.lastBadNs <= clearAfterNs || key.suspects.size() > 0) {
            return;
        }
        boolean well = key.goodSinceBad;
        if (!well && key.open == FindingKind.PRICE_LATE && key.history.size() > 0) {
            key.history.value(0, reference);
            well = state.observations.key(key.rule.id()).value.sameAs(reference);
        }
        if (well) {
            close(key, nowNs, null, findings);
        }
    }

    private void close(
            final Key key, final long nowNs, final String detail, final FindingSink findings) {
        if (key.open == null) {
            return;
        }
        final Finding finding = findings.claim(key.open, Edge.CLOSE, name(), nowNs);
        Subject.key(finding, state, key.rule.id())
                .with(Evidence.LASTED_NS, nowNs - key.openSinceNs)
                .with(Evidence.COUNT, key.count)
                .with(Evidence.LARGEST_DEVIATION_TICKS, key.largest)
                .with(Evidence.DETAIL, detail);
        if (key.open == FindingKind.PRICE_LATE) {
            finding.with(Evidence.LARGEST_LAG_NS, key.largestLagNs);
        }
        findings.publish();
        key.open = null;
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        PriceSentence.append(finding, out);
    }
}
