package io.plumbline.diagnose;

import io.plumbline.market.Instruments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which instruments are of the same coin, and which pairs are rates: built once at start. */
final class Kinship {
    private static final int[] NONE = {};

    private final Instruments instruments;
    private final Pair[] pairs;
    private final int[][] kin;
    private final Map<String, int[]> rates = new HashMap<>();

    Kinship(final Instruments instruments) {
        this.instruments = instruments;
        pairs = new Pair[instruments.size()];
        kin = new int[pairs.length][];
        final Map<String, List<Integer>> byBase = new HashMap<>();
        final Map<String, List<Integer>> byCurrency = new HashMap<>();
        for (int id = 0; id < pairs.length; id++) {
            pairs[id] = Pair.of(instruments.instrument(id).symbol());
            byBase.computeIfAbsent(pairs[id].base(), base -> new ArrayList<>()).add(id);
        }
        for (final Pair pair : pairs) {
            byCurrency.putIfAbsent(pair.quote(), new ArrayList<>());
        }
        for (int id = 0; id < pairs.length; id++) {
            kin[id] = ids(byBase.get(pairs[id].base()));
            if (byCurrency.containsKey(pairs[id].base())) {
                byCurrency.get(pairs[id].base()).add(id);
                byCurrency.get(pairs[id].quote()).add(id);
            }
        }
        byCurrency.forEach((currency, ids) -> rates.put(currency, ids(ids)));
    }

    private static int[] ids(final List<Integer> of) {
        return of.stream().mapToInt(Integer::intValue).toArray();
    }

    Pair pair(final int instrument) {
        return pairs[instrument];
    }

    /** All instruments of the same coin, itself among them. */
    int[] of(final int instrument) {
        return kin[instrument];
    }

    /** Pairs of two currencies in which others are quoted, one of them this one. */
    int[] rates(final String currency) {
        return rates.getOrDefault(currency, NONE);
    }

    /** Whether two instruments are of the same coin in the same currency. */
    boolean isSamePair(final int one, final int other) {
        return pairs[one].base().equals(pairs[other].base())
                && pairs[one].quote().equals(pairs[other].quote());
    }

    boolean isSameCoin(final int one, final int other) {
        return other < pairs.length && pairs[one].base().equals(pairs[other].base());
    }

    /**
     * Whether two instruments of one pair are two markets of one exchange (spot and perpetual).
     * Venues of one exchange are named alike up to the first dash; the very same symbol under
     * another name is another exchange (binance-us).
     */
    boolean isSameExchange(final int one, final int other) {
        final Instruments.Instrument a = instruments.instrument(one);
        final Instruments.Instrument b = instruments.instrument(other);
        return a.venue().equals(b.venue())
                || !a.symbol().equals(b.symbol())
                        && exchange(a.venue()).equals(exchange(b.venue()));
    }

    private static String exchange(final String venue) {
        final int dash = venue.indexOf('-');
        return dash < 0 ? venue : venue.substring(0, dash);
    }
}
