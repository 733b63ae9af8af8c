package io.plumbline.feed.sim;

import java.util.List;
import java.util.Map;

/**
 * Coinbase Advanced Trade: one channel a request, one number over all that a connection is told,
 * trades newest first with those of the past to begin with. Written from docs.cdp.coinbase.com.
 */
public final class CoinbaseAdvancedWire implements VenueWire {
    private static final String VENUE = "coinbase-advanced";
    private static final List<SimulatedInstrument> INSTRUMENTS = CoinbaseListing.instruments(VENUE);

    private final CoinbaseTape tape = new CoinbaseTape();

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public boolean serves(final String path) {
        return path.equals("/");
    }

    /** What it lists. */
    @Override
    public List<SimulatedInstrument> instruments() {
        return INSTRUMENTS;
    }

    /** The list of products: spot in two pages, no futures. */
    @Override
    public Map<String, String> rest() {
        final String path = "/api/v3/brokerage/market/products";
        final int half = INSTRUMENTS.size() / 2;
        return Map.of(
                path,
                products(INSTRUMENTS.subList(0, half), "bmV4dA=="),
                path + "?cursor=bmV4dA%3D%3D",
                products(INSTRUMENTS.subList(half, INSTRUMENTS.size()), ""),
                path + "?product_type=FUTURE",
                products(List.of(), ""),
                path + "?product_type=FUTURE&contract_expiry_type=PERPETUAL",
                products(List.of(), ""));
    }

    private static String products(final List<SimulatedInstrument> listed, final String next) {
        final StringBuilder json = new StringBuilder("{\"products\":[");
        String separator = "";
        for (final SimulatedInstrument instrument : listed) {
            json.append(separator).append("{\"product_id\":\"").append(instrument.venueSymbol());
            json.append("\",\"price\":\"1\",\"quote_increment\":\"0.01\",\"status\":\"online\",");
            json.append("\"product_type\":\"SPOT\",\"quote_currency_id\":\"USD\",");
            json.append("\"price_increment\":\"").append(instrument.tickSize()).append("\"}");
            separator = ",";
        }
        json.append("],\"num_products\":").append(listed.size());
        json.append(",\"pagination\":{\"prev_cursor\":\"\",\"next_cursor\":\"").append(next);
        json.append("\",\"has_next\":").append(!next.isEmpty());
        return json.append(",\"has_prev\":false}}").toString();
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        return new CoinbaseAdvancedClient(tape, INSTRUMENTS);
    }
}
