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

/** The simulated hub against the monitor's own side: two readings of one documentation. */
class ProjectXWireTest {
    private static final long NOW_NS = 1_786_000_000_123_456_700L;

    private final Venue venue = Venues.find("projectx");
    private final ProjectXWire wire = new ProjectXWire();
    private final SimulatedInstrument mnq = wire.instruments().get(0);
    private final Dialogue dialogue = venue.dialogue();
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

    @Test
    void shouldSpeakAsTheHubDoes() {
        final VenueWire.Client client = wire.open("/hubs/market?access_token=x", NOW_NS);
        for (final Dialogue.Request request :
                dialogue.requests(
                        List.of(
                                "Quotes:CON.F.US.MNQ.U26",
                                "Trades:CON.F.US.MNQ.U26",
                                "MarketDepth:CON.F.US.MNQ.U26",
                                "Trades:CON.F.US.NOSUCH.U26"))) {
            client.answer(request.text(), NOW_NS, out);
        }
        client.answer(dialogue.keepAlive(), NOW_NS, out);
        client.step(NOW_NS + 1_000_000_000L, out);
        assertEquals(
                List.of(
                        "ACK 1",
                        "HEARTBEAT -1",
                        "ACK 2",
                        "HEARTBEAT -1",
                        "ACK 3",
                        "HEARTBEAT -1",
                        "ACK 4",
                        "HEARTBEAT -1",
                        "ERROR 5",
                        "HEARTBEAT -1"),
                controls());

        client.word(trade(), out);
        client.word(quote("29547.00", "29547.25"), out);
        client.word(quote("29547.00", "29547.50"), out);
        client.word(book(List.of(), level(true, 29_547), level(false, 29_548)), out);
        client.word(book(List.of(level(true, 29_546)), level(true, 29_547)), out);
        assertEquals(
                List.of(
                        "trade MNQ/USD:USD-2609 E price=29547.25 quantity=2",
                        "bookTicker MNQ/USD:USD-2609 E bid=29547 ask=29547.25",
                        "ticker MNQ/USD:USD-2609 E price=29547.25",
                        "bookTicker MNQ/USD:USD-2609 E bid=29547 ask=29547.5",
                        "depth MNQ/USD:USD-2609 SNAPSHOT 2 E",
                        "depth MNQ/USD:USD-2609 DELTA 1 E"),
                events());
        client.announceEnd(NOW_NS, out);
        assertEquals(List.of("SHUTDOWN -1"), controls());
    }

    @Test
    void shouldRefuseWhoDoesNotShakeHandsFirst() {
        wire.open("/hubs/market", NOW_NS).answer("{\"type\":6}\u001e", NOW_NS, out);
        assertEquals(
                List.of("{\"error\":\"The protocol is not supported.\"}\u001e", "close 1000"),
                said);
    }

    @Test
    void ticksAsTheVenueLists() throws IOException {
        final String body = wire.rest().values().iterator().next();
        assertEquals(
                wire.instruments().stream()
                        .map(i -> new Venue.Reference(i.venueSymbol(), i.tickSize(), i.symbol()))
                        .toList(),
                venue.references(
                                null,
                                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                        .listed());
    }

    /** What the dialogue makes of all records that are no data; forgets them. */
    private List<String> controls() {
        final List<String> words = new ArrayList<>();
        for (final String message : said) {
            final ByteBuffer frame = ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8));
            for (final int end = frame.limit(); frame.hasRemaining(); ) {
                frame.limit(frame.position() + dialogue.recordLength(frame));
                final Dialogue.Control control = dialogue.control(frame);
                if (control != null) {
                    words.add(control.kind() + " " + control.id());
                }
                frame.position(frame.limit()).limit(end);
            }
        }
        said.clear();
        return words;
    }

    /** What the decoder makes of all that was said; forgets it. */
    private List<String> events() {
        final Instruments instruments = new Instruments();
        instruments.add(venue.name(), mnq.symbol(), mnq.venueSymbol());
        final MessageDecoder decoder = venue.decoder(instruments, Venue.UnknownSymbols.IGNORE);
        final MarketEvent draft = new MarketEvent();
        final InboundMessage message = new InboundMessage();
        final List<String> words = new ArrayList<>();
        for (final String text : said) {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            message.set(InboundType.FRAME_TEXT, 2, 1, 0, 5, bytes, 0, bytes.length);
            decoder.decode(message, draft.clear(), event -> words.add(words(event, instruments)));
        }
        said.clear();
        return words;
    }

    private static String words(final MarketEvent event, final Instruments instruments) {
        final StringBuilder words = new StringBuilder(event.channel.label());
        words.append(' ').append(instruments.instrument(event.instrument).symbol());
        if (event.book != BookAction.NONE) {
            words.append(' ').append(event.book).append(' ').append(event.levels.count());
        }
        words.append(event.venueNs == NOW_NS ? " E" : "");
        words.append(event.price.isGiven() ? " price=" + event.price : "");
        words.append(event.quantity.isGiven() ? " quantity=" + event.quantity : "");
        words.append(event.bid.isGiven() ? " bid=" + event.bid : "");
        words.append(event.ask.isGiven() ? " ask=" + event.ask : "");
        return words.toString();
    }

    private MarketMove trade() {
        return new MarketMove(
                mnq,
                MarketMove.Kind.TRADE,
                NOW_NS,
                new MarketMove.Trade(1, "29547.25", "2", true),
                null,
                null);
    }

    private MarketMove quote(final String bid, final String ask) {
        return new MarketMove(
                mnq,
                MarketMove.Kind.QUOTE,
                NOW_NS,
                null,
                new MarketMove.Quote(1, bid, "1", ask, "2", "29547.25"),
                null);
    }

    private MarketMove book(final List<Level> changes, final Level... sides) {
        final List<Level> bids = List.of(sides).stream().filter(Level::bid).toList();
        final List<Level> asks = List.of(sides).stream().filter(level -> !level.bid()).toList();
        return new MarketMove(
                mnq,
                MarketMove.Kind.BOOK,
                NOW_NS,
                null,
                null,
                new Book(0, 1, 1, changes, bids, asks));
    }

    private static Level level(final boolean bid, final int price) {
        return new Level(bid, price + ".00", "3");
    }
}
