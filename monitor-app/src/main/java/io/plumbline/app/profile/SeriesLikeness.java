package io.plumbline.app.profile;

import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.PriceHistory;
import java.util.Arrays;

/** How well the values of one key fit one price of one instrument. Engine thread; bounded. */
final class SeriesLikeness {
    private static final int SAMPLES = 4_096;

    /** A history must cover so much before a value: a late one is not held against it. */
    private static final long MARGIN_NS = 1_000_000_000L;

    /** 10^-9: what binary floating point makes of a price. */
    private static final Decimal NOISE_BPS = Decimal.of("0.00001");

    private static final Decimal NO_TICK = new Decimal();

    final int instrument;
    final Field field;
    private final PriceHistory history;
    private final Decimal version = new Decimal();
    private final long[] lagsNs = new long[SAMPLES];
    private final long[] sincesNs = new long[SAMPLES];
    private int samples;
    private int judged;
    private int exact;
    private int near;
    private int ahead;

    SeriesLikeness(final int instrument, final Field field, final PriceHistory history) {
        this.instrument = instrument;
        this.field = field;
        this.history = history;
    }

    /**
     * Compares a value with the versions around the time of its write.
     *
     * @param aheadNs so long after the write our own feed may still show it
     */
    void judge(final Decimal value, final long writtenNs, final long windowNs, final long aheadNs) {
        if (history.coveredFromNs() > writtenNs - MARGIN_NS) {
            return;
        }
        judged++;
        final boolean found = find(value, writtenNs, windowNs, aheadNs, true);
        if (!found) {
            find(value, writtenNs, windowNs, aheadNs, false);
        }
    }

    /** Whether a version explains it: of an older one and a later one the nearer in time. */
    private boolean find(
            final Decimal value,
            final long writtenNs,
            final long windowNs,
            final long aheadNs,
            final boolean exactly) {
        long laterNs = Long.MAX_VALUE;
        for (int i = 0; i < history.size(); i++) {
            if (i > 0 && history.validToNs(i) < writtenNs - windowNs) {
                break;
            }
            if (!is(value, i, exactly)) {
                continue;
            }
            final long fromNs = history.validFromNs(i);
            if (fromNs > writtenNs) {
                laterNs = fromNs - writtenNs <= aheadNs ? fromNs - writtenNs : laterNs;
                continue;
            }
            final long toNs = history.validToNs(i);
            final long lagNs = toNs >= writtenNs ? 0 : writtenNs - toNs;
            if (lagNs > laterNs) {
                break;
            }
            matched(exactly, lagNs, writtenNs - fromNs);
            return true;
        }
        if (laterNs == Long.MAX_VALUE) {
            return false;
        }
        ahead++;
        matched(exactly, 0, 0);
        return true;
    }

    private boolean is(final Decimal value, final int index, final boolean exactly) {
        if (exactly) {
            return value.sameAs(history.mantissa(index), history.exponent(index));
        }
        history.value(index, version);
        return value.within(version, NO_TICK, 0, NOISE_BPS);
    }

    private void matched(final boolean exactly, final long lagNs, final long sinceNs) {
        exact += exactly ? 1 : 0;
        near += exactly ? 0 : 1;
        lagsNs[samples % SAMPLES] = lagNs;
        sincesNs[samples % SAMPLES] = sinceNs;
        samples++;
    }

    int judged() {
        return judged;
    }

    int exact() {
        return exact;
    }

    int near() {
        return near;
    }

    int ahead() {
        return ahead;
    }

    /** Values that fit, of a thousand. */
    int share() {
        return judged == 0 ? 0 : (int) ((exact + near) * 1_000L / judged);
    }

    /**
     * The lag that so many of a thousand do not exceed: a lower bound, from when the price was no
     * longer the current one.
     */
    long lagNs(final int perMille) {
        return quantile(lagsNs, perMille);
    }

    /** The same from when the price became the current one: an upper bound. */
    long sinceNs(final int perMille) {
        return quantile(sincesNs, perMille);
    }

    private long quantile(final long[] all, final int perMille) {
        final int count = Math.min(samples, SAMPLES);
        if (count == 0) {
            return 0;
        }
        final long[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1, (long) count * perMille / 1_000)];
    }
}
