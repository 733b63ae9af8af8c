package io.plumbline.diagnose;

import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.PriceHistory;

/** A value that was found wrong, with what it should have been: reused. Engine thread. */
public final class WrongValue {
    public final Decimal value = new Decimal();

    /** The reference at the time of the write. */
    public final Decimal expected = new Decimal();

    /** Not given where it is not known. */
    public final Decimal tick = new Decimal();

    public int instrument;
    public Field field;

    /** The versions of its own reference. */
    public PriceHistory history;

    /** When it was written, as nearly as is known. */
    public long writtenNs;

    /** What it was read from was current at some time in this interval, if all went well. */
    public long fromNs;

    public long toNs;

    /** How many times {@link #version} may be asked of a history. */
    int tries(final PriceHistory history) {
        final int newest = history.at(toNs);
        if (newest < 0) {
            return 0;
        }
        final int written = written(history);
        int oldest = newest;
        while (oldest < history.size() && history.validToNs(oldest) >= fromNs) {
            oldest++;
        }
        return 1 + 2 * Math.max(written - newest, oldest - written);
    }

    /**
     * The versions that were current in the interval, the nearest to the write first.
     *
     * @param attempt from 1 on
     * @return -1 where this attempt has none
     */
    int version(final PriceHistory history, final int attempt) {
        final int away = attempt / 2;
        final int version = written(history) + (attempt % 2 == 0 ? -away : away);
        return version >= Math.max(0, history.at(toNs))
                        && version < history.size()
                        && history.validToNs(version) >= fromNs
                ? version
                : -1;
    }

    private int written(final PriceHistory history) {
        final int written = history.at(writtenNs);
        return written < 0 ? history.size() : written;
    }

    /** The attempt that finds the very value, or 0. */
    int same(final PriceHistory history) {
        final int tries = tries(history);
        for (int attempt = 1; attempt <= tries; attempt++) {
            final int version = version(history, attempt);
            if (version >= 0
                    && value.sameAs(history.mantissa(version), history.exponent(version))) {
                return attempt;
            }
        }
        return 0;
    }

    /** How many digits one such value tells: tenths, log10. Distance counts, and so do digits. */
    int information() {
        return Math.min(10 * Weight.digits(value.mantissa()), Weight.distance(this));
    }
}
