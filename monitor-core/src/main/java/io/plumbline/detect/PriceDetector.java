package io.plumbline.detect;

import io.plumbline.diagnose.Diagnosis;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Decimal;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Observations;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.Rung;
import io.plumbline.market.ValueFault;
import io.plumbline.market.Verdict;
import io.plumbline.market.WatchedKeys;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.LatencyRecorder;

/**
 * Late or wrong: judges every value seen in Redis by the versions of its reference price.
 *
 * <p>A value that carries the venue's sequence or time is judged by the version of that; else by
 * the value itself. Equal to the current version: in sync. Equal to an older one: late by a lower
 * bound, PRICE_LATE above the budget. Equal to none: suspect, for a grace in which our own feed may
 * still show it (ahead); then PRICE_WRONG, but only when the reference is proven to have gone on
 * since. A reference that is down, stale, mute, holed or too young makes the value unverifiable,
 * never wrong. A divergence opens once and closes once, with its largest deviation and its length.
 */
public final class PriceDetector implements Detector {
    /** A reference that is silent for longer than anyone knows is waited for this long. */
    private static final long PATIENCE_NS = 10_000_000_000L;

    private static final long STALL_NS = 1_000_000_000L;

    private final MarketState state;
    private final long graceNs;
    private final long windowNs;
    private final Counters counters;
    private final LatencyRecorder propagation;
    private final PriceKey[] keys;
    private final int[][] byInstrument;

    /** By instrument, whether a key of it may have suspects: most never have. */
    private final boolean[] waiting;

