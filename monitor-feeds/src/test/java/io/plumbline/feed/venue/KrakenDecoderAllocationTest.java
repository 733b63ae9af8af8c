package io.plumbline.feed.venue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the decoders of Kraken cost and endure: no bytes per message in steady state, and no
 * exception for whatever a peer sends.
 */
class KrakenDecoderAllocationTest {
    private static final List<String> SPOT =
            List.of(
                    "{\"channel\":\"book\",\"type\":\"snapshot\",\"data\":[{\"symbol\":\"BTC/USD\","
                            + "\"bids\":[{\"price\":65083.10,\"qty\":0.00500000}],\"asks\":["
                            + "{\"price\":65083.20,\"qty\":2.00000000}],\"checksum\":4294967295}]}",
                    "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\","
                            + "\"side\":\"buy\",\"price\":1.1,\"qty\":2.0,\"trade_id\":7,"
                            + "\"timestamp\":\"2026-01-02T03:04:05.123456Z\"},{\"symbol\":"
                            + "\"\\u0042TC/USD\",\"price\":1.1,\"qty\":2.0,\"trade_id\":8}]}",
                    "{\"channel\":\"ticker\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\","
                            + "\"bid\":65083.10,\"ask\":65083.20,\"last\":65083.10}]}",
                    "{\"channel\":\"ticker\",\"type\":\"update\",\"data\":[{\"symbol\":\"NO/PE\","
                            + "\"bid\":1.0,\"ask\":2.0}]}",
                    "{\"method\":\"subscribe\",\"req_id\":1,\"result\":{\"channel\":\"book\","
                            + "\"depth\":100,\"symbol\":\"BTC/USD\"},\"success\":true}",
                    "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"system\":\"online\"}]}",
                    "{\"channel\":\"heartbeat\"}",
                    "[320,{\"a\":[[\"61308.50000\",\"0.00000000\",\"1617666539.868687\"]]},{\"b\":[["
                        + "\"58740.00000\",\"0.10000000\",\"1617666539.868700\",\"r\"]],\"c\":"
                        + "\"3910794174\"},\"book-1000\",\"XBT\\/USD\"]",
                    "[337,[[\"0.10\",\"1000.0\",\"1617666424.100000\",\"s\",\"l\",\"\"],[\"0.11\","
                            + "\"1.0\",\"1617666424.2\",\"s\",\"l\",\"\"]],\"trade\",\"XBT/USD\"]",
                    "[340,{\"a\":[\"58729.4\",0,\"0.4\"],\"b\":[\"58724.8\",0,\"0.3\"],\"c\":["
                            + "\"58725.0\",\"0.1\"]},\"ticker\",\"XBT/USD\"]",
                    "[341,[\"58724.8\",\"58729.4\",\"1617666424.2\"],\"spread\",\"XBT/USD\"]",
                    "{\"torn\":\"mess");
    private static final List<String> FUTURES =
            List.of(
                    "{\"feed\":\"book\",\"product_id\":\"PF_XBTUSD\",\"side\":\"sell\",\"seq\":101,"
                            + "\"price\":2005.05,\"qty\":0.0,\"timestamp\":1626994927744}",
                    "{\"feed\":\"book_snapshot\",\"product_id\":\"PF_XBTUSD\",\"seq\":100,\"bids\":["
                        + "{\"price\":2004.85,\"qty\":4787.0}],\"asks\":[{\"price\":2005.05,"
                        + "\"qty\":50.0}]}",
                    "{\"feed\":\"trade\",\"product_id\":\"PF_XBTUSD\",\"uid\":\"a\",\"side\":"
                            + "\"buy\",\"type\":\"fill\",\"seq\":7,\"time\":1626994936490,\"qty\":"
                            + "40.0,\"price\":2005.2}",
                    "{\"time\":1680811086487,\"product_id\":\"PF_XBTUSD\",\"funding_rate\":-6.7e-9,"
                            + "\"feed\":\"ticker\",\"bid\":28060,\"ask\":28070,\"index\":28075.54,"
                            + "\"last\":28057,\"markPrice\":28057.3}",
                    "{\"feed\":\"book\",\"product_id\":\"NOPE\",\"side\":\"buy\",\"seq\":1,"
                            + "\"price\":1.0,\"qty\":1.0}",
                    "{\"event\":\"subscribed\",\"feed\":\"book\",\"product_ids\":[\"PF_XBTUSD\"]}",
                    "{\"feed\":\"heartbeat\",\"time\":1534262350627}",
                    "{\"torn\":\"mess");

    @ParameterizedTest
    @ValueSource(strings = {"kraken", "kraken-futures"})
    void shouldAllocateNothingPerMessage(final String name) {
        trial(name).allocatesNothingPerMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kraken", "kraken-futures"})
    void shouldAllocateNothingToTellDataAndHeartbeatsApart(final String name) {
        trial(name)
                .allocatesNothingToTellApart(
                        List.of((name.equals("kraken") ? SPOT : FUTURES).get(0)),
                        List.of(
                                name.equals("kraken")
                                        ? "{\"channel\":\"heartbeat\"}"
                                        : "{\"feed\":\"heartbeat\",\"time\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kraken", "kraken-futures"})
    void shouldEndureWhateverIsSent(final String name) {
        trial(name).enduresWhateverIsSent("book:BTC/USD");
    }

    private static DecoderTrial trial(final String name) {
        return name.equals("kraken")
                ? new DecoderTrial(name, "BTC/USD", SPOT)
                : new DecoderTrial(name, "PF_XBTUSD", FUTURES);
    }
}
