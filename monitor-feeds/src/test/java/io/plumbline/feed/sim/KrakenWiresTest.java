package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.feed.sim.MarketMove.Book;
import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The simulated venues against the monitor's own side: two readings of one documentation. */
class KrakenWiresTest extends WireTalk {
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
}
