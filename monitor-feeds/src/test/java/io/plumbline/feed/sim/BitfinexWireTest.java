package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.feed.sim.MarketMove.Book;
import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.BookAction;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulated Bitfinex against the monitor's own side: two readings of one documentation. */
class BitfinexWireTest {
    private static final long NOW_NS = 1_767_323_045_123_000_000L;
    private static final long MINUTE_NS = 60_000_000_000L;

    private final List<String> said = new ArrayList<>();
    private final VenueWire.Out out =
            new VenueWire.Out() {
                @Override
                public void text(final String message) {
                    said.add(message);
                }

                @Override
                public void binary(final byte[] message) {
                    throw new AssertionError("no binary message");
                }

                @Override
                public void close(final int status, final String reason) {
                    said.add("close " + status);
                }
            };
    private final BitfinexWire wire = new BitfinexWire();
    private final VenueWire.Client client = wire.open("/ws/2", NOW_NS);
    private final Venue venue = Venues.find("bitfinex");
    private final Dialogue dialogue = venue.dialogue();
    private final Instruments instruments = new Instruments();
    private final MessageDecoder decoder =
            venue.decoder(
                    instruments,
                    (name, symbol) -> instruments.add(name, venue.toSymbol(symbol), symbol));

    @Test
    void conversation() {
        client.greet(out);
        dialogue.requests(
                        List.of("ticker:tBTCUSD", "trades:tBTCUSD", "book:tBTCUSD", "book:tNOSUCH"))
                .forEach(request -> client.answer(request.text(), NOW_NS, out));
        client.answer(dialogue.ping(), NOW_NS, out);
        client.answer(
                "{\"event\":\"subscribe\",\"channel\":\"book\",\"symbol\":\"tBTCUSD\"}",
                NOW_NS,
                out);
        client.answer("{\"event\":\"nonsense\"}", NOW_NS, out);
        client.answer("{", NOW_NS, out);
        final List<String> asked = List.copyOf(said);
        assertEquals(
                List.of(
                        "OTHER -1",
                        "ACK 1",
                        "ACK 2",
                        "ACK 3",
                        "data trades:tBTCUSD",
                        "ACK 4",
                        "ERROR 5 code 10300 symbol: invalid tNOSUCH",
                        "HEARTBEAT -1",
                        "ERROR 4 code 10301 subscribe: dup tBTCUSD",
                        "ERROR -1 code 10000 unknown event",
                        "ERROR -1 code 10000 json: invalid"),
                controls());
        assertEquals(List.of(), events(asked).stream().filter(e -> e.contains("depth")).toList());

        final SimulatedInstrument btc = wire.instruments().get(0);
        final List<Level> bids =
                List.of(new Level(true, "65083", "1.500"), new Level(true, "65082", "0.250"));
        final List<Level> asks = List.of(new Level(false, "65084", "2.000"));
        final List<Level> changes =
                List.of(new Level(true, "65083", "0"), new Level(false, "65084", "2.000"));
        client.word(
                new MarketMove(
                        btc,
                        MarketMove.Kind.TRADE,
                        NOW_NS,
                        new MarketMove.Trade(71, "65083", "0.010", true),
                        null,
                        null),
                out);
        client.word(
                new MarketMove(
                        btc,
                        MarketMove.Kind.QUOTE,
                        NOW_NS,
                        null,
                        new MarketMove.Quote(5, "65083", "1.500", "65084", "2.000", "65083"),
                        null),
                out);
        client.word(book(btc, new Book(0, 1, 2, changes, bids, asks)), out);
        client.word(book(btc, new Book(2, 3, 4, changes, bids.subList(1, 2), asks)), out);
        client.step(NOW_NS + MINUTE_NS, out);
        assertEquals(
                List.of(
                        "MARKET trade 2 71 E price=65083 quantity=0.01",
                        "IGNORED trade 3",
                        "MARKET bookTicker 4 bid=65083 ask=65084",
                        "MARKET ticker price=65083 bid=65083 ask=65084",
                        "MARKET depth 5 SNAPSHOT 3",
                        "MARKET depth 6 DELTA 0 checksum=" + sum("65083:1.5:65084:-2:65082:0.25"),
                        "MARKET depth 7 DELTA 1",
                        "MARKET depth 8 DELTA 1",
                        "MARKET depth 9 DELTA 0 checksum=" + sum("65082:0.25:65084:-2"),
                        "HEARTBEAT 10",
                        "HEARTBEAT 11",
                        "HEARTBEAT 12"),
                events(said));
        said.clear();
        client.announceEnd(NOW_NS, out);
        assertEquals(
                List.of("SHUTDOWN -1 the server restarts: Stopping. Please try to reconnect"),
                controls());
        client.answer("{\"event\":\"unsubscribe\",\"chanId\":17472}", NOW_NS, out);
        client.answer("{\"event\":\"unsubscribe\",\"chanId\":17472}", NOW_NS, out);
        client.word(book(btc, new Book(4, 5, 6, changes, bids, asks)), out);
        assertEquals(
                List.of("OTHER -1", "ERROR -1 code 10401 unsubscribe: invalid"),
                controls().stream().map(words -> words.split(" \\{")[0]).toList());
    }

