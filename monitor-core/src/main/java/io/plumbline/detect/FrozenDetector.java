package io.plumbline.detect;

import io.plumbline.diagnose.Cause;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Observations;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.Rung;
import io.plumbline.market.Verdict;
import io.plumbline.market.WatchedKeys;

/**
 * A value that stands while its reference moves on: it differs for long without a break; or, where
 * every write is told, nothing is written at all although it differs for as long in sum (a price
 * that goes to and fro keeps meeting an old value). PRICE_FROZEN: one key, and its writer writes
 * others. WRITER_DEAD: no key of the writer was written, and at least two should have been, or all
 * have expired: one finding, not one per key ({@link WriterLives}). Judged only while Redis is seen
 * and keeps its pace: what it could not take meanwhile, its writers could not write.
 */
public final class FrozenDetector implements Detector {
    /** So long an expired key may still be written again. */
    private static final long EXPIRY_GRACE_NS = 250_000_000L;

    /** So much longer a key waits whose writer seems to forget, until that is certain. */
    private static final long PATIENCE_NS = 8_000_000_000L;

    /** Past its deadline, one that was not yet read again. */
    private static final long DEADLINE_GRACE_NS = 1_000_000_000L;

    private static final class Key {
        PriceHistory history;
        long divergedSinceNs;
        long divergedVersions;
        long agreedSinceNs;
        long unwrittenNs;
        long unwrittenVersions;
        boolean seen;
        boolean frozen;
        long frozenSinceNs;
        boolean known;
        boolean toldExpired;
        long expiresAtNs = MarketEvent.NONE;
        long expiredSinceNs;
    }

    private final MarketState state;
    private final long versions;
    private final long frozenNs;
    private final Key[] keys;
    private final WriterLives writers;
    private final BurstDetector bursts;
    private final Decimal reference = new Decimal();
    private long lastTickNs;
    private long passedNs;

    /**
     * @param versions how often the reference must have moved meanwhile
     * @param frozenNs how long the value must differ; at least the lag budget of the key counts
     * @param bursts which writers forget what they should write
     */
    public FrozenDetector(
            final MarketState state,
            final int versions,
            final long frozenNs,
            final BurstDetector bursts) {
        this.state = state;
        this.bursts = bursts;
        this.versions = versions;
        this.frozenNs = frozenNs;
        keys = new Key[state.keys.size()];
        for (final WatchedKeys.WatchedKey rule : state.keys.all()) {
            final Key key = new Key();
            key.history = state.references.history(rule.instrument(), rule.field());
            keys[rule.id()] = key;
        }
        writers = new WriterLives(state, name(), frozenNs);
    }

    @Override
    public String name() {
        return "frozen";
    }

