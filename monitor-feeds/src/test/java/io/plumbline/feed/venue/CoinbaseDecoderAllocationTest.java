package io.plumbline.feed.venue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the decoders of Coinbase cost and endure: no bytes per message in steady state, and no
 * exception for whatever a peer sends.
 */
class CoinbaseDecoderAllocationTest {
    private static final List<String> EXCHANGE =
            List.of(
                    "{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"changes\":[[\"buy\",\""
                        + "65083.66\",\"0.5\"],[\"sell\",\"65083.67\",\"0\"]],\"time\":\"2026-01-02T0"
                        + "3:04:05.123456Z\"}",
                    "{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"asks\":[[\"65083.67\","
                            + "\"2.5\"],[\"65084.00\",\"0.1\"]],\"bids\":[[\"65083.66\",\"0.2\"]]}",
                    "{\"type\":\"match\",\"trade_id\":7,\"maker_order_id\":\"a\",\"side\":\"sel"
                        + "l\",\"size\":\"0.01\",\"price\":\"65083.66\",\"product_id\":\"\\u0042TC-US"
                        + "D\",\"sequence\":9,\"time\":\"2026-01-02T03:04:05.123456Z\"}",
                    "{\"type\":\"ticker\",\"sequence\":9,\"product_id\":\"BTC-USD\",\"price\":"
                        + "\"65083.66\",\"best_bid\":\"65083.66\",\"best_ask\":\"65083.67\",\"time\":"
                        + "\"2026-01-02T03:04:05.1Z\",\"trade_id\":7}",
                    "{\"type\":\"match\",\"trade_id\":7,\"size\":\"0.01\",\"price\":\"1.5\",\"p"
                            + "roduct_id\":\"NO-PE\",\"sequence\":9}",
                    "{\"type\":\"heartbeat\",\"last_trade_id\":7,\"product_id\":\"BTC-USD\",\"s"
                            + "equence\":9,\"time\":\"2026-01-02T03:04:05.1Z\"}",
                    "{\"type\":\"subscriptions\",\"channels\":[{\"name\":\"matches\",\"product_"
                            + "ids\":[\"BTC-USD\"]}]}",
                    "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"NO-PE"
                            + " is not a valid product\"}",
                    "{\"torn\":\"mess");
    private static final List<String> ADVANCED =
            List.of(
                    "{\"channel\":\"l2_data\",\"timestamp\":\"2026-01-02T03:04:05.123456789Z\","
                        + "\"sequence_num\":4,\"events\":[{\"type\":\"update\",\"product_id\":\"BTC-U"
                        + "SD\",\"updates\":[{\"side\":\"bid\",\"event_time\":\"2026-01-02T03:04:05.1"
                        + "Z\",\"price_level\":\"65083.66\",\"new_quantity\":\"0.2\"},{\"side\":\"off"
                        + "er\",\"price_level\":\"65084\",\"new_quantity\":\"0\"}]}]}",
                    "{\"channel\":\"l2_data\",\"sequence_num\":5,\"events\":[{\"type\":\"snapsh"
                        + "ot\",\"product_id\":\"BTC-USD\",\"updates\":null},{\"type\":\"update\",\"p"
                        + "roduct_id\":\"BTC-USD\",\"updates\":[]}]}",
                    "{\"channel\":\"market_trades\",\"timestamp\":\"2026-01-02T03:04:05.1Z\",\""
                        + "sequence_num\":6,\"events\":[{\"type\":\"snapshot\",\"trades\":[{\"product"
                        + "_id\":\"BTC-USD\",\"trade_id\":\"8\",\"price\":\"1.5\",\"size\":\"2\",\"ti"
                        + "me\":\"2026-01-02T03:04:05Z\",\"side\":\"BUY\"},{\"product_id\":\"\\u0042T"
                        + "C-USD\",\"trade_id\":\"7\",\"price\":\"1.5\",\"size\":\"2\"},{\"product_id"
                        + "\":\"BTC-USD\",\"trade_id\":\"5\",\"price\":\"1.5\",\"size\":\"2\"}]}]}",
                    "{\"channel\":\"ticker\",\"sequence_num\":7,\"events\":[{\"type\":\"update"
                        + "\",\"tickers\":[{\"type\":\"ticker\",\"product_id\":\"BTC-USD\",\"price\":"
                        + "\"1.5\",\"best_bid\":\"1.4\",\"best_ask\":\"1.6\"},{\"product_id\":\"NO-US"
                        + "D\",\"price\":\"1.5\"}]}]}",
                    "{\"channel\":\"heartbeats\",\"timestamp\":\"2026-01-02T03:04:05.1Z\",\"seq"
                        + "uence_num\":8,\"events\":[{\"current_time\":\"x\",\"heartbeat_counter\":9}"
                        + "]}",
                    "{\"channel\":\"subscriptions\",\"sequence_num\":9,\"events\":[{\"subscript"
                            + "ions\":{\"level2\":[\"BTC-USD\"]}}]}",
                    "{\"channel\":\"candles\",\"sequence_num\":10,\"events\":[]}",
                    "{\"type\":\"error\",\"message\":\"NO-PE is not a valid product\"}",
                    "{\"torn\":\"mess");

    @ParameterizedTest
    @ValueSource(strings = {"coinbase-exchange", "coinbase-advanced"})
    void shouldAllocateNothingPerMessage(final String name) {
        trial(name).allocatesNothingPerMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"coinbase-exchange", "coinbase-advanced"})
    void shouldAllocateNothingToTellDataAndHeartbeatsApart(final String name) {
        final boolean exchange = name.equals("coinbase-exchange");
        trial(name)
                .allocatesNothingToTellApart(
                        List.of((exchange ? EXCHANGE : ADVANCED).get(0)),
                        List.of(
                                exchange
                                        ? "{\"type\":\"heartbeat\",\"last_trade_id\":7}"
                                        : "{\"channel\":\"heartbeats\",\"sequence_num\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"coinbase-exchange", "coinbase-advanced"})
    void shouldEndureWhateverIsSent(final String name) {
        trial(name).enduresWhateverIsSent("ticker:BTC-USD");
    }

    private static DecoderTrial trial(final String name) {
        return new DecoderTrial(
                name, "BTC-USD", name.equals("coinbase-exchange") ? EXCHANGE : ADVANCED);
    }
}
