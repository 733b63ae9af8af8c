package io.plumbline.feed.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.feed.RequestBudget;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import io.plumbline.inbound.InboundType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A venue whose messages are larger than the usual bound of a frame, over a real socket. */
class LargestMessageTest {
    private static final int FIN_TEXT = 0x81;
    private static final int LEVELS = 46_000;

    /** As long as the longest one that was recorded: a book of 46,000 levels in one frame. */
    private static byte[] book() {
        final StringBuilder json =
                new StringBuilder(
                        "{\"channel\":\"l2_data\",\"timestamp\":\"2026-01-02T03:04:05.1Z\","
                                + "\"sequence_num\":2,\"events\":[{\"type\":\"snapshot\","
                                + "\"product_id\":\"BTC-USD\",\"updates\":[");
        for (int i = 0; i < LEVELS; i++) {
            json.append(i == 0 ? "" : ",");
            json.append("{\"side\":\"offer\",\"event_time\":\"2026-01-02T03:04:05.123456Z\",");
            json.append("\"price_level\":\"").append(65_000 + i);
            json.append(".67\",\"new_quantity\":\"0.24290402\"}");
        }
        return json.append("]}]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldHaveRoomForTheLargestMessageOfItsVenue() throws Exception {
        final Venue venue = Venues.find("coinbase-advanced");
        final byte[] book = book();
        assertEquals(true, book.length > FeedFixture.QUICK.limits().maxFrameBytes());
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f =
                        new FeedFixture(
                                venue,
                                server.uri(),
                                FeedFixture.QUICK,
                                new RequestBudget(9, 1_000_000_000L),
                                "level2:BTC-USD")) {
            f.feed.start();
            final ScriptedServer.Peer peer = server.acceptUpgraded();
            peer.raw(ScriptedServer.frame(FIN_TEXT, book));
            f.inbound.await(
                    message ->
                            message.type() == InboundType.FRAME_TEXT
                                    && message.text().length() == book.length);
        }
    }

    @Test
    void shouldEndAConnectionThatIsMoreThanItsVenueSends() throws Exception {
        try (ScriptedServer server = ScriptedServer.plain();
                FeedFixture f = new FeedFixture(server.uri(), FeedFixture.QUICK, "a")) {
            f.feed.start();
            final ScriptedServer.Peer peer = server.acceptUpgraded();
            // Its head tells how long it will be.
            peer.raw(Arrays.copyOf(ScriptedServer.frame(FIN_TEXT, book()), 1_024));
            f.inbound.awaitSession("1 DOWN");
        }
    }
}
