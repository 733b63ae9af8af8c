package io.plumbline.feed.venue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the decoder of OKX costs and endures: no bytes per message in steady state, and no exception
 * for whatever a peer sends.
 */
class OkxDecoderAllocationTest {
    private static final List<String> FRAMES =
            List.of(
                    "{\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT\"},\"action\":"
                            + "\"update\",\"data\":[{\"asks\":[[\"65083.2\",\"7\",\"0\",\"1\"]],"
                            + "\"bids\":[[\"65083.1\",\"0\",\"0\",\"0\"]],\"ts\":\"1782000000000\","
                            + "\"checksum\":-1834972184,\"seqId\":1076,\"prevSeqId\":1000}]}",
                    "{\"arg\":{\"channel\":\"books-l2-tbt\",\"instId\":\"BTC-USDT\"},\"action\":"
                            + "\"snapshot\",\"data\":[{\"asks\":[[\"65083.2\",\"7\",\"0\",\"1\"]],"
                            + "\"bids\":[],\"ts\":\"1782000000000\",\"checksum\":0}]}",
                    "{\"arg\":{\"channel\":\"bbo-tbt\",\"instId\":\"BTC-USDT\"},\"data\":[{"
                            + "\"asks\":[[\"65083.2\",\"7\",\"0\",\"1\"]],\"bids\":[[\"65083.1\","
                            + "\"1\",\"0\",\"1\"]],\"ts\":\"1782000000000\",\"seqId\":1076}]}",
                    "{\"arg\":{\"channel\":\"tickers\",\"instId\":\"BTC-USDT\"},\"data\":[{"
                            + "\"instType\":\"SPOT\",\"last\":\"65083.1\",\"askPx\":\"65083.2\","
                            + "\"bidPx\":\"\",\"ts\":\"1782000000000\"}]}",
                    "{\"arg\":{\"channel\":\"trades\",\"instId\":\"\\u0042TC-USDT\"},\"data\":["
                            + "{\"tradeId\":\"7\",\"px\":\"1.1\",\"sz\":\"2\",\"side\":\"buy\","
                            + "\"ts\":\"1782000000000\",\"count\":\"3\",\"seqId\":1},{\"tradeId\":"
                            + "\"8\",\"px\":\"1.1\",\"sz\":\"2\",\"ts\":\"1782000000000\"}]}",
                    "{\"arg\":{\"channel\":\"trades-all\",\"instId\":\"NO-PE\"},\"data\":[{"
                            + "\"tradeId\":\"7\",\"px\":\"1.1\",\"sz\":\"2\"}]}",
                    "{\"arg\":{\"channel\":\"mark-price\",\"instId\":\"BTC-USDT\"},\"data\":[{"
                            + "\"markPx\":\"1.1\",\"ts\":\"1782000000000\"}]}",
                    "{\"arg\":{\"channel\":\"funding-rate\",\"instId\":\"BTC-USDT\"},\"data\":["
                            + "]}",
                    "{\"id\":\"1\",\"event\":\"subscribe\",\"arg\":{\"channel\":\"books\","
                            + "\"instId\":\"BTC-USDT\"},\"connId\":\"a4d3ae55\"}",
                    "{\"event\":\"error\",\"code\":\"60018\",\"msg\":\"Wrong URL\"}",
                    "pong",
                    "{\"torn\":\"mess");

    private final DecoderTrial trial = new DecoderTrial("okx", "BTC-USDT", FRAMES);

    @Test
    void shouldAllocateNothingPerMessage() {
        trial.allocatesNothingPerMessage();
    }

    @Test
    void shouldAllocateNothingToTellDataFromTheRest() {
        trial.allocatesNothingToTellApart(List.of(FRAMES.get(0)), List.of("pong"));
    }

    @Test
    void shouldEndureWhateverIsSent() {
        trial.enduresWhateverIsSent("books:BTC-USDT");
    }
}
