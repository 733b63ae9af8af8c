package io.plumbline.feed.venue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the decoder of Deribit costs and endures: no bytes per message in steady state, and no
 * exception for whatever a peer sends.
 */
class DeribitDecoderAllocationTest {
    private static final List<String> FRAMES =
            List.of(
                    data(
                            "book.BTC-PERPETUAL.100ms",
                            "{\"type\":\"change\",\"timestamp\":1790000000000,\"prev_change_id\":7,"
                                    + "\"instrument_name\":\"BTC-PERPETUAL\",\"change_id\":10,"
                                    + "\"bids\":[[\"change\",60000.5,2.2e3]],\"asks\":[[\"delete\","
                                    + "60001.5,0.0],[\"new\",60002.0,10.0]]}"),
                    data(
                            "book.BTC-PERPETUAL.100ms",
                            "{\"type\":\"snapshot\",\"timestamp\":1790000000000,"
                                    + "\"prev_change_id\":null,\"instrument_name\":"
                                    + "\"BTC-\\u0050ERPETUAL\",\"change_id\":7,\"bids\":[[\"new\","
                                    + "60000.5,120.0]],\"asks\":[[\"new\",60001.5,0.5]]}"),
                    data(
                            "trades.BTC-PERPETUAL.100ms",
                            "[{\"trade_seq\":7,\"trade_id\":\"90\",\"timestamp\":1790000000000,"
                                    + "\"price\":60000.5,\"instrument_name\":\"BTC-PERPETUAL\","
                                    + "\"amount\":40.0},{\"trade_seq\":8,\"price\":60000.5,"
                                    + "\"instrument_name\":\"BTC-PERPETUAL\",\"amount\":4e1}]"),
                    data(
                            "ticker.BTC-PERPETUAL.100ms",
                            "{\"timestamp\":1790000000000,\"stats\":{\"volume\":null},"
                                    + "\"mark_price\":60000.81,\"last_price\":60000.5,"
                                    + "\"instrument_name\":\"BTC-PERPETUAL\",\"index_price\":"
                                    + "60002.1,\"best_bid_price\":60000.5,\"best_ask_price\":0.0}"),
                    data(
                            "ticker.NOPE.100ms",
                            "{\"timestamp\":1,\"instrument_name\":\"NOPE\",\"best_bid_price\":1.0,"
                                    + "\"best_ask_price\":2.0}"),
                    data("platform_state", "{\"maintenance\":false}"),
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":[\"book.BTC-PERPETUAL.100ms\"]}",
                    "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"version\":\"1.2.26\"}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":13778,\"message\":\"no\"}}",
                    "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":"
                            + "\"test_request\"}}",
                    "{\"torn\":\"mess");

    private static String data(final String channel, final String data) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\""
                + channel
                + "\",\"data\":"
                + data
                + "}}";
    }

    private final DecoderTrial trial = new DecoderTrial("deribit", "BTC-PERPETUAL", FRAMES);

    @Test
    void shouldAllocateNothingPerMessage() {
        trial.allocatesNothingPerMessage();
    }

    @Test
    void shouldAllocateNothingToTellDataFromTheRest() {
        trial.allocatesNothingToTellApart(List.of(FRAMES.get(0)), List.of());
    }

    @Test
    void shouldEndureWhateverIsSent() {
        trial.enduresWhateverIsSent("book.BTC-PERPETUAL.100ms");
    }
}
