package io.plumbline.detect;

import io.plumbline.diagnose.Precision;
import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.WatchedKeys;

/**
 * Finds the version of a reference that explains a Redis value: the one that the writer names by
 * the venue's sequence or time, else the newest one of that value.
 */
final class VersionFinder {
    /** A writer may have its time from another message of the same instant: not yet a lie. */
    private static final long NEIGHBOUR_NS = 250_000_000L;

    private final MarketState state;
    private final Decimal judged = new Decimal();
    private final Decimal reference = new Decimal();
    private boolean proven;
    private long toldNs;

    VersionFinder(final MarketState state) {
        this.state = state;
    }

    /** Takes the value to look for: off the tick grid by noise, it is the value that was meant. */
    void judge(final WatchedKeys.WatchedKey rule, final Decimal value) {
        final Decimal tick = state.instruments.tick(rule.instrument());
        if (!rule.field().isDerived() && Precision.isNoise(value, tick)) {
            Deviation.round(value, tick, judged);
        } else {
            judged.set(value);
        }
    }

    /** The value that is looked for; valid until the next {@link #judge}. */
    Decimal judged() {
        return judged;
    }

    /**
     * The version, or -1.
     *
     * @param sequence what the writer embedded; NONE without one
     * @param venueNs the venue's time that the writer embedded; NONE without one
     * @param sinceNs versions that ended before are not looked at
     */
    int find(
            final WatchedKeys.WatchedKey rule,
            final PriceHistory history,
            final long sequence,
            final long venueNs,
            final long sinceNs) {
        proven = isKnown(sequence, history);
        if (proven) {
            final int version = history.atOrderKey(sequence);
            return means(rule, history, version) ? version : -1;
        }
        final int dated = atTime(rule, history, venueNs);
        if (dated >= 0) {
            proven = true;
            return dated;
        }
        final int same = byValue(rule, history, sinceNs);
        if (toldNs != MarketEvent.NONE
                && (same < 0 || history.validToNs(same) < toldNs - NEIGHBOUR_NS)) {
            proven = true;
            return -1;
        }
        return same;
    }

    private int byValue(
            final WatchedKeys.WatchedKey rule, final PriceHistory history, final long sinceNs) {
        if (rule.toleranceTicks() == 0 && !rule.toleranceBps().isGiven()) {
            final int same =
                    judged.inexact()
                            ? -1
                            : history.newestEqual(judged.mantissa(), judged.exponent(), sinceNs);
            return same < 0 && rule.field().isDerived() ? nearlySame(history, sinceNs) : same;
        }
        for (int i = 0; i < history.size() && (i == 0 || history.validToNs(i) >= sinceNs); i++) {
            if (matches(rule, history, i)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Whether the writer's own evidence decided the last {@link #find}: a version that was found is
     * the one that it took, and where none was, the value is not what the venue said then.
     */
    boolean proven() {
        return proven;
    }

    /**
     * Whether the writer's sequence is one of the reference's own; else the value speaks for
     * itself.
     */
    private static boolean isKnown(final long sequence, final PriceHistory history) {
        return sequence != MarketEvent.NONE
                && sequence <= history.lastOrderKey()
                && history.atOrderKey(sequence) >= 0;
    }

    /**
     * The version of this value at the venue's time, or -1; several versions may share a
     * millisecond. Where that is the very time of a message that brought another price, {@link
     * #toldNs} is when it came: then an older value is no late one but a wrong one.
     */
    private int atTime(
            final WatchedKeys.WatchedKey rule, final PriceHistory history, final long venueNs) {
        toldNs = MarketEvent.NONE;
        for (int i = 0; venueNs != MarketEvent.NONE && i < history.size(); i++) {
            if (history.mayBeAt(i, venueNs)) {
                if (means(rule, history, i)) {
                    return i;
                }
                if (history.beganAt(i, venueNs) && history.holeToNs() < history.validFromNs(i)) {
                    toldNs = history.validFromNs(i);
                }
            }
        }
        return -1;
    }

    /** Whether the value is this version, or what a float made of a computed one. */
    private boolean means(
            final WatchedKeys.WatchedKey rule, final PriceHistory history, final int version) {
        return matches(rule, history, version)
                || rule.field().isDerived() && Precision.isBinaryNoise(judged, reference);
    }

    private boolean matches(
            final WatchedKeys.WatchedKey rule, final PriceHistory history, final int version) {
        history.value(version, reference);
        return judged.within(
                reference,
                state.instruments.tick(rule.instrument()),
                rule.toleranceTicks(),
                rule.toleranceBps());
    }

    /**
     * A computed field has no grid to round to: binary noise is forgiven against the version
     * itself.
     */
    private int nearlySame(final PriceHistory history, final long sinceNs) {
        for (int i = 0; i < history.size() && (i == 0 || history.validToNs(i) > sinceNs); i++) {
            history.value(i, reference);
            if (Precision.isBinaryNoise(judged, reference)) {
                return i;
            }
        }
        return -1;
    }
}
