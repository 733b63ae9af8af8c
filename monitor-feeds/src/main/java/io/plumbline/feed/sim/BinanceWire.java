package io.plumbline.feed.sim;

import java.util.List;
import java.util.Map;

/** One market of Binance: its {@link Route}s and its list of instruments. */
final class BinanceWire implements VenueWire {
    private final BinanceMarket market;
    private final int streamsPerConnection;

    BinanceWire(final BinanceMarket market, final int streamsPerConnection) {
        this.market = market;
        this.streamsPerConnection = streamsPerConnection;
    }

    @Override
    public String venue() {
        return market.venue();
    }

    @Override
    public boolean serves(final String path) {
        return Route.of(market.venue(), path) != null;
    }

    @Override
    public List<SimulatedInstrument> instruments() {
        return market.instruments();
    }

    @Override
    public Map<String, String> rest() {
        return Map.of(market.exchangeInfoPath(), exchangeInfo(market, instruments()));
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        final String path = ExchangeSimulator.path(resource);
        final Route route = Route.of(market.venue(), path);
        return new BinanceClient(
                route, route.isCombined(path), streamsIn(resource, path), streamsPerConnection);
    }

    private static List<String> streamsIn(final String resource, final String path) {
        final int query = resource.indexOf("?streams=");
        final int single = path.indexOf("/ws/");
        final String names =
                query >= 0
                        ? resource.substring(query + "?streams=".length())
                        : single >= 0 ? path.substring(single + "/ws/".length()) : "";
        return names.isEmpty() ? List.of() : List.of(names.split("/"));
    }

    /** What a market tells of those of {@code instruments} that are its own. */
    static String exchangeInfo(
            final BinanceMarket market, final List<SimulatedInstrument> instruments) {
        final StringBuilder json = new StringBuilder("{\"timezone\":\"UTC\",\"symbols\":[");
        String separator = "";
        for (final SimulatedInstrument instrument : instruments) {
            if (instrument.venue().equals(market.venue())) {
                json.append(separator);
                entry(json, market, instrument);
                separator = ",";
            }
        }
        return json.append("]}").toString();
    }

    private static void entry(
            final StringBuilder json,
            final BinanceMarket market,
            final SimulatedInstrument instrument) {
        final String symbol = instrument.symbol();
        final int colon = symbol.indexOf(':');
        final int dash = symbol.indexOf('-');
        json.append("{\"symbol\":\"").append(instrument.venueSymbol());
        json.append("\",\"status\":\"TRADING\",\"baseAsset\":\"").append(instrument.base());
        json.append("\",\"quoteAsset\":\"");
        json.append(symbol, symbol.indexOf('/') + 1, colon < 0 ? symbol.length() : colon);
        json.append('"');
        if (!market.spot()) {
            json.append(",\"marginAsset\":\"");
            json.append(symbol, colon + 1, dash < 0 ? symbol.length() : dash);
            json.append("\",\"contractType\":\"");
            json.append(dash < 0 ? "PERPETUAL" : "CURRENT_QUARTER");
            json.append("\",\"pair\":\"").append(BinanceText.pair(instrument)).append('"');
        }
        json.append(",\"filters\":[");
        json.append("{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"");
        json.append(instrument.tickSize()).append("\",\"maxPrice\":\"1000000.00000000\",");
        json.append("\"tickSize\":\"").append(instrument.tickSize()).append("\"}]}");
    }
}
