package io.plumbline.feed.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Coinbase Exchange: grants that list all there is, refusals of whole requests, books without a
 * number, a count per product of all that happens to it. Written from docs.cdp.coinbase.com.
 *
 * <p>A product's numbers are the venue's, the same on every connection: they are given out here,
 * where a move is first worded.
 */
public final class CoinbaseExchangeWire implements VenueWire {
    private static final String VENUE = "coinbase-exchange";
    private static final long FIRST_NUMBER = 70_000_000;

    /** Other orders that come and go between two matches. */
    private static final int ORDERS = 7;

    private static final List<SimulatedInstrument> INSTRUMENTS = CoinbaseListing.instruments(VENUE);

    /** What was last worded of a product, and its number; a match and its ticker share one. */
    private record Numbered(long tradeId, long number) {}

    private final Map<String, Numbered> numbers = new HashMap<>();
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

    /** The list of products. */
    @Override
    public Map<String, String> rest() {
        final StringBuilder json = new StringBuilder();
        char separator = '[';
        for (final SimulatedInstrument instrument : INSTRUMENTS) {
            json.append(separator).append("{\"id\":\"").append(instrument.venueSymbol());
            json.append("\",\"base_currency\":\"").append(instrument.base());
            json.append("\",\"quote_currency\":\"USD\",\"quote_increment\":\"");
            json.append(instrument.tickSize());
            json.append("\",\"base_increment\":\"0.001\",\"status\":\"online\"}");
            separator = ',';
        }
        return Map.of("/products", json.append(']').toString());
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        return new CoinbaseExchangeClient(this, INSTRUMENTS);
    }

    CoinbaseTape tape() {
        return tape;
    }

    /** The product's number at this trade. */
    synchronized long number(final String product, final long tradeId) {
        final Numbered last = numbers.get(product);
        if (last != null && last.tradeId == tradeId) {
            return last.number;
        }
        final long number = last == null ? FIRST_NUMBER : last.number + 1 + tradeId % ORDERS;
        numbers.put(product, new Numbered(tradeId, number));
        return number;
    }
}
