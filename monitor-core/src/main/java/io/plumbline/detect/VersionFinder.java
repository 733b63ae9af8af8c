package io.plumbline.detect;

import io.plumbline.diagnose.Precision;
import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.WatchedKeys;

/** Finds the version of a reference that explains a Redis value: the newest one of that value. */
final class VersionFinder {
    private final MarketState state;
    private final Decimal judged = new Decimal();
    private final Decimal reference = new Decimal();

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
     * @param sinceNs versions that ended before are not looked at
     */
    int find(
            final WatchedKeys.WatchedKey rule,
            final PriceHistory history,
            final long sequence,
            final long sinceNs) {
        if (isKnown(sequence, history)) {
            final int version = history.atOrderKey(sequence);
            return matches(rule, history, version) ? version : -1;
        }
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
     * Whether the writer's sequence is one of the reference's own; else the value speaks for
     * itself.
     */
    static boolean isKnown(final long sequence, final PriceHistory history) {
        return sequence != MarketEvent.NONE
                && sequence <= history.lastOrderKey()
                && history.atOrderKey(sequence) >= 0;
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
