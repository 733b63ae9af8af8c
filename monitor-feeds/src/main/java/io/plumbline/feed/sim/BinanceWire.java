package io.plumbline.feed.sim;

import java.util.List;
import java.util.Map;

/** One market of Binance, spot or USD-M futures: its {@link Route}s and its list of instruments. */
final class BinanceWire implements VenueWire {
    private final String venue;
    private final int streamsPerConnection;

    BinanceWire(final String venue, final int streamsPerConnection) {
        this.venue = venue;
        this.streamsPerConnection = streamsPerConnection;
    }

    @Override
    public String venue() {
        return venue;
    }

    @Override
    public boolean serves(final String path) {
        final Route route = Route.ofPath(path);
        return route != null && route.venue().equals(venue);
    }

    @Override
    public List<SimulatedInstrument> instruments() {
        return SimulatedInstruments.standard().stream()
                .filter(instrument -> instrument.venue().equals(venue))
                .toList();
    }

    @Override
    public Map<String, String> rest() {
        return Map.of(exchangeInfoPath(venue), exchangeInfo(venue, instruments()));
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        final String path = ExchangeSimulator.path(resource);
        final Route route = Route.ofPath(path);
        return new BinanceClient(
                route,
                Route.isCombined(path, route),
                streamsIn(resource, path),
                streamsPerConnection);
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

    static String exchangeInfoPath(final String venue) {
        return venue.equals(SimulatedInstruments.SPOT)
                ? "/api/v3/exchangeInfo"
                : "/fapi/v1/exchangeInfo";
    }

    /** What a market tells of those of {@code instruments} that are its own. */
    static String exchangeInfo(final String venue, final List<SimulatedInstrument> instruments) {
        final StringBuilder json = new StringBuilder("{\"timezone\":\"UTC\",\"symbols\":[");
        String separator = "";
        for (final SimulatedInstrument instrument : instruments) {
            if (instrument.venue().equals(venue)) {
                json.append(separator).append("{\"symbol\":\"").append(instrument.venueSymbol());
                json.append("\",\"status\":\"TRADING\",\"baseAsset\":\"").append(instrument.base());
                json.append("\",\"quoteAsset\":\"USDT\"");
                if (venue.equals(SimulatedInstruments.USDM)) {
                    json.append(",\"marginAsset\":\"USDT\",\"contractType\":\"PERPETUAL\"");
                    json.append(",\"pair\":\"").append(instrument.venueSymbol()).append('"');
                }
                json.append(",\"filters\":[");
                json.append("{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"");
                json.append(instrument.tickSize()).append("\",\"maxPrice\":\"1000000.00000000\",");
                json.append("\"tickSize\":\"").append(instrument.tickSize()).append("\"}]}");
                separator = ",";
            }
        }
        return json.append("]}").toString();
    }
}
