package io.plumbline.feed.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A synthetic market: the same seed, instruments and step times give the same frames, byte for
 * byte. Simulation thread.
 */
public final class SimulatedMarket implements FrameSource {
    private static final long SEED_STRIDE = 0x9E3779B97F4A7C15L;

    private final List<SimulatedSymbol> symbols = new ArrayList<>();
    private final Map<String, CoinTide> tides = new LinkedHashMap<>();

    public SimulatedMarket(final long seed, final List<SimulatedInstrument> instruments) {
        long next = seed;
        for (final SimulatedInstrument instrument : instruments) {
            CoinTide tide = tides.get(instrument.coin());
            if (tide == null) {
                next += SEED_STRIDE;
                tide = new CoinTide(next);
                tides.put(instrument.coin(), tide);
            }
            next += SEED_STRIDE;
            symbols.add(new SimulatedSymbol(instrument, tide, next));
        }
    }

    @Override
    public void step(final long nowNs, final FrameListener out) {
        for (final CoinTide tide : tides.values()) {
            tide.step(nowNs);
        }
        for (final SimulatedSymbol symbol : symbols) {
            symbol.step(nowNs, out);
        }
    }

    @Override
    public boolean finished() {
        return false;
    }

    @Override
    public boolean restartIds(final String venue, final String symbol) {
        for (final SimulatedSymbol candidate : symbols) {
            if (candidate.instrument().venue().equals(venue)
                    && candidate.instrument().symbol().equals(symbol)) {
                candidate.restartIds();
                return true;
            }
        }
        return false;
    }
}
