package io.plumbline.feed.venue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What Bitfinex's decoder costs and endures: no bytes per message, no exception. */
class BitfinexDecoderAllocationTest {
    private static final List<String> FRAMES =
            List.of(
                    "{\"event\":\"subscribed\",\"channel\":\"ticker\",\"chanId\":101,"
                            + "\"symbol\":\"tBTCUSD\",\"pair\":\"BTCUSD\"}",
                    "{\"event\":\"subscribed\",\"channel\":\"trades\",\"chanId\":102,"
                            + "\"symbol\":\"t\\u0042TCUSD\",\"pair\":\"BTCUSD\"}",
                    "{\"event\":\"subscribed\",\"channel\":\"book\",\"chanId\":103,"
                            + "\"symbol\":\"tBTCUSD\",\"prec\":\"P0\",\"freq\":\"F0\","
                            + "\"len\":\"100\",\"pair\":\"BTCUSD\"}",
                    "[101,[60400,1.5,60401,2.5,-120,-0.002,60399,350.25,61000,59000],1]",
                    "[102,[[1700000002,1767323045000,0.5,60401],[1700000001,"
                            + "1767323044000,-0.1,60400]],2]",
                    "[102,\"te\",[1700000003,1767323045123,-0.25,60400],3]",
                    "[102,\"tu\",[1700000003,1767323045123,-0.25,60400],4]",
                    "[103,[[60400,2,1.5],[60399,1,0.5],[60401,1,-2.5],[6e4,3,-1e-7]],5]",
                    "[103,[60400,0,1],6]",
                    "[103,\"cs\",-1537684287,7]",
                    "[103,\"hb\",8]",
                    "[999,[60400,1,1.25],9]",
                    "{\"event\":\"pong\",\"ts\":1767323045123,\"cid\":1}",
                    "{\"event\":\"info\",\"code\":20051,\"msg\":\"Stopping\"}",
                    "{\"event\":\"error\",\"msg\":\"symbol: invalid\",\"code\":10300}",
                    "[103,[60400,1");

    private final DecoderTrial trial = new DecoderTrial("bitfinex", "tBTCUSD", FRAMES);

    @Test
    void shouldAllocateNothingPerMessage() {
        trial.allocatesNothingPerMessage();
    }

    @Test
    void shouldAllocateNothingToTellDataFromTheRest() {
        trial.allocatesNothingToTellApart(List.of(FRAMES.get(8)), List.of(FRAMES.get(10)));
    }

    @Test
    void shouldEndureWhateverIsSent() {
        trial.enduresWhateverIsSent("book:tBTCUSD");
    }
}
