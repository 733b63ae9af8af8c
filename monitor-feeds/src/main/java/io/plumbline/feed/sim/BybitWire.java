package io.plumbline.feed.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One category of Bybit v5: requests of many topics that are granted or refused as a whole, books
 * that are counted, tickers that come whole on spot and as changes elsewhere. Written from
 * bybit-exchange.github.io/docs/v5 and the answers that were recorded.
 */
public final class BybitWire implements VenueWire {
    /** What the addresses call it, and what it lists. */
    public enum Category {
        LINEAR(
                List.of(
                        new Listed("BTC/USDT:USDT", "BTCUSDT", "0.10", 2, 612_344, 90),
                        new Listed("ETH/USDT:USDT", "ETHUSDT", "0.01", 2, 312_045, 100),
                        new Listed(
                                "1000PEPE/USDT:USDT", "1000PEPEUSDT", "0.0000001", 7, 91_930, 110),
                        new Listed("BTC/USDC:USDC", "BTCPERP", "0.10", 2, 612_444, 120))),
        INVERSE(
                List.of(
                        new Listed("BTC/USD:BTC", "BTCUSD", "0.10", 2, 612_544, 90),
                        new Listed("ETH/USD:ETH", "ETHUSD", "0.01", 2, 312_145, 100),
                        new Listed("SOL/USD:SOL", "SOLUSD", "0.001", 3, 152_310, 110),
                        new Listed("BTC/USD:BTC-261225", "BTCUSDZ26", "0.50", 2, 123_044, 120))),
        SPOT(
                List.of(
                        new Listed("BTC/USDT", "BTCUSDT", "0.1", 1, 611_844, 90),
                        new Listed("ETH/USDT", "ETHUSDT", "0.01", 2, 311_945, 100),
                        new Listed("SOL/USDC", "SOLUSDC", "0.01", 2, 15_231, 110)));

        private final List<SimulatedInstrument> instruments;

        Category(final List<Listed> listed) {
            instruments = listed.stream().map(each -> each.of(venue())).toList();
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        String venue() {
            return "bybit-" + label();
        }

        boolean lists(final String venueSymbol) {
            return instruments.stream().anyMatch(i -> i.venueSymbol().equals(venueSymbol));
        }
    }

    private record Listed(
            String symbol,
            String venueSymbol,
            String tickSize,
            int decimals,
            long startTicks,
            long intervalMs) {
        SimulatedInstrument of(final String venue) {
            return new SimulatedInstrument(
                    venue,
                    symbol,
                    venueSymbol,
                    tickSize,
                    decimals,
                    startTicks,
                    intervalMs * 1_000_000);
        }
    }

    private static final long FIRST_UPDATE = 15_076_950;
    private static final String INSTRUMENTS_INFO = "/v5/market/instruments-info?category=";

    /** Contracts come in pages, the cursor escaped as it is to be sent. */
    private static final int PAGE = 2;

    private static final String CURSOR = "first%3D3%26last%3D4";

    /** 2026-12-25, 08:00 UTC: of the one dated contract. */
    private static final long DELIVERY_MS = 1_798_185_600_000L;

    private final Category category;
    private final BookNumbers updates = new BookNumbers(FIRST_UPDATE, book -> 1);

    public BybitWire(final Category category) {
        this.category = category;
    }

    @Override
    public String venue() {
        return category.venue();
    }

    @Override
    public boolean serves(final String path) {
        return path.equals("/v5/public/" + category.label());
    }

    @Override
    public List<SimulatedInstrument> instruments() {
        return category.instruments;
    }

    @Override
    public Map<String, String> rest() {
        final Map<String, String> answers = new LinkedHashMap<>();
        final List<SimulatedInstrument> all = category.instruments;
        final String first = INSTRUMENTS_INFO + category.label() + "&limit=1000";
        if (category == Category.SPOT) {
            answers.put(first, page(all, null));
        } else {
            answers.put(first, page(all.subList(0, PAGE), CURSOR));
            answers.put(first + "&cursor=" + CURSOR, page(all.subList(PAGE, all.size()), ""));
        }
        return answers;
    }

    private String page(final List<SimulatedInstrument> listed, final String next) {
        final StringBuilder json =
                new StringBuilder("{\"retCode\":0,\"retMsg\":\"OK\",\"result\":");
        json.append("{\"category\":\"").append(category.label()).append("\",\"list\":");
        char separator = '[';
        for (final SimulatedInstrument instrument : listed) {
            json.append(separator).append("{\"symbol\":\"").append(instrument.venueSymbol());
            json.append("\",\"status\":\"Trading\",").append(coins(instrument.symbol()));
            json.append(",\"priceFilter\":{\"tickSize\":\"").append(instrument.tickSize());
            json.append("\"}}");
            separator = ',';
        }
        json.append(']');
        if (next != null) {
            json.append(",\"nextPageCursor\":\"").append(next).append('"');
        }
        return json.append("},\"retExtInfo\":{}}").toString();
    }

    private String coins(final String symbol) {
        final String[] parts = symbol.split("[/:-]");
        final String coins = "\"baseCoin\":\"" + parts[0] + "\",\"quoteCoin\":\"" + parts[1] + '"';
        if (category == Category.SPOT) {
            return coins;
        }
        final boolean dated = parts.length > 3;
        return coins
                + ",\"settleCoin\":\""
                + parts[2]
                + "\",\"contractType\":\""
                + (category == Category.LINEAR ? "Linear" : "Inverse")
                + (dated ? "Futures" : "Perpetual")
                + "\",\"deliveryTime\":\""
                + (dated ? DELIVERY_MS : 0)
                + '"';
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        return new BybitClient(category, updates);
    }
}
