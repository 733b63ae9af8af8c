package io.plumbline.feed.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A synthetic market without words, for instruments of any venue: the same seed, instruments and
 * step times give the same moves. Simulation thread.
 */
public final class SimulatedMoves {
    private static final long SEED_STRIDE = 0x9E3779B97F4A7C15L;

    private final List<InstrumentMoves> instruments = new ArrayList<>();
    private final Map<String, CoinTide> tides = new LinkedHashMap<>();

    public SimulatedMoves(final long seed, final List<SimulatedInstrument> traded) {
        long next = seed;
        for (final SimulatedInstrument instrument : traded) {
            CoinTide tide = tides.get(instrument.coin());
            if (tide == null) {
                next += SEED_STRIDE;
                tide = new CoinTide(next);
                tides.put(instrument.coin(), tide);
            }
            next += SEED_STRIDE;
            instruments.add(new InstrumentMoves(instrument, tide, next));
        }
    }

    /**
     * Tells everything that is due, in order. A late step moves each once, not a backlog.
     *
     * @param nowNs ns since the epoch, never going back
     */
    public void step(final long nowNs, final Consumer<MarketMove> out) {
        for (final CoinTide tide : tides.values()) {
            tide.step(nowNs);
        }
        for (final InstrumentMoves instrument : instruments) {
            instrument.step(nowNs, out);
        }
    }

    /** Lets the ids of an instrument begin anew; whether it trades here. */
    public boolean restartIds(final String venue, final String symbol) {
        for (final InstrumentMoves candidate : instruments) {
            if (candidate.is(venue, symbol)) {
                candidate.restartIds();
                return true;
            }
        }
        return false;
    }
}
