package io.plumbline.feed.venue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Bybit's decoder costs and endures: no bytes per message in steady state, and no exception
 * for whatever a peer sends.
 */
class BybitDecoderAllocationTest {
    private static final List<String> FRAMES =
            List.of(
                    "{\"topic\":\"orderbook.200.BTCUSDT\",\"type\":\"delta\",\"ts\":1786310818130,"
                            + "\"data\":{\"s\":\"BTCUSDT\",\"b\":[[\"65095.30\",\"0.005\"],"
                            + "[\"65093.10\",\"0\"]],\"a\":[],\"u\":15076953,\"seq\":753843913870},"
                            + "\"cts\":1786310818129}",
                    "{\"topic\":\"orderbook.200.BTCUSDT\",\"ts\":\"1786310818130\",\"type\":"
                        + "\"snapshot\",\"data\":{\"s\":\"BTCUSDT\",\"b\":[[\"65095.3\",\"1\"]],"
                        + "\"a\":[[\"65096\",\"2\"]],\"u\":1,\"seq\":7}}",
                    "{\"topic\":\"orderbook.50.BTCUSDT\",\"type\":\"delta\",\"ts\":1786310818130,"
                            + "\"data\":{\"s\":\"BTCUSDT\",\"b\":[],\"a\":[],\"u\":9,\"seq\":9}}",
                    "{\"topic\":\"orderbook.1.BTCUSDT\",\"type\":\"snapshot\",\"ts\":"
                        + "1786310818131,\"data\":{\"s\":\"BTCUSDT\",\"b\":[[\"65114.20\","
                        + "\"6.0\"]],\"a\":[[\"65114.30\",\"9.1\"]],\"u\":5000,\"seq\":40},\"cts\":1}",
                    "{\"topic\":\"publicTrade.BTCUSDT\",\"type\":\"snapshot\",\"ts\":1786310820347,"
                        + "\"data\":[{\"T\":1786310820346,\"s\":\"BTCUSDT\",\"S\":\"Buy\",\"v\":"
                        + "\"0.01\",\"p\":\"1922.50\",\"L\":\"PlusTick\",\"i\":\"19d7df56\","
                        + "\"BT\":false,\"seq\":43},{\"T\":1786310820346,\"v\":\"1\",\"p\":\"2\","
                        + "\"i\":\"\\u00344d4ad26c\",\"seq\":43}]}",
                    "{\"topic\":\"tickers.BTCUSDT\",\"type\":\"snapshot\",\"data\":{\"symbol\":"
                        + "\"BTCUSDT\",\"lastPrice\":\"65114.30\",\"markPrice\":\"65117.44\","
                        + "\"indexPrice\":\"65137.76\",\"bid1Price\":\"65114.20\",\"ask1Price\":"
                        + "\"65114.30\"},\"cs\":753843900397,\"ts\":1786310817583}",
                    "{\"topic\":\"tickers.BTCUSDT\",\"type\":\"delta\",\"data\":{\"symbol\":"
                            + "\"BTCUSDT\",\"markPrice\":\"65117.43\",\"ask1Price\":\"\"},\"cs\":"
                            + "753843915209,\"ts\":1786310818183}",
                    "{\"topic\":\"tickers.NOSUCH\",\"type\":\"delta\",\"data\":{\"symbol\":"
                            + "\"NOSUCH\"},\"cs\":7,\"ts\":1786310818183}",
                    "{\"type\":\"snapshot\",\"topic\":\"kline.1.BTCUSDT\",\"data\":[],\"ts\":1}",
                    "{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"c\",\"req_id\":\"7\",\"op\":"
                            + "\"subscribe\"}",
                    "{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"c\",\"op\":\"ping\"}",
                    "{\"torn\":\"mess");

    @ParameterizedTest
    @ValueSource(strings = {"bybit-linear", "bybit-inverse", "bybit-spot"})
    void shouldAllocateNothingPerMessage(final String name) {
        trial(name).allocatesNothingPerMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bybit-linear", "bybit-inverse", "bybit-spot"})
    void shouldAllocateNothingToTellData(final String name) {
        trial(name).allocatesNothingToTellApart(List.of(FRAMES.get(0), FRAMES.get(8)), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bybit-linear", "bybit-inverse", "bybit-spot"})
    void shouldEndureWhateverIsSent(final String name) {
        trial(name).enduresWhateverIsSent("tickers.BTCUSDT");
    }

    private static DecoderTrial trial(final String name) {
        return new DecoderTrial(name, "BTCUSDT", FRAMES);
    }
}
