package io.plumbline.feed.sim;

import java.util.ArrayList;
import java.util.List;

/** The venues that the simulated exchange can play. */
public final class VenueWires {
    private VenueWires() {}

    /** All of them, new, sorted by name; one line per venue, none of them shares anything. */
    public static List<VenueWire> all() {
        final List<VenueWire> all = new ArrayList<>(binance(SimulatorLimits.binance()));
        all.add(new BybitWire(BybitWire.Category.INVERSE));
        all.add(new BybitWire(BybitWire.Category.LINEAR));
        all.add(new BybitWire(BybitWire.Category.SPOT));
        all.add(new KrakenWire());
        all.add(new KrakenFuturesWire());
        all.add(new OkxWire());
        all.add(new ProjectXWire());
        return List.copyOf(all);
    }

    static List<VenueWire> binance(final SimulatorLimits limits) {
        return List.of(
                new BinanceWire(SimulatedInstruments.SPOT, limits.streamsPerConnection()),
                new BinanceWire(SimulatedInstruments.USDM, limits.streamsPerConnection()));
    }
}
