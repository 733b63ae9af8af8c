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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The simulated venues against the monitor's own side: two readings of one documentation. */
class KrakenWiresTest {
    private static final long NOW_NS = 1_767_323_045_123_456_000L;

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
    void spot() {
        final KrakenWire wire = new KrakenWire();
        final Venue venue = Venues.find("kraken");
        final VenueWire.Client client = wire.open("/v2", NOW_NS);
        final Dialogue dialogue = venue.dialogue();
        client.greet(out);
        subscribe(
                client,
                dialogue,
                List.of("ticker:BTC/USD", "trade:BTC/USD", "book:BTC/USD", "trade:NO/PE"));
        client.answer(dialogue.ping(), NOW_NS, out);
        client.step(NOW_NS, out);
        assertEquals(
                List.of(
                        "OTHER -1",
                        "ACK 1",
                        "ACK 2",
                        "ERROR 2 Currency pair not supported NO/PE",
                        "ACK 3",
                        "HEARTBEAT -1",
                        "HEARTBEAT -1"),
                controls(dialogue));

        final SimulatedInstrument btc = wire.instruments().get(0);
        client.word(trade(btc, 71), out);
        client.word(quote(btc, "65083.1", "65083.2"), out);
        client.word(quote(btc, "65083.1", "65083.2"), out);
        client.word(book(btc, 0, List.of(), side(true, 3), side(false, 2)), out);
        client.word(book(btc, 1, List.of(), side(true, 3), side(false, 2)), out);
        client.word(book(btc, 2, List.of(), side(true, 2), side(false, 2)), out);
        assertEquals(
                List.of(
                        "trade BTC/USD 71 E price=65083.1",
                        "bookTicker BTC/USD bid=65083.1 ask=65083.2",
                        "ticker BTC/USD price=65083.1 bid=65083.1 ask=65083.2",
                        "depth BTC/USD SNAPSHOT 5 checksum E",
                        "depth BTC/USD DELTA 1 checksum E"),
                events(venue, btc));
        ((KrakenClient) client).announceEnd(NOW_NS, out);
        assertEquals(List.of("SHUTDOWN -1 the system goes into maintenance"), controls(dialogue));
    }

    @Test
    void futures() {
        final KrakenFuturesWire wire = new KrakenFuturesWire();
        final Venue venue = Venues.find("kraken-futures");
        final VenueWire.Client client = wire.open("/ws/v1", NOW_NS);
        final VenueWire.Client second = wire.open("/ws/v1", NOW_NS);
        final Dialogue dialogue = venue.dialogue();
        client.greet(out);
        subscribe(
                client,
                dialogue,
                List.of("ticker:PF_XBTUSD", "trade:PF_XBTUSD", "book:PF_XBTUSD", "book:PF_NOPE"));
        client.answer("hello", NOW_NS, out);
        client.step(NOW_NS + 1_000_000_000L, out);
        assertEquals(
                List.of(
                        "OTHER -1",
                        "ACK 1",
                        "ACK 2",
                        "ACK 3",
                        "ACK 4",
                        "ERROR -1 Invalid product id",
                        "ERROR -1 Bad websocket message",
                        "HEARTBEAT -1"),
                controls(dialogue));

        final SimulatedInstrument btc = wire.instruments().get(0);
        final List<Level> changes =
                List.of(new Level(true, "65083", "0"), new Level(false, "65090", "2"));
        client.word(trade(btc, 71), out);
        client.word(quote(btc, "65083.1", "65083.2"), out);
        final List<MarketMove> books =
                IntStream.range(0, 2)
                        .mapToObj(i -> book(btc, i, changes, side(true, 3), side(false, 2)))
                        .toList();
        books.forEach(move -> client.word(move, out));
        assertEquals(
                List.of(
                        "trade BTC/USD:USD 71 E price=65083.1",
                        "bookTicker BTC/USD:USD E bid=65083.1 ask=65083.2",
                        "ticker BTC/USD:USD E price=65083.1 bid=65083.1 ask=65083.2",
                        "markPrice BTC/USD:USD E mark=65083.1 index=65083.1",
                        "depth BTC/USD:USD SNAPSHOT 5 5000002 E",
                        "depth BTC/USD:USD DELTA 1 5000003 E",
                        "depth BTC/USD:USD DELTA 1 5000004 E"),
                events(venue, btc));

        second.answer(
                "{\"event\":\"subscribe\",\"feed\":\"book\",\"product_ids\":[\"pf_xbtusd\"]}",
                NOW_NS,
                out);
        controls(dialogue);
        second.word(books.get(1), out);
        assertEquals(
                List.of("depth BTC/USD:USD SNAPSHOT 5 5000004 E"),
                events(venue, btc),
                "the numbers are the venue's, on every connection");
    }