    private final Grounds grounds;
    private final VersionFinder versions;
    private final Decimal reference = new Decimal();
    private final Lead lead;
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
        this.counters = counters;
        this.propagation = propagation;
        lead = new Lead(state, name());
        final Diagnosis diagnosis = new Diagnosis(state);
        keys = new PriceKey[state.keys.size()];
        byInstrument = new int[state.instruments.size()][];
        waiting = new boolean[byInstrument.length];
        for (int id = 0; id < keys.length; id++) {
            final WatchedKeys.WatchedKey rule = state.keys.key(id);
            keys[id] = PriceKey.of(state, rule, diagnosis, name(), windowNs, clearAfterNs);
            final int[] known = byInstrument[rule.instrument()];
            final int[] grown = new int[known == null ? 1 : known.length + 1];
            if (known != null) {
                System.arraycopy(known, 0, grown, 0, known.length);
            }
            grown[grown.length - 1] = id;
            byInstrument[rule.instrument()] = grown;
        }
        grounds = new Grounds(state);
        versions = new VersionFinder(state);
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
                        && event.instrument < waiting.length
                        && waiting[event.instrument]) {
                    explain(event.instrument, event.receivedNs, nowNs, findings);
                }
                break;
            case KEY_VALUE:
                if (event.key >= 0) {
                    observed(keys[event.key], event, nowNs, findings);
                }
                break;
            case DROPPED:
                lost(event);
                break;
            case SESSION:
                grounds.onSession(event);
                break;
            case TIMER:
                tick(nowNs, findings);
                break;
            default:
                break;
        }
    }

    /** What the full ring swallowed may have been a version of any reference of that connection. */
    private void lost(final MarketEvent event) {
        for (final PriceKey key : keys) {
            if (key.source == event.source && key.history != null) {
                key.history.hole(event.receivedNs);
            }
        }
    }

    private void observed(
            final PriceKey key,
            final MarketEvent event,
            final long nowNs,
            final FindingSink findings) {
        final Observations.Observation observation = state.observations.key(event.key);
        if (event.keyState != KeyState.PRESENT || event.valueFault != ValueFault.NONE) {
            key.suspects.clear();
            key.divergence.close(nowNs, "the key holds no price any more", findings);
            return;
        }
        final PriceHistory history = key.history;
        if (history == null || history.size() == 0 || key.source < 0) {
            unverifiable(observation);
            return;
        }
        versions.judge(key.rule, event.price);
        final boolean datable = event.writtenAfterNs != MarketEvent.NONE;
        final long writtenNs = datable ? event.writtenAfterNs : event.receivedNs;
        final int version =
                versions.find(
                        key.rule,
                        history,
                        event.embeddedSequence,
                        event.embeddedNs,
                        writtenNs - windowNs);
        if (version >= 0) {
            final long lagNs =
                    datable && version > 0
                            ? Math.max(0, writtenNs - history.validToNs(version))
                            : 0;
            final boolean proven =
                    versions.proven() && grounds.redisKeptPace(key.rule, writtenNs, nowNs);
            final long lagAtMostNs = writtenNs - history.validFromNs(version);
            final boolean inTime = lagNs <= key.rule.lagBudgetNs();
            // What is neither is judged later: the price may only have come back to an old one.
            observation.lagNs = inTime || proven ? lagNs : 0;
            if (observation.changed && (inTime || proven)) {
                propagation.record(event.receivedNs - history.validFromNs(version));
            }
            if (inTime) {
                inTime(key, observation, lagNs, lagAtMostNs);
            } else if (proven) {
                late(
                        key,
                        versions.judged(),
                        lagNs,
                        lagAtMostNs,
                        writtenNs,
                        event.rung,
                        nowNs,
                        findings);
            } else {
                suspect(key, observation, event, lagNs, lagAtMostNs, writtenNs);
            }
        } else if (versions.proven()) {
            wrong(key, versions.judged(), writtenNs, event.receivedNs, event.rung, nowNs, findings);
        } else if (!datable
                || needsTick(key)
                || !grounds.areSound(key.rule, history, key.source, writtenNs, nowNs)) {
            unverifiable(observation);
        } else {
            suspect(key, observation, event, MarketEvent.NONE, 0, writtenNs);
        }
    }

    private void suspect(
            final PriceKey key,
            final Observations.Observation observation,
            final MarketEvent event,
            final long lagNs,
            final long lagAtMostNs,
            final long writtenNs) {
        observation.verdict = key.divergence.isOpen() ? observation.verdict : Verdict.SUSPECT;
        waiting[key.rule.instrument()] = true;
        key.suspects.add(
                versions.judged(), lagNs, lagAtMostNs, writtenNs, event.receivedNs, event.rung);
    }

    private void unverifiable(final Observations.Observation observation) {
        observation.verdict = Verdict.UNVERIFIABLE;
        counters.increment(CounterId.PRICE_UNVERIFIABLE);
    }

    /** Equal to the current reference, or to one that it followed within the budget. */
    private void inTime(
            final PriceKey key,
            final Observations.Observation observation,
            final long lagNs,
            final long lagAtMostNs) {
        counters.increment(lagNs == 0 ? CounterId.PRICE_IN_SYNC : CounterId.PRICE_LATE);
        observation.verdict = Verdict.IN_SYNC;
        key.lastGoodNs = observation.receivedNs;
        if (lagNs <= key.rule.closeLagNs()) {
            key.divergence.good(observation.changed && lagAtMostNs <= key.rule.closeLagNs());
        }
    }

    private void late(
            final PriceKey key,
            final Decimal value,
            final long lagNs,
            final long lagAtMostNs,
            final long writtenNs,
            final Rung rung,
            final long nowNs,
            final FindingSink findings) {
        counters.increment(CounterId.PRICE_LATE);
        state.observations.key(key.rule.id()).verdict = Verdict.LATE;
        if (key.divergence.isWrong()) {
            key.divergence.good(false);
        } else {
            key.divergence.late(value, lagNs, lagAtMostNs, writtenNs, rung, nowNs, findings);
        }
    }

    private void wrong(
            final PriceKey key,
            final Decimal value,
            final long writtenNs,
            final long observedNs,
            final Rung rung,
            final long nowNs,
            final FindingSink findings) {
        counters.increment(CounterId.PRICE_WRONG);
        state.observations.key(key.rule.id()).verdict = Verdict.WRONG;
        key.divergence.wrong(value, writtenNs, observedNs, rung, key.suspects, nowNs, findings);
    }

    private void explain(
            final int instrument,
            final long referenceNs,
            final long nowNs,
            final FindingSink findings) {
        waiting[instrument] = false;
        for (final int id : byInstrument[instrument]) {
            explain(keys[id], referenceNs, nowNs, findings);
            waiting[instrument] |= keys[id].suspects.size() > 0;
        }
    }

    /** A new reference may be what a suspect value was ahead of. */
    private void explain(
            final PriceKey key,
            final long referenceNs,
            final long nowNs,
            final FindingSink findings) {
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
            if (!key.suspects.isLate(index)) {
                lead.ahead(
                        key,
                        reference,
                        referenceNs - key.suspects.observedNs(index),
                        nowNs,
                        findings);
            }
            key.suspects.remove(index);
            key.divergence.good(false);
            if (key.suspects.size() == 0 && !key.divergence.isOpen()) {
                state.observations.key(key.rule.id()).verdict = Verdict.IN_SYNC;
            }
        }
    }

    private void tick(final long nowNs, final FindingSink findings) {
        final boolean stoodStill = lastTickNs != 0 && nowNs - lastTickNs > STALL_NS;
        lastTickNs = nowNs;
        final long longGraceNs = lead.graceNs(graceNs);
        for (final PriceKey key : keys) {
            if (stoodStill) {
                key.suspects.clear();
            }
            while (key.suspects.size() > 0
                    && nowNs - key.suspects.observedNs(0)
                            > (key.suspects.isLate(0) ? graceNs : longGraceNs)
                    && decide(key, nowNs, findings)) {
                key.suspects.remove(0);
            }
            if (key.divergence.isOpen() && key.suspects.size() == 0) {
                key.divergence.clear(state.observations.key(key.rule.id()).value, nowNs, findings);
            }
        }
    }

    /** Decides on the oldest suspect whose grace is over; false to go on waiting for evidence. */
    private boolean decide(final PriceKey key, final long nowNs, final FindingSink findings) {
        final long observedNs = key.suspects.observedNs(0);
        final int instrument = key.rule.instrument();
        final long suspectNs = key.suspects.writtenNs(0);
        final boolean late = key.suspects.isLate(0);
        if (!grounds.areSound(key.rule, key.history, key.source, suspectNs, nowNs)
                || late && !grounds.redisKeptPace(key.rule, suspectNs, nowNs)) {
            if (key.lastGoodNs == MarketEvent.NONE || key.lastGoodNs <= observedNs) {
                unverifiable(state.observations.key(key.rule.id()));
            }
            return true;
        }
        if (key.history.lastEventNs() <= observedNs) {
            final long thresholdNs = state.freshness.thresholdNs(instrument);
            final long patienceNs = thresholdNs > 0 ? thresholdNs : PATIENCE_NS;
            if (nowNs - key.history.lastEventNs() <= patienceNs
                    || state.twins.lastDataNs(key.source) <= observedNs + graceNs) {
                return false;
            }
        }
        final Decimal value = key.suspects.value(0);
        final Rung rung = key.suspects.rung(0);
        if (late) {
            state.observations.key(key.rule.id()).lagNs = key.suspects.lagNs(0);
            propagation.record(observedNs - suspectNs + key.suspects.lagAtMostNs(0));
            late(
                    key,
                    value,
                    key.suspects.lagNs(0),
                    key.suspects.lagAtMostNs(0),
                    suspectNs,
                    rung,
                    nowNs,
                    findings);
        } else {
            wrong(key, value, suspectNs, observedNs, rung, nowNs, findings);
        }
        if (key.lastGoodNs != MarketEvent.NONE && key.lastGoodNs > observedNs) {
            state.observations.key(key.rule.id()).verdict = Verdict.IN_SYNC;
            key.divergence.good(false);
        }
        return true;
    }

    /** A tolerance in ticks means nothing while the tick size is not known. */
    private boolean needsTick(final PriceKey key) {
        return key.rule.toleranceTicks() > 0
                && !key.rule.toleranceBps().isGiven()
                && !state.instruments.tick(key.rule.instrument()).isGiven();
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        PriceSentence.append(finding, out);
    }
}