    @Override
    public boolean hearsMarket() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type == EventType.KEY_VALUE && event.key >= 0) {
            life(keys[event.key], event);
            written(event.key, nowNs, findings);
        } else if (event.type == EventType.KEY_EVENT && event.key >= 0) {
            keys[event.key].toldExpired = event.keyState == KeyState.EXPIRED;
        } else if (event.type == EventType.TIMER) {
            tick(nowNs, findings);
        }
    }

    private static void life(final Key key, final MarketEvent event) {
        if (event.keyState == KeyState.PRESENT) {
            key.known = true;
            key.toldExpired = false;
            key.expiresAtNs = event.expiresAtNs;
            key.expiredSinceNs = 0;
        } else if (key.expiredSinceNs == 0
                && (key.toldExpired || isOver(key, event.receivedNs + EXPIRY_GRACE_NS))) {
            key.expiredSinceNs = event.receivedNs;
        }
    }

    private static boolean isOver(final Key key, final long atNs) {
        return key.expiresAtNs != MarketEvent.NONE
                && key.expiresAtNs != MarketEvent.NEVER
                && atNs >= key.expiresAtNs;
    }

    private void written(final int id, final long nowNs, final FindingSink findings) {
        final Observations.Observation observation = state.observations.key(id);
        final Key key = keys[id];
        if (observation.writtenNs == observation.receivedNs) {
            key.unwrittenNs = 0;
            key.unwrittenVersions = key.history == null ? 0 : key.history.versions();
            if (writers.wrote(id, observation.receivedNs, nowNs, findings)) {
                begunAnew(id);
            }
        }
        if (observation.changed) {
            key.divergedSinceNs = 0;
            thaw(id, nowNs, findings);
        }
    }

    /** A writer that is back has as long for its other keys as if they had just moved. */
    private void begunAnew(final int id) {
        for (int other = 0; other < keys.length; other++) {
            final Key key = keys[other];
            if (!key.frozen && writers.same(id, other)) {
                key.divergedSinceNs = 0;
                key.unwrittenNs = 0;
                key.unwrittenVersions = key.history == null ? 0 : key.history.versions();
            }
        }
    }

    private void tick(final long nowNs, final FindingSink findings) {
        writers.beginRound();
        passedNs = lastTickNs == 0 ? 0 : nowNs - lastTickNs;
        lastTickNs = nowNs;
        for (int id = 0; id < keys.length; id++) {
            final Key key = keys[id];
            measure(id, key, nowNs);
            final boolean overdue = overdue(id, key, nowNs);
            if (key.known) {
                writers.count(id, overdue, !overdue && expired(key, nowNs));
            }
            if (overdue) {
                key.agreedSinceNs = 0;
            } else if (key.frozen && key.seen && key.divergedSinceNs == 0) {
                key.agreedSinceNs = key.agreedSinceNs == 0 ? nowNs : key.agreedSinceNs;
                if (nowNs - key.agreedSinceNs > frozenNs) {
                    state.observations.key(id).verdict = Verdict.IN_SYNC;
                    thaw(id, nowNs, findings);
                }
            } else {
                key.agreedSinceNs = 0;
            }
        }
        writers.judge(nowNs, findings);
        for (int id = 0; id < keys.length; id++) {
            final Key key = keys[id];
            if (key.divergedSinceNs == 0) {
                continue;
            }
            if (!key.frozen && overdue(id, key, nowNs)) {
                if (writers.isDead(id) || isForgotten(id, key, nowNs)) {
                    state.observations.key(id).verdict = Verdict.FROZEN;
                } else if (writers.writes(id, nowNs) || isAlone(id, key, nowNs)) {
                    freeze(id, nowNs, findings);
                }
            }
        }
    }

    /**
     * The only key of a silent writer whose market moves: nobody else will prove the writer dead.
     */
    private boolean isAlone(final int id, final Key key, final long nowNs) {
        return writers.isSpared(id)
                && (writers.isAlone(id) || nowNs - key.divergedSinceNs > 2 * frozenNs);
    }

    /** Whether a writer that forgets explains it, or may: told of the writer, not of the key. */
    private boolean isForgotten(final int id, final Key key, final long nowNs) {
        return bursts.explains(id)
                || nowNs - key.divergedSinceNs <= frozenNs + PATIENCE_NS && bursts.mayExplain(id);
    }

    /** Whether it expired, by its own deadline or as told, and was not written again since. */
    private static boolean expired(final Key key, final long nowNs) {
        return key.seen
                && (key.expiredSinceNs != 0 && nowNs - key.expiredSinceNs >= EXPIRY_GRACE_NS
                        || key.expiredSinceNs == 0 && isOver(key, nowNs - DEADLINE_GRACE_NS));
    }

    /** Since when the value differs from the current reference, and how far that has moved. */
    private void measure(final int id, final Key key, final long nowNs) {
        final Observations.Observation observation = state.observations.key(id);
        key.seen = seen(state.holders.of(id), nowNs);
        if (!key.seen) {
            key.divergedSinceNs = 0;
            key.unwrittenNs = 0;
            key.unwrittenVersions = key.history == null ? 0 : key.history.versions();
            return;
        }
        if (key.history == null
                || key.history.size() == 0
                || observation.state != KeyState.PRESENT
                || !observation.value.isGiven()
                || observation.verdict == Verdict.WRONG) {
            key.divergedSinceNs = 0;
            return;
        }
        key.history.value(0, reference);
        final WatchedKeys.WatchedKey rule = state.keys.key(id);
        if (observation.value.within(
                reference,
                state.instruments.tick(rule.instrument()),
                rule.toleranceTicks(),
                rule.toleranceBps())) {
            key.divergedSinceNs = 0;
        } else {
            key.unwrittenNs += passedNs;
            if (key.divergedSinceNs == 0) {
                key.divergedSinceNs = nowNs;
                key.divergedVersions = key.history.versions() - 1;
            }
        }
    }

    private boolean seen(final int redis, final long nowNs) {
        return state.sight.isSeen(redis, nowNs) && !state.sight.isSlow(redis);
    }

    private boolean overdue(final int id, final Key key, final long nowNs) {
        if (key.divergedSinceNs == 0) {
            return false;
        }
        final long limitNs = Math.max(frozenNs, state.keys.key(id).lagBudgetNs());
        final Rung rung = state.observations.key(id).rung;
        final boolean everyWriteIsTold = rung != Rung.SAMPLING && rung != Rung.NONE;
        return nowNs - key.divergedSinceNs > limitNs
                        && key.history.versions() - key.divergedVersions >= versions
                || everyWriteIsTold
                        && key.unwrittenNs > limitNs
                        && key.history.versions() - key.unwrittenVersions >= 2 * versions;
    }

    private void freeze(final int id, final long nowNs, final FindingSink findings) {
        final Key key = keys[id];
        key.frozen = true;
        key.agreedSinceNs = 0;
        key.frozenSinceNs = key.divergedSinceNs;
        final Observations.Observation observation = state.observations.key(id);
        observation.verdict = Verdict.FROZEN;
        key.history.value(0, reference);
        final WatchedKeys.WatchedKey rule = state.keys.key(id);
        final Finding finding = findings.claim(FindingKind.PRICE_FROZEN, Edge.OPEN, name(), nowNs);
        Subject.key(finding, state, id)
                .with(Evidence.FIELD, rule.field().label())
                .with(Evidence.EXPECTED, reference)
                .with(Evidence.OBSERVED, observation.value)
                .with(Evidence.LAG_NS, nowNs - key.divergedSinceNs)
                .with(Evidence.VERSIONS, key.history.versions() - key.divergedVersions);
        showAge(finding, key, observation.value, nowNs);
        Sight.show(finding, state, id);
        Deviation.show(
                finding, observation.value, reference, state.instruments.tick(rule.instrument()));
        findings.publish();
    }

    /** Since when it is not the price any more, where it was one that is still known. */
    private static void showAge(
            final Finding finding, final Key key, final Decimal value, final long nowNs) {
        final int version =
                key.history.newestEqual(value.mantissa(), value.exponent(), Long.MIN_VALUE);
        if (version > 0 && !value.inexact()) {
            finding.with(Evidence.CAUSE, Cause.OLDER_VALUE.name())
                    .with(Evidence.AGE_NS, nowNs - key.history.validToNs(version));
        }
    }

    private void thaw(final int id, final long nowNs, final FindingSink findings) {
        final Key key = keys[id];
        if (key.frozen) {
            key.frozen = false;
            final Finding finding =
                    findings.claim(FindingKind.PRICE_FROZEN, Edge.CLOSE, name(), nowNs);
            Subject.key(finding, state, id).with(Evidence.LASTED_NS, nowNs - key.frozenSinceNs);
            Sight.show(finding, state, id);
            findings.publish();
        }
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        if (finding.kind == FindingKind.WRITER_DEAD) {
            WriterLives.describe(finding, out);
            return;
        }
        out.append("Redis key ").append(finding.key);
        if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append(" moves again after "), finding.number(Evidence.LASTED_NS, 0));
        } else {
            out.append(" is frozen at ").append(finding.text(Evidence.OBSERVED)).append(" while ");
            Subject.append(out, finding)
                    .append(" moved on ")
                    .append(finding.text(Evidence.VERSIONS))
                    .append(" times to ")
                    .append(finding.text(Evidence.EXPECTED));
            if (finding.number(Evidence.AGE_NS, 0) > 0) {
                CauseSentence.append(finding, out.append("; "));
            }
        }
    }
}
