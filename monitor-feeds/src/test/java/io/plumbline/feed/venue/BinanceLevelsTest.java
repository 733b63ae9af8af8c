package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The levels of depth messages, digits as sent; whole books told from the window of a stream. */
class BinanceLevelsTest {
    private static final String DIFF =
            "{\"e\":\"depthUpdate\",\"E\":5,\"s\":\"BTCUSDT\",\"U\":1,\"u\":2,\"pu\":0,";
    private final List<String> events = new ArrayList<>();
    private final Instruments instruments = new Instruments();
    private final InboundMessage message = new InboundMessage();
    private final MarketEvent draft = new MarketEvent();
    private final MessageDecoder decoder;

    BinanceLevelsTest() {
        final Venue venue = Venues.find("binance-usdm");
        instruments.add(venue.name(), "BTC/USDT:USDT", "BTCUSDT");
        decoder = venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
    }

    @Test
    void shouldKeepTheDigitsOfADifference() {
        frame(DIFF + "\"b\":[[\"61800.20\",\"0.00500000\"],[\"1\",\"0\"]],\"a\":[[61801,2.50]]}");
        frame(DIFF + "\"a\":[],\"b\":[]}");
        frame(DIFF + "\"b\":[[\"1\",\"2\",[]]],\"a\":[[\"3\",\"12345678901.00000000\",\"x\",7]]}");
        assertEquals(
                List.of(
                        "MARKET depth DELTA 0: bid 6180020e-2 500000e-8, bid 1e0 0e0,"
                                + " ask 61801e0 250e-2",
                        "MARKET depth DELTA 0:",
                        "MARKET depth DELTA 0: bid 1e0 2e0, ask 3e0 123456789010000000e-7"),
                events);
    }

    @Test
    void shouldRefuseTheWholeMessageForOneBadLevel() {
        for (final String levels :
                List.of(
                        "[[\"1\"]]",
                        "[[]]",
                        "[\"1\",\"2\"]",
                        "[[\"1\",\"x\"]]",
                        "[[\"\",\"2\"]]",
                        "[[null,\"2\"]]",
                        "[[[\"1\"],\"2\"]]",
                        "[{\"1\":\"2\"}]",
                        "[[\"1\",\"1234567890123456789\"]]")) {
            frame(DIFF + "\"b\":" + levels + ",\"a\":[[\"3\",\"4\"]]}");
        }
        frame(DIFF + "\"b\":[[\"1\",\"2\"]],\"b\":[],\"a\":[]}");
        frame(DIFF + "\"b\":{},\"a\":[]}");
        assertEquals(java.util.Collections.nCopies(11, "UNPARSED  NONE -1:"), events);
    }

    @Test
    void shouldTellAWholeBookFromAWindow() {
        final String body = "{\"lastUpdateId\":7,\"bids\":[[\"1\",\"2\"]],\"asks\":[]}";
        offer(InboundType.SNAPSHOT, "{\"symbol\":\"BTCUSDT\",\"body\":" + body + "}");
        offer(InboundType.SNAPSHOT, "{\"symbol\":\"NOBODY\",\"body\":" + body + "}");
        frame("{\"stream\":\"btcusdt@depth20@100ms\",\"data\":" + body + "}");
        frame(
                "{\"stream\":\"btcusdt@depth5\",\"data\":"
                        + DIFF
                        + "\"b\":[[\"1\",\"2\"]],\"a\":[]}}");
        frame(body);
        assertEquals(
                List.of(
                        "FETCHED_BOOK depthSnapshot SNAPSHOT 0: bid 1e0 2e0",
                        "IGNORED depthSnapshot SNAPSHOT -1: bid 1e0 2e0",
                        "MARKET depthSnapshot WINDOW 0: bid 1e0 2e0",
                        "MARKET depthSnapshot WINDOW 0: bid 1e0 2e0",
                        "MARKET depthSnapshot WINDOW -1: bid 1e0 2e0"),
                events);
        events.clear();
        frame(
                body.replace(
                        "[[\"1\",\"2\"]]", "[[\"1\",\"2\"]" + ",[\"1\",\"2\"]".repeat(40) + "]"));
        assertEquals("MARKET depthSnapshot SNAPSHOT -1", events.get(0).split(":")[0]);
    }

    @Test
    void shouldRefuseAnAnswerThatIsNoBook() {
        offer(InboundType.SNAPSHOT, "{\"symbol\":\"BTCUSDT\",\"body\":{\"code\":-1121}}");
        offer(InboundType.SNAPSHOT, "{\"symbol\":\"BTCUSDT\",\"body\":[]}");
        offer(InboundType.SNAPSHOT, "{\"symbol\":\"BTCUSDT\",\"body\":{\"lastUpdateId\":7}}");
        offer(InboundType.SNAPSHOT, "{\"body\":{\"lastUpdateId\":7,\"bids\":[],\"asks\":[]}}");
        offer(InboundType.SNAPSHOT, "{\"symbol\":\"BTCUSDT\",\"body\":{\"lastUpd");
        offer(InboundType.SNAPSHOT, "<html>");
        assertEquals(java.util.Collections.nCopies(6, "UNPARSED  NONE -1:"), events);
    }

    private void frame(final String text) {
        offer(InboundType.FRAME_TEXT, text);
    }

    private void offer(final InboundType type, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        message.set(type, 2, 1, 0, 5, bytes, 0, bytes.length);
        decoder.decode(message, draft.clear(), this::word);
    }

    private void word(final MarketEvent event) {
        final StringBuilder out = new StringBuilder();
        out.append(event.type).append(' ').append(event.channel.label()).append(' ');
        out.append(event.book).append(' ').append(event.instrument).append(':');
        final BookLevels levels = event.levels;
        for (int i = 0; event.book != BookAction.NONE && i < levels.count(); i++) {
            out.append(i == 0 ? " " : ", ").append(levels.isBid(i) ? "bid " : "ask ");
            out.append(levels.price(i)).append('e').append(levels.priceExponent(i)).append(' ');
            out.append(levels.size(i)).append('e').append(levels.sizeExponent(i));
        }
        events.add(out.toString());
    }
}
