package io.plumbline.feed.sim;

import java.util.List;
import java.util.Map;

/**
 * Binance spot in Simple Binary Encoding: what {@code binance-spot} lists, data in binary messages,
 * answers in text. The API key, which stands in the upgrade, is not looked at. Written from the
 * venue's documentation, byte by byte, without the generated codecs.
 */
public final class BinanceSbeWire implements VenueWire {
    private static final String VENUE = "binance-spot-sbe";

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public boolean serves(final String path) {
        return path.equals("/stream");
    }

    @Override
    public List<SimulatedInstrument> instruments() {
        return SimulatedInstruments.standard().stream()
                .filter(instrument -> instrument.venue().equals(SimulatedInstruments.SPOT))
                .map(
                        spot ->
                                new SimulatedInstrument(
                                        VENUE,
                                        spot.symbol(),
                                        spot.venueSymbol(),
                                        spot.tickSize(),
                                        spot.decimals(),
                                        spot.startTicks(),
                                        spot.tradeIntervalNs()))
                .toList();
    }

    @Override
    public Map<String, String> rest() {
        return Map.of(
                BinanceMarket.SPOT.exchangeInfoPath(),
                BinanceWire.exchangeInfo(BinanceMarket.SPOT, BinanceMarket.SPOT.instruments()));
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        return new BinanceSbeClient(SimulatorLimits.binance().streamsPerConnection());
    }
}
