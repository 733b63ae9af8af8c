package io.plumbline.feed.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * OKX, version 5: the text "ping" answered by "pong", one answer per stream, books chained by
 * prevSeqId, trades by themselves on another path. Written from the venue's pages.
 */
public final class OkxWire implements VenueWire {
    static final String PUBLIC = "/ws/v5/public";
    static final String BUSINESS = "/ws/v5/business";

    private static final String VENUE = "okx";
    private static final String LIST = "/api/v5/public/instruments?instType=";
    private static final List<SimulatedInstrument> INSTRUMENTS =
            List.of(
                    instrument("BTC/USDT:USDT", "BTC-USDT-SWAP", "0.1", 1, 612_345, 90),
                    instrument("ETH/USDT", "ETH-USDT", "0.01", 2, 312_045, 100),
                    instrument("BTC/USD:BTC", "BTC-USD-SWAP", "0.1", 1, 612_360, 110),
                    instrument(
                            "BTC/USD:BTC-261225-100000-C",
                            "BTC-USD-261225-100000-C",
                            "0.0001",
                            4,
                            455,
                            150));

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public boolean serves(final String path) {
        return path.equals(PUBLIC) || path.equals(BUSINESS);
    }

    /** What it lists. */
    @Override
    public List<SimulatedInstrument> instruments() {
        return INSTRUMENTS;
    }

    /** The lists of instruments, by type; of options by family. */
    @Override
    public Map<String, String> rest() {
        final Map<String, String> answers = new TreeMap<>();
        for (final String type : List.of("SPOT", "SWAP", "FUTURES")) {
            answers.put(LIST + type, list(type, ""));
        }
        for (final String family : List.of("BTC-USD", "ETH-USD")) {
            answers.put(LIST + "OPTION&instFamily=" + family, list("OPTION", family));
        }
        return answers;
    }

    private static String list(final String type, final String family) {
        final StringBuilder json = new StringBuilder("{\"code\":\"0\",\"data\":[");
        String separator = "";
        for (final SimulatedInstrument instrument : INSTRUMENTS) {
            final String name = instrument.venueSymbol();
            if (type(name).equals(type) && name.startsWith(family)) {
                json.append(separator).append("{\"instType\":\"").append(type);
                json.append("\",\"instId\":\"").append(name).append("\",");
                describe(instrument, json);
                json.append("\"tickSz\":\"").append(instrument.tickSize());
                json.append("\",\"state\":\"live\"}");
                separator = ",";
            }
        }
        return json.append("],\"msg\":\"\"}").toString();
    }

    private static void describe(final SimulatedInstrument instrument, final StringBuilder json) {
        final String[] parts = instrument.venueSymbol().split("-");
        final boolean spot = parts.length == 2;
        json.append("\"uly\":\"").append(spot ? "" : parts[0] + "-" + parts[1]);
        json.append("\",\"baseCcy\":\"").append(spot ? parts[0] : "");
        json.append("\",\"quoteCcy\":\"").append(spot ? parts[1] : "");
        json.append("\",\"settleCcy\":\"");
        json.append(spot ? "" : parts[1].equals("USD") ? parts[0] : parts[1]).append("\",");
    }

    static String type(final String name) {
        return switch (name.split("-").length) {
            case 2 -> "SPOT";
            case 3 -> name.endsWith("-SWAP") ? "SWAP" : "FUTURES";
            default -> "OPTION";
        };
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        return new OkxClient(INSTRUMENTS, resource.startsWith(BUSINESS), nowNs);
    }

    private static SimulatedInstrument instrument(
            final String symbol,
            final String name,
            final String tickSize,
            final int decimals,
            final long startTicks,
            final long intervalMs) {
        return new SimulatedInstrument(
                VENUE, symbol, name, tickSize, decimals, startTicks, intervalMs * 1_000_000);
    }
}
