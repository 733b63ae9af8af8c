package io.plumbline.app.profile;

import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.Rung;
import io.plumbline.market.ValueFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is seen of one key under one format: its values wait until our own feed has had time to show
 * them, and are then compared. Engine thread; bounded.
 */
final class KeyLikeness {
    /** Prices that a key is compared with at most, those of its name first. */
    static final int MOST_SERIES = 96;

    private static final int PENDING = 256;
    private static final int WRITES = 1_024;
    private static final int MOST_CHOICES = 20;

    /** Prices so near to a value may be meant by it: 1 %. */
    private static final Decimal NEAR_BPS = Decimal.of("100");

    private static final Decimal NO_TICK = new Decimal();

    private final MarketState state;
    private final int[] named;
    private final List<SeriesLikeness> series = new ArrayList<>();
    private final Decimal[] values = new Decimal[PENDING];
    private final long[] writtenNs = new long[PENDING];
    private final long[] writesNs = new long[WRITES];
    private final Decimal last = new Decimal();
    private final Decimal reference = new Decimal();
    private int first;
    private int waiting;
    private int writes;
    private int unjudged;
    private int unreadable;
    private int choices;
    private int withTtl;
    private int withoutTtl;
    private long longestTtlNs;
    private long shortestTtlNs = Long.MAX_VALUE;

    /**
     * @param named instruments that the key's name may mean
     */
    KeyLikeness(final MarketState state, final int[] named) {
        this.state = state;
        this.named = named;
        for (int i = 0; i < PENDING; i++) {
            values[i] = new Decimal();
        }
    }

    void observed(final MarketEvent event) {
        if (event.keyState != KeyState.PRESENT) {
            return;
        }
        if (event.valueFault != ValueFault.NONE) {
            unreadable++;
            return;
        }
        final boolean fresh = event.writtenAfterNs != MarketEvent.NONE && event.rung != Rung.SWEEP;
        timeToLive(event, fresh);
        if (!fresh || event.price.equals(last)) {
            last.set(event.price);
            return;
        }
        last.set(event.price);
        writesNs[writes % WRITES] = event.writtenAfterNs;
        writes++;
        if (waiting == PENDING) {
            unjudged++;
            return;
        }
        final int slot = (first + waiting) % PENDING;
        values[slot].set(event.price);
        writtenNs[slot] = event.writtenAfterNs;
        waiting++;
    }

    private void timeToLive(final MarketEvent event, final boolean fresh) {
        if (event.expiresAtNs == MarketEvent.NEVER) {
            withoutTtl++;
        } else if (event.expiresAtNs != MarketEvent.NONE) {
            final long leftNs = event.expiresAtNs - event.receivedNs;
            withTtl++;
            longestTtlNs = Math.max(longestTtlNs, leftNs);
            shortestTtlNs = fresh ? Math.min(shortestTtlNs, leftNs) : shortestTtlNs;
        }
    }

    /** Compares what was written {@code holdNs} ago or before. */
    void judge(final long nowNs, final long holdNs, final long windowNs) {
        while (waiting > 0 && nowNs - writtenNs[first] > holdNs) {
            final Decimal value = values[first];
            if (choices < MOST_CHOICES && (choices == 0 || !fits())) {
                choices++;
                choose(value);
            }
            for (final SeriesLikeness each : series) {
                each.judge(value, writtenNs[first], windowNs, holdNs);
            }
            first = (first + 1) % PENDING;
            waiting--;
        }
    }

    private boolean fits() {
        return series.stream().anyMatch(each -> each.exact() > 0);
    }

    /** Every price of the instruments that the name may mean, and every price near the value. */
    private void choose(final Decimal value) {
        for (final int instrument : named) {
            for (final Field field : Field.values()) {
                add(instrument, field);
            }
        }
        for (int id = 0; id < state.instruments.size() && series.size() < MOST_SERIES; id++) {
            for (final Field field : Field.values()) {
                final PriceHistory history = state.references.history(id, field);
                if (history != null && history.size() > 0) {
                    history.value(0, reference);
                    if (value.within(reference, NO_TICK, 0, NEAR_BPS)) {
                        add(id, field);
                    }
                }
            }
        }
    }

    private void add(final int instrument, final Field field) {
        final PriceHistory history = state.references.history(instrument, field);
        if (history != null
                && series.size() < MOST_SERIES
                && series.stream().noneMatch(s -> s.instrument == instrument && s.field == field)) {
            series.add(new SeriesLikeness(instrument, field, history));
        }
    }

    List<SeriesLikeness> series() {
        return List.copyOf(series);
    }

    /** Values that changed, as far as they were seen. */
    int writes() {
        return writes;
    }

    int unreadable() {
        return unreadable;
    }

    /** When values changed, sorted, the last 1,024. */
    long[] writesNs() {
        final long[] all = Arrays.copyOf(writesNs, Math.min(writes, WRITES));
        Arrays.sort(all);
        return all;
    }

    KeyProfile.Life life() {
        return new KeyProfile.Life(
                withTtl,
                withoutTtl,
                longestTtlNs,
                shortestTtlNs == Long.MAX_VALUE ? longestTtlNs : shortestTtlNs);
    }
}
