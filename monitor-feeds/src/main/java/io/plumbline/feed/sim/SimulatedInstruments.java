package io.plumbline.feed.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * The instruments of Binance's simulated markets. Those of the demo are ten spot pairs and ten
 * perpetuals, which stand about 0.8 % above spot: far more than prices move in seconds, so the
 * price of the other market is never a plausible one.
 */
public final class SimulatedInstruments {
    public static final String SPOT = "binance-spot";
    public static final String USDM = "binance-usdm";
    public static final String COINM = "binance-coinm";
    public static final String US = "binance-us";

    private static final int SPOT_DECIMALS = 8;

    private SimulatedInstruments() {}

    /** The twenty of the demo: spot first, each list from the finest price grid to the coarsest. */
    public static List<SimulatedInstrument> standard() {
        final List<SimulatedInstrument> list = new ArrayList<>();
        spot(list, "BTC", "0.01", 6_123_456, 100);
        spot(list, "ETH", "0.01", 312_045, 110);
        spot(list, "PAXG", "0.01", 239_155, 170);
        spot(list, "BNB", "0.01", 58_840, 140);
        spot(list, "SOL", "0.01", 15_231, 120);
        spot(list, "LINK", "0.001", 13_452, 180);
        spot(list, "DOGE", "0.00001", 12_345, 130);
        spot(list, "XRP", "0.0001", 5_421, 150);
        spot(list, "SHIB", "0.00000001", 1_834, 190);
        spot(list, "PEPE", "0.00000001", 912, 160);
        perpetual(list, "BTC", "0.1", 1, 617_244, 90);
        perpetual(list, "ETH", "0.01", 2, 314_541, 100);
        perpetual(list, "1000PEPE", "0.0000001", 7, 91_930, 150);
        perpetual(list, "BNB", "0.01", 2, 59_311, 140);
        perpetual(list, "1000SHIB", "0.000001", 6, 18_487, 170);
        perpetual(list, "SOL", "0.01", 2, 15_353, 110);
        perpetual(list, "LINK", "0.001", 3, 13_560, 180);
        perpetual(list, "DOGE", "0.00001", 5, 12_444, 120);
        perpetual(list, "XRP", "0.0001", 4, 5_464, 150);
        perpetual(list, "ADA", "0.0001", 4, 4_512, 160);
        return List.copyOf(list);
    }

    /** What one of Binance's markets lists; those of the demo, or the few of its other markets. */
    static List<SimulatedInstrument> of(final String venue) {
        final List<SimulatedInstrument> list = new ArrayList<>(standard());
        pair(list, US, "BTC/USD", "0.01", 6_123_471, 100);
        pair(list, US, "ETH/USDT", "0.01", 312_038, 110);
        pair(list, US, "BNB/USD", "0.0001", 5_884_021, 120);
        coinMargined(list, "BTC", "PERP", "0.1", 1, 612_366, 90);
        coinMargined(list, "ETH", "PERP", "0.01", 2, 312_061, 100);
        coinMargined(list, "BTC", "261225", "0.1", 1, 618_402, 110);
        list.removeIf(instrument -> !instrument.venue().equals(venue));
        return List.copyOf(list);
    }

    private static void spot(
            final List<SimulatedInstrument> list,
            final String base,
            final String tickSize,
            final long startTicks,
            final long intervalMs) {
        pair(list, SPOT, base + "/USDT", tickSize, startTicks, intervalMs);
    }

    private static void pair(
            final List<SimulatedInstrument> list,
            final String venue,
            final String symbol,
            final String tickSize,
            final long startTicks,
            final long intervalMs) {
        list.add(
                new SimulatedInstrument(
                        venue,
                        symbol,
                        symbol.replace("/", ""),
                        tickSize,
                        SPOT_DECIMALS,
                        startTicks,
                        intervalMs * 1_000_000));
    }

    private static void coinMargined(
            final List<SimulatedInstrument> list,
            final String base,
            final String tail,
            final String tickSize,
            final int decimals,
            final long startTicks,
            final long intervalMs) {
        list.add(
                new SimulatedInstrument(
                        COINM,
                        base + "/USD:" + base + (tail.equals("PERP") ? "" : '-' + tail),
                        base + "USD_" + tail,
                        tickSize,
                        decimals,
                        startTicks,
                        intervalMs * 1_000_000));
    }

    private static void perpetual(
            final List<SimulatedInstrument> list,
            final String base,
            final String tickSize,
            final int decimals,
            final long startTicks,
            final long intervalMs) {
        list.add(
                new SimulatedInstrument(
                        USDM,
                        base + "/USDT:USDT",
                        base + "USDT",
                        tickSize,
                        decimals,
                        startTicks,
                        intervalMs * 1_000_000));
    }
}
