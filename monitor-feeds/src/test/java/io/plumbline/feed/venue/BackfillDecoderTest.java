package io.plumbline.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackfillDecoderTest {
    private static final long SEED = 20_261_127;
    private static final String ANSWER =
            "{\"symbol\":\"BTCUSDT\",\"channel\":\"aggTrade\",\"from\":7,\"to\":9,\"gapFrom\":7,"
                + "\"gapTo\":12,\"body\":[{\"a\":6,\"p\":\"1.5\",\"q\":\"2\",\"T\":1700000000123},"
                + "{\"a\":7,\"p\":\"1.6\",\"q\":\"3\",\"f\":1,\"T\":1700000000124,\"m\":true},"
                + "{\"a\":7,\"p\":\"1.6\",\"q\":\"3\",\"T\":1700000000124},"
                + "{\"a\":9,\"p\":\"1.7\",\"q\":\"4\",\"T\":1700000000125},"
                + "{\"a\":10,\"p\":\"1.8\",\"q\":\"5\",\"T\":1700000000126}]}";

    private final Instruments instruments = new Instruments();
    private final List<String> events = new ArrayList<>();
    private final MessageDecoder decoder;

    BackfillDecoderTest() {
        instruments.add("binance-spot", "BTC/USDT", "BTCUSDT");
        decoder =
                BackfillDecoder.of(
                        Venues.find("binance-spot"), instruments, Venue.UnknownSymbols.IGNORE);
    }

    private List<String> decode(final byte[] payload) {
        events.clear();
        final InboundMessage message = new InboundMessage();
        message.set(InboundType.BACKFILL, 0, 0, 0, 5, payload, 0, payload.length);
        decoder.decode(message, new MarketEvent().clear(), event -> events.add(words(event)));
        return events;
    }

    private List<String> decode(final String payload) {
        return decode(payload.getBytes(StandardCharsets.UTF_8));
    }

    private static String words(final MarketEvent event) {
        switch (event.type) {
            case BACKFILLED:
                return event.instrument
                        + " "
                        + event.channel
                        + " "
                        + event.firstSequence
                        + " "
                        + event.price
                        + " x "
                        + event.quantity
                        + " at "
                        + event.venueNs;
            case BACKFILL:
                return event.firstSequence
                        + ".."
                        + event.lastSequence
                        + " of "
                        + event.missingFrom
                        + ".."
                        + event.missingTo
                        + " gave "
                        + event.count;
            default:
                assertEquals(MarketEvent.NONE, event.lastSequence, "nothing is kept of it");
                return event.type.name();
        }
    }

    @Test
    void everyTradeOfTheRangeIsToldOnce() {
        assertEquals(
                List.of(
                        "0 AGG_TRADE 7 1.6 x 3 at 1700000000124000000",
                        "0 AGG_TRADE 9 1.7 x 4 at 1700000000125000000",
                        "7..9 of 7..12 gave 2"),
                decode(ANSWER));
    }

    @Test
    void noAnswerGivesNone() {
        assertEquals(
                List.of("7..12 of 7..12 gave 0"),
                decode(
                        "{\"symbol\":\"BTCUSDT\",\"channel\":\"aggTrade\",\"from\":7,\"to\":12,"
                                + "\"gapFrom\":7,\"gapTo\":12,\"error\":\"HTTP 418\"}"));
        assertEquals(
                List.of("7..12 of 7..12 gave 0"),
                decode(
                        "{\"symbol\":\"BTCUSDT\",\"channel\":\"aggTrade\",\"from\":7,\"to\":12,"
                                + "\"gapFrom\":7,\"gapTo\":12,\"body\":{\"code\":-1121}}"));
    }

    @Test
    void whatIsNoAnswerIsUnparsed() {
        for (final String broken :
                List.of(
                        "",
                        "[]",
                        "{}",
                        ANSWER.substring(0, ANSWER.length() - 1),
                        ANSWER.replace("\"to\":9", "\"to\":6"),
                        ANSWER.replace("\"to\":9", "\"to\":99999"),
                        ANSWER.replace("aggTrade", "nothing"))) {
            assertEquals(List.of("UNPARSED"), decode(broken), broken);
        }
    }

    @Test
    void brokenAnswersNeverThrow() {
        final Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            final byte[] bytes = ANSWER.getBytes(StandardCharsets.UTF_8);
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
            }
            final List<String> told = decode(bytes);
            final String last = told.get(told.size() - 1);
            assertEquals(
                    true,
                    last.equals(EventType.UNPARSED.name()) || last.contains(" gave "),
                    () -> "seed " + SEED + ": " + new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
