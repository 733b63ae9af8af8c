package io.plumbline.feed.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One side of a simulated book: ten neighbouring prices with their sizes. Simulation thread. */
final class BookSide {
    private static final int LEVELS = 10;
    private static final int MAX_LOTS = 5_000;

    /** One size in so many changes at each move. */
    private static final int STIRRED = 4;

    private final SimulatedInstrument instrument;
    private final boolean bid;
    private final Random random;
    private final TreeMap<Long, String> sizes = new TreeMap<>();

    BookSide(final SimulatedInstrument instrument, final boolean bid, final Random random) {
        this.instrument = instrument;
        this.bid = bid;
        this.random = random;
    }

    /** Thousandths, at least one. */
    static String size(final Random random) {
        return SimulatedInstrument.fixed(1 + random.nextInt(MAX_LOTS), 3);
    }

    /** Puts the best price at {@code bestTicks}; adds what that changes, the best price always. */
    void moveTo(final long bestTicks, final List<MarketMove.Level> changes) {
        final int step = bid ? -1 : 1;
        for (final Long ticks : List.copyOf(sizes.keySet())) {
            final long place = (ticks - bestTicks) * step;
            if (place < 0 || place >= LEVELS) {
                sizes.remove(ticks);
                changes.add(new MarketMove.Level(bid, instrument.price(ticks), "0"));
            }
        }
        for (int i = 0; i < LEVELS; i++) {
            final long ticks = bestTicks + (long) i * step;
            if (i == 0 || !sizes.containsKey(ticks) || random.nextInt(STIRRED) == 0) {
                sizes.put(ticks, size(random));
                changes.add(new MarketMove.Level(bid, instrument.price(ticks), sizes.get(ticks)));
            }
        }
    }

    /** All of it, best first. */
    List<MarketMove.Level> levels() {
        final List<MarketMove.Level> all = new ArrayList<>();
        for (final Map.Entry<Long, String> level :
                (bid ? sizes.descendingMap() : sizes).entrySet()) {
            all.add(new MarketMove.Level(bid, instrument.price(level.getKey()), level.getValue()));
        }
        return List.copyOf(all);
    }
}
