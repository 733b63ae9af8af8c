package io.plumbline.detect;

import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.Rung;

/**
 * Values of one key that the current reference does not explain: equal to an older version (late,
 * or the price is just about to come back), or to none. Bounded: when {@value #LIMIT} wait, the
 * newest takes the place of the one before it, and the oldest stays: it is the one that decides.
 */
final class Suspects {
    static final int LIMIT = 8;

    private final Decimal[] values = new Decimal[LIMIT];
    private final long[] observedNs = new long[LIMIT];
    private final long[] writtenNs = new long[LIMIT];
    private final Rung[] rungs = new Rung[LIMIT];
    private final long[] lagsNs = new long[LIMIT];
    private final long[] lagsAtMostNs = new long[LIMIT];
    private int size;

    Suspects() {
        for (int i = 0; i < LIMIT; i++) {
            values[i] = new Decimal();
        }
    }

    int size() {
        return size;
    }

    Decimal value(final int index) {
        return values[index];
    }

    long observedNs(final int index) {
        return observedNs[index];
    }

    long writtenNs(final int index) {
        return writtenNs[index];
    }

    Rung rung(final int index) {
        return rungs[index];
    }

    /** How late it is if it is late; NONE when it equals no version at all. */
    long lagNs(final int index) {
        return lagsNs[index];
    }

    /** The same from above: how long ago the version that it equals began. */
    long lagAtMostNs(final int index) {
        return lagsAtMostNs[index];
    }

    /** Whether it equals an older version. */
    boolean isLate(final int index) {
        return lagsNs[index] != MarketEvent.NONE;
    }

    void add(
            final Decimal value,
            final long lagNs,
            final long lagAtMostNs,
            final long writtenAtNs,
            final long receivedNs,
            final Rung rung) {
        for (int i = 0; i < size; i++) {
            if (values[i].equals(value)) {
                return;
            }
        }
        final int slot = Math.min(size, LIMIT - 1);
        values[slot].set(value);
        writtenNs[slot] = writtenAtNs;
        observedNs[slot] = receivedNs;
        rungs[slot] = rung;
        lagsNs[slot] = lagNs;
        lagsAtMostNs[slot] = lagAtMostNs;
        size = slot + 1;
    }

    void remove(final int index) {
        final Decimal freed = values[index];
        for (int i = index; i < size - 1; i++) {
            values[i] = values[i + 1];
            observedNs[i] = observedNs[i + 1];
            writtenNs[i] = writtenNs[i + 1];
            rungs[i] = rungs[i + 1];
            lagsNs[i] = lagsNs[i + 1];
            lagsAtMostNs[i] = lagsAtMostNs[i + 1];
        }
        values[size - 1] = freed;
        size--;
    }

    void clear() {
        size = 0;
    }

    /** The first suspect that the current reference explains, or -1. */
    int explainedBy(
            final PriceHistory history,
            final Decimal current,
            final Decimal tick,
            final int ticks,
            final Decimal bps) {
        history.value(0, current);
        for (int i = 0; i < size; i++) {
            if (values[i].within(current, tick, ticks, bps)) {
                return i;
            }
        }
        return -1;
    }
}
