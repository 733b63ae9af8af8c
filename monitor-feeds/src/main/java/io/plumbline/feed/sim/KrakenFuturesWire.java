package io.plumbline.feed.sim;

import java.util.List;
import java.util.Map;

/**
 * Kraken Futures: requests without numbers, an answer per product, a heartbeat that must be
 * subscribed to, one level a message. Written from docs.kraken.com.
 */
public final class KrakenFuturesWire implements VenueWire {
    private static final String VENUE = "kraken-futures";
    private static final long FIRST_NUMBER = 5_000_000;
    private static final List<SimulatedInstrument> INSTRUMENTS =
            List.of(
                    instrument("BTC/USD:USD", "PF_XBTUSD", "1", 0, 61_234, 90),
                    instrument("ETH/USD:USD", "PF_ETHUSD", "0.1", 1, 31_204, 100),
                    instrument("SOL/USD:USD", "PF_SOLUSD", "0.01", 2, 15_231, 110),
                    instrument("BTC/USD:BTC", "PI_XBTUSD", "0.5", 1, 122_469, 120));

    private final BookNumbers numbers =
            new BookNumbers(FIRST_NUMBER, book -> book.changes().size());

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public boolean serves(final String path) {
        return path.equals("/ws/v1");
    }

    /** What it lists. */
    @Override
    public List<SimulatedInstrument> instruments() {
        return INSTRUMENTS;
    }

    /** The list of instruments. */
    @Override
    public Map<String, String> rest() {
        final StringBuilder json = new StringBuilder("{\"result\":\"success\",\"instruments\":[");
        String separator = "";
        for (final SimulatedInstrument instrument : INSTRUMENTS) {
            final boolean inverse = instrument.venueSymbol().startsWith("PI_");
            json.append(separator).append("{\"symbol\":\"").append(instrument.venueSymbol());
            json.append("\",\"type\":\"").append(inverse ? "futures_inverse" : "flexible_futures");
            json.append("\",\"tickSize\":").append(instrument.tickSize());
            json.append(",\"base\":\"").append(instrument.base());
            json.append("\",\"quote\":\"USD\",\"tradeable\":true}");
            separator = ",";
        }
        return Map.of("/derivatives/api/v3/instruments", json.append("]}").toString());
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        return new KrakenFuturesClient(this, INSTRUMENTS);
    }

    /** The number before the first change of this book. */
    long before(final String product, final MarketMove.Book book) {
        return numbers.before(product, book);
    }

    private static SimulatedInstrument instrument(
            final String symbol,
            final String product,
            final String tickSize,
            final int decimals,
            final long startTicks,
            final long intervalMs) {
        return new SimulatedInstrument(
                VENUE, symbol, product, tickSize, decimals, startTicks, intervalMs * 1_000_000);
    }
}
