package io.plumbline.feed.sim;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Bitfinex, second interface: channels by number, the message's own number behind all that is sent
 * on a connection, a checksum behind changes of a book. Written from docs.bitfinex.com.
 */
public final class BitfinexWire implements VenueWire {
    private static final String VENUE = "bitfinex";
    private static final List<SimulatedInstrument> INSTRUMENTS =
            List.of(
                    instrument("BTC/USD", "tBTCUSD", "1", 0, 61_234, 100),
                    instrument("ETH/USDT", "tETHUST", "0.1", 1, 31_204, 110),
                    instrument("DOGE/USD", "tDOGE:USD", "0.00001", 5, 12_345, 120),
                    instrument("BTC/USDT:USDT", "tBTCF0:USTF0", "1", 0, 61_725, 90));

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public boolean serves(final String path) {
        return path.equals("/ws/2");
    }

    @Override
    public List<SimulatedInstrument> instruments() {
        return INSTRUMENTS;
    }

    /** Names of pairs: two lists are asked for at once. */
    @Override
    public Map<String, String> rest() {
        return Map.of(
                "/v2/conf/pub:list:pair:exchange,pub:list:pair:futures",
                "[" + names(false) + "," + names(true) + "]");
    }

    private static String names(final boolean futures) {
        return INSTRUMENTS.stream()
                .filter(instrument -> instrument.symbol().contains(":") == futures)
                .map(instrument -> '"' + instrument.venueSymbol().substring(1) + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        return new BitfinexClient(INSTRUMENTS);
    }

    private static SimulatedInstrument instrument(
            final String symbol,
            final String venueSymbol,
            final String tickSize,
            final int decimals,
            final long startTicks,
            final long intervalMs) {
        return new SimulatedInstrument(
                VENUE, symbol, venueSymbol, tickSize, decimals, startTicks, intervalMs * 1_000_000);
    }
}
