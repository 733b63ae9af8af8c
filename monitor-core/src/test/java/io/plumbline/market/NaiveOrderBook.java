package io.plumbline.market;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** The same as {@link OrderBook} in the plainest way: what the fast one is compared with. */
final class NaiveOrderBook {
    private final int limit;
    private final Side bids = new Side(true);
    private final Side asks = new Side(false);

    /** Best level first; the value is the size as it was sent. */
    private final class Side {
        final TreeMap<BigDecimal, BigDecimal> levels;
        BigDecimal bestCut;
        long orphans;
        long cuts;

        Side(final boolean bid) {
            levels = bid ? new TreeMap<>(Collections.reverseOrder()) : new TreeMap<>();
        }

        boolean isKnown(final BigDecimal price) {
            return bestCut == null || levels.comparator() == null
                    ? bestCut == null || price.compareTo(bestCut) < 0
                    : levels.comparator().compare(price, bestCut) < 0;
        }

        void put(final BigDecimal price, final BigDecimal size) {
            final BigDecimal key = price.stripTrailingZeros();
            if (size.signum() == 0) {
                orphans += levels.remove(key) == null && isKnown(key) ? 1 : 0;
                return;
            }
            if (!isKnown(key)) {
                cuts++;
                return;
            }
            levels.put(key, size);
            if (levels.size() > limit) {
                bestCut = levels.pollLastEntry().getKey();
                cuts++;
            }
        }

        void load(final List<BigDecimal> prices, final List<BigDecimal> sizes) {
            levels.clear();
            bestCut = null;
            for (int i = 0; i < prices.size(); i++) {
                final BigDecimal key = prices.get(i).stripTrailingZeros();
                if (sizes.get(i).signum() == 0) {
                    levels.remove(key);
                } else {
                    levels.put(key, sizes.get(i));
                }
            }
            while (levels.size() > limit) {
                bestCut = levels.pollLastEntry().getKey();
                cuts++;
            }
        }

        void truncate(final int depth) {
            while (levels.size() > depth) {
                levels.pollLastEntry();
            }
        }

        List<String> text() {
            final List<String> text = new ArrayList<>();
            levels.forEach(
                    (price, size) ->
                            text.add(price.toPlainString() + " x " + size.toPlainString()));
            return text;
        }
    }

    NaiveOrderBook(final int limit) {
        this.limit = limit;
    }

    void apply(final BookLevels levels, final boolean snapshot) {
        final List<List<BigDecimal>> loaded = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            loaded.add(new ArrayList<>());
        }
        for (int i = 0; i < levels.count(); i++) {
            final BigDecimal price = value(levels.price(i), levels.priceExponent(i));
            final BigDecimal size = value(levels.size(i), levels.sizeExponent(i));
            if (snapshot) {
                loaded.get(levels.isBid(i) ? 0 : 2).add(price);
                loaded.get(levels.isBid(i) ? 1 : 3).add(size);
            } else {
                (levels.isBid(i) ? bids : asks).put(price, size);
            }
        }
        if (snapshot) {
            bids.load(loaded.get(0), loaded.get(1));
            asks.load(loaded.get(2), loaded.get(3));
        }
    }

    void truncate(final int depth) {
        bids.truncate(depth);
        asks.truncate(depth);
    }

    boolean isBlind() {
        return bids.bestCut != null && bids.levels.isEmpty()
                || asks.bestCut != null && asks.levels.isEmpty();
    }

    boolean isCrossed() {
        return !bids.levels.isEmpty()
                && !asks.levels.isEmpty()
                && bids.levels.firstKey().compareTo(asks.levels.firstKey()) >= 0;
    }

    long orphanDeletes() {
        return bids.orphans + asks.orphans;
    }

    long cutLevels() {
        return bids.cuts + asks.cuts;
    }

    List<String> bids() {
        return bids.text();
    }

    List<String> asks() {
        return asks.text();
    }

    private static BigDecimal value(final long mantissa, final int exponent) {
        return BigDecimal.valueOf(mantissa).scaleByPowerOfTen(exponent);
    }
}
