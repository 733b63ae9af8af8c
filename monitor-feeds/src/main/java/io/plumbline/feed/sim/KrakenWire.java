package io.plumbline.feed.sim;

import java.util.List;
import java.util.Map;

/**
 * Kraken spot, second interface: one answer per pair, a heartbeat a second as soon as anything is
 * subscribed to, books with a CRC32 and no number. Written from docs.kraken.com.
 */
public final class KrakenWire implements VenueWire {
    private static final String VENUE = "kraken";
    private static final List<SimulatedInstrument> INSTRUMENTS =
            List.of(
                    instrument("BTC/USD", "0.1", 1, 612_345, 100),
                    instrument("ETH/USD", "0.01", 2, 312_045, 110),
                    instrument("SOL/USD", "0.01", 2, 15_231, 120),
                    instrument("DOGE/USD", "0.0000001", 7, 1_234_500, 130));

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public boolean serves(final String path) {
        return path.equals("/v2");
    }

    /** What it lists. */
    @Override
    public List<SimulatedInstrument> instruments() {
        return INSTRUMENTS;
    }

    /** The list of pairs, which has the names of the first interface. */
    @Override
    public Map<String, String> rest() {
        final StringBuilder json = new StringBuilder("{\"error\":[],\"result\":{");
        String separator = "";
        for (final SimulatedInstrument instrument : INSTRUMENTS) {
            final String name =
                    instrument.venueSymbol().replace("BTC", "XBT").replace("DOGE", "XDG");
            json.append(separator).append('"').append(name.replace("/", ""));
            json.append("\":{\"wsname\":\"").append(name).append("\",\"pair_decimals\":");
            json.append(instrument.decimals()).append(",\"tick_size\":\"");
            json.append(instrument.tickSize()).append("\",\"status\":\"online\"}");
            separator = ",";
        }
        return Map.of("/0/public/AssetPairs", json.append("}}").toString());
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        return new KrakenClient(INSTRUMENTS);
    }

    private static SimulatedInstrument instrument(
            final String symbol,
            final String tickSize,
            final int decimals,
            final long startTicks,
            final long intervalMs) {
        return new SimulatedInstrument(
                VENUE, symbol, symbol, tickSize, decimals, startTicks, intervalMs * 1_000_000);
    }
}