    @Test
    void ticksAsTheVenueLists() throws IOException {
        for (final String name : List.of("kraken", "kraken-futures")) {
            final boolean spot = name.equals("kraken");
            final String body =
                    (spot ? new KrakenWire().rest() : new KrakenFuturesWire().rest())
                            .values()
                            .iterator()
                            .next();
            final Venue venue = Venues.find(name);
            assertEquals(
                    (spot ? new KrakenWire().instruments() : new KrakenFuturesWire().instruments())
                            .stream()
                                    .map(
                                            i ->
                                                    new Venue.Reference(
                                                            i.venueSymbol(),
                                                            i.tickSize(),
                                                            i.symbol()))
                                    .toList(),
                    venue.references(
                                    null,
                                    new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                            .listed());
        }
    }

    /** The example of the venue's own documentation. */
    @Test
    void checksumOfTheDocumentedExample() {
        final List<Level> asks =
                IntStream.range(0, 10).mapToObj(i -> level(false, 5_005 + 5 * i)).toList();
        final List<Level> bids =
                IntStream.of(5_000, 4_995, 4_990, 4_980, 4_975, 4_970, 4_965, 4_960, 4_955, 4_950)
                        .mapToObj(price -> level(true, price))
                        .toList();
        final KrakenWindow window = new KrakenWindow(25);
        assertEquals(20, window.changes(new Book(0, 1, 1, List.of(), bids, asks)).size());
        assertEquals(974_947_235L, window.checksum());
    }

    @Test
    void shouldNeverDeleteWhatFallsOutOfTheWindow() {
        final KrakenWindow window = new KrakenWindow(2);
        final List<String> changes = new ArrayList<>();
        for (final List<Integer> prices :
                List.of(
                        List.of(50, 40, 30),
                        List.of(60, 50, 40),
                        List.of(60, 40, 30),
                        List.of(60))) {
            final List<Level> bids = prices.stream().map(price -> level(true, price)).toList();
            changes.add(
                    window.changes(new Book(0, 1, 1, List.of(), bids, List.of())).stream()
                            .map(level -> level.price() + " x " + level.size())
                            .toList()
                            .toString());
        }
        assertEquals(
                List.of(
                        "[0.00050 x 0.00000500, 0.00040 x 0.00000500]",
                        "[0.00060 x 0.00000500]",
                        "[0.00040 x 0.00000500, 0.00050 x 0]",
                        "[0.00040 x 0]"),
                changes);
    }

    private static Level level(final boolean bid, final int price) {
        return new Level(bid, String.format("0.%05d", price), "0.00000500");
    }

    private void subscribe(
            final VenueWire.Client client, final Dialogue dialogue, final List<String> streams) {
        for (final Dialogue.Request request : dialogue.requests(streams)) {
            client.answer(request.text(), NOW_NS, out);
        }
    }

    /** What the dialogue makes of all that was said and is no data; forgets it. */
    private List<String> controls(final Dialogue dialogue) {
        final List<String> words = new ArrayList<>();
        for (final String message : said) {
            final Dialogue.Control control =
                    dialogue.control(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
            if (control != null) {
                final boolean shown =
                        control.kind() == Dialogue.Control.Kind.ERROR
                                || control.kind() == Dialogue.Control.Kind.SHUTDOWN;
                words.add(
                        control.kind() + " " + control.id() + (shown ? " " + control.text() : ""));
            }
        }
        said.clear();
        return words;
    }

    /** What the decoder makes of all that was said; forgets it. */
    private List<String> events(final Venue venue, final SimulatedInstrument instrument) {
        final Instruments instruments = new Instruments();
        instruments.add(venue.name(), instrument.symbol(), instrument.venueSymbol());
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
        words.append(event.lastSequence == MarketEvent.NONE ? "" : " " + event.lastSequence);
        words.append(event.checksum == MarketEvent.NONE ? "" : " checksum");
        final boolean stamped = event.venueNs / 1_000_000 == NOW_NS / 1_000_000;
        words.append(stamped ? " E" : "");
        words.append(event.price.isGiven() ? " price=" + event.price : "");
        words.append(event.bid.isGiven() ? " bid=" + event.bid : "");
        words.append(event.ask.isGiven() ? " ask=" + event.ask : "");
        words.append(event.mark.isGiven() ? " mark=" + event.mark : "");
        words.append(event.index.isGiven() ? " index=" + event.index : "");
        return words.toString();
    }

    private static MarketMove trade(final SimulatedInstrument instrument, final long id) {
        return new MarketMove(
                instrument,
                MarketMove.Kind.TRADE,
                NOW_NS,
                new MarketMove.Trade(id, "65083.1", "0.01000000", true),
                null,
                null);
    }

    private static MarketMove quote(
            final SimulatedInstrument instrument, final String bid, final String ask) {
        return new MarketMove(
                instrument,
                MarketMove.Kind.QUOTE,
                NOW_NS,
                null,
                new MarketMove.Quote(1, bid, "1.00000000", ask, "2.00000000", bid),
                null);
    }

    private static MarketMove book(
            final SimulatedInstrument instrument,
            final long previous,
            final List<Level> changes,
            final List<Level> bids,
            final List<Level> asks) {
        return new MarketMove(
                instrument,
                MarketMove.Kind.BOOK,
                NOW_NS,
                null,
                null,
                new Book(previous, previous + 1, previous + 1, changes, bids, asks));
    }

    private static List<Level> side(final boolean bid, final int levels) {
        return IntStream.range(0, levels)
                .mapToObj(i -> new Level(bid, (bid ? 65_083 - i : 65_084 + i) + ".0", "1.00000000"))
                .toList();
    }
}