    @Test
    void shouldNotNumberOrSumWithoutTheFlags() {
        client.answer(
                "{\"event\":\"subscribe\",\"channel\":\"book\",\"symbol\":\"tBTCUSD\"}",
                NOW_NS,
                out);
        said.clear();
        final SimulatedInstrument btc = wire.instruments().get(0);
        client.word(
                book(
                        btc,
                        new Book(
                                0,
                                1,
                                2,
                                List.of(),
                                List.of(new Level(true, "65083", "1.500")),
                                List.of())),
                out);
        assertEquals(List.of("[17470,[[65083,1,1.5]]]"), said);
    }

    @Test
    void shouldGrantTheChannelsThatItHas() {
        for (final SimulatedInstrument instrument : wire.instruments()) {
            for (final String channel : List.of("ticker", "trades", "book")) {
                client.answer(
                        "{\"event\":\"subscribe\",\"channel\":\""
                                + channel
                                + "\",\"symbol\":\""
                                + instrument.venueSymbol()
                                + "\"}",
                        NOW_NS,
                        out);
            }
        }
        assertEquals(12, said.stream().filter(text -> text.contains("subscribed")).count());
        client.answer(
                "{\"event\":\"subscribe\",\"channel\":\"candles\",\"symbol\":\"tBTCUSD\"}",
                NOW_NS,
                out);
        assertEquals(
                "{\"event\":\"error\",\"channel\":\"candles\",\"symbol\":\"tBTCUSD\",\"msg\":"
                        + "\"channel: unknown\",\"code\":10302}",
                said.get(said.size() - 1));
    }

    @Test
    void shouldListWhatItTrades() throws IOException {
        final String list = wire.rest().values().iterator().next();
        assertEquals(
                wire.instruments().stream()
                        .map(i -> new Venue.Reference(i.venueSymbol(), "", i.symbol()))
                        .toList(),
                venue.references(
                                null,
                                new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)))
                        .listed());
    }

    private static long sum(final String text) {
        final java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(text.getBytes(StandardCharsets.US_ASCII));
        return sum.getValue();
    }

    private static MarketMove book(final SimulatedInstrument instrument, final Book book) {
        return new MarketMove(instrument, MarketMove.Kind.BOOK, NOW_NS, null, null, book);
    }

    /** What the dialogue makes of what was said; data by its stream. */
    private List<String> controls() {
        final List<String> controls = new ArrayList<>();
        for (final String text : said) {
            final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            final Dialogue.Control control = dialogue.control(bytes);
            if (control == null) {
                controls.add("data " + dialogue.streamOf(bytes));
            } else {
                final boolean other = control.kind() == Dialogue.Control.Kind.OTHER;
                controls.add(
                        (control.kind() + " " + control.id() + " " + (other ? "" : control.text()))
                                .strip());
            }
        }
        said.clear();
        return controls;
    }

    private List<String> events(final List<String> messages) {
        final List<String> events = new ArrayList<>();
        final InboundMessage message = new InboundMessage();
        final MarketEvent draft = new MarketEvent();
        for (final String text : messages) {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            message.set(InboundType.FRAME_TEXT, 0, 1, 0, NOW_NS, bytes, 0, bytes.length);
            decoder.decode(message, draft.clear(), event -> events.add(words(event)));
        }
        return events;
    }

    private static String words(final MarketEvent event) {
        final StringBuilder out = new StringBuilder(event.type.name());
        if (!event.channel.label().isEmpty()) {
            out.append(' ').append(event.channel.label());
        }
        if (event.connectionSequence != MarketEvent.NONE) {
            out.append(' ').append(event.connectionSequence);
        }
        if (event.book != BookAction.NONE) {
            out.append(' ').append(event.book).append(' ').append(event.levels.count());
        }
        if (event.lastSequence != MarketEvent.NONE) {
            out.append(' ').append(event.lastSequence);
        }
        if (event.checksum != MarketEvent.NONE) {
            out.append(" checksum=").append(event.checksum);
        }
        out.append(event.venueNs == NOW_NS && event.channel.label().length() > 0 ? " E" : "");
        out.append(event.price.isGiven() ? " price=" + event.price : "");
        out.append(event.quantity.isGiven() ? " quantity=" + event.quantity : "");
        out.append(event.bid.isGiven() ? " bid=" + event.bid : "");
        out.append(event.ask.isGiven() ? " ask=" + event.ask : "");
        return out.toString();
    }
}
