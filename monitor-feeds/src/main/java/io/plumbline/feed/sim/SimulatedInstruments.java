package io.plumbline.feed.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * The instruments of the demo: ten spot pairs and ten perpetuals. Perpetuals stand about 0.8 %
 * above spot, which is far more than prices move in seconds, so the price of the other market is
 * never a plausible one.
 */
public final class SimulatedInstruments {
    public static final String SPOT = "binance-spot";
    public static final String USDM = "binance-usdm";

    private static final int SPOT_DECIMALS = 8;

    private SimulatedInstruments() {}

    /** The twenty of them: spot first, each list from the finest price grid to the coarsest. */
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

    private static void spot(
            final List<SimulatedInstrument> list,
            final String base,
            final String tickSize,
            final long startTicks,
            final long intervalMs) {
        list.add(
                new SimulatedInstrument(
                        SPOT,
                        base + "/USDT",
                        base + "USDT",
                        tickSize,
                        SPOT_DECIMALS,
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
