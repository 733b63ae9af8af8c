package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The simulated venues against the monitor's own side: two readings of one documentation. */
class CoinbaseWiresTest extends WireTalk {
    private static final Pattern NUMBER = Pattern.compile("\"sequence_num\":(\\d+)");

    @Test
    void exchange() {
        final CoinbaseExchangeWire wire = new CoinbaseExchangeWire();
        final Venue venue = Venues.find("coinbase-exchange");
        final VenueWire.Client client = wire.open("/", NOW_NS);
        final Dialogue dialogue = venue.dialogue();
        final SimulatedInstrument btc = wire.instruments().get(0);
        subscribe(
                client,
                dialogue,
                List.of(
                        "ticker:BTC-USD",
                        "matches:BTC-USD",
                        "level2_batch:BTC-USD",
                        "matches:NO-PE",
                        "matches:ETH-USD"));
        client.answer("hello", NOW_NS, out);
        client.answer("{\"type\":\"hello\"}", NOW_NS, out);
        client.answer(
                "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"level2\"]}",
                NOW_NS,
                out);
        client.step(NOW_NS + 1_000_000_000L, out);
        assertEquals(
                List.of(
                        "ACK 1",
                        "ERROR 2 Failed to subscribe: NO-PE is not a valid product",
                        "ACK 3",
                        "ERROR -1 Malformed JSON",
                        "ERROR -1 Type has to be either subscribe or unsubscribe",
                        "ERROR -1 Failed to subscribe: level2 requires authentication",
                        "HEARTBEAT -1",
                        "HEARTBEAT -1"),
                controls(dialogue));

        client.word(trade(btc, 71), out);
        client.word(trade(btc, 72), out);
        client.word(quote(btc, "65083.1", "65083.2"), out);
        final List<Level> changes =
                List.of(new Level(true, "65083", "0"), new Level(false, "65090", "2"));
        client.word(book(btc, 0, changes, side(true, 3), side(false, 2)), out);
        client.word(book(btc, 1, changes, side(true, 3), side(false, 2)), out);
        assertEquals(
                List.of(
                        "trade BTC/USD 71 E price=65083.1",
                        "trade BTC/USD 72 E price=65083.1",
                        "bookTicker BTC/USD 70000003 E bid=65083.1 ask=65083.2",
                        "ticker BTC/USD 70000003 E price=65083.1 bid=65083.1 ask=65083.2",
                        "depth BTC/USD SNAPSHOT 5",
                        "depth BTC/USD DELTA 2 E"),
                events(venue, btc));

        final VenueWire.Client second = wire.open("/", NOW_NS);
        subscribe(second, venue.dialogue(), List.of("matches:BTC-USD"));
        said.removeIf(message -> message.contains("subscriptions"));
        second.word(trade(btc, 72), out);
        second.word(trade(btc, 73), out);
        assertEquals(
                List.of("trade BTC/USD 72 E price=65083.1", "trade BTC/USD 73 E price=65083.1"),
                events(venue, btc));
    }

    @Test
    void advanced() {
        final CoinbaseAdvancedWire wire = new CoinbaseAdvancedWire();
        final Venue venue = Venues.find("coinbase-advanced");
        final VenueWire.Client client = wire.open("/", NOW_NS);
        final Dialogue dialogue = venue.dialogue();
        final SimulatedInstrument btc = wire.instruments().get(0);
        subscribe(
                client,
                dialogue,
                List.of(
                        "ticker:BTC-USD",
                        "market_trades:BTC-USD",
                        "level2:BTC-USD",
                        "level2:NO-PE"));
        client.answer("hello", NOW_NS, out);
        client.answer("{\"type\":\"hello\"}", NOW_NS, out);
        client.answer("{\"type\":\"subscribe\",\"channel\":\"user\"}", NOW_NS, out);
        client.step(NOW_NS + 1_000_000_000L, out);
        assertEquals(List.of(0, 1, 2, 3, 4, 5), numbers());
        assertEquals(
                List.of(
                        "ACK 1",
                        "ACK 2",
                        "ACK 3",
                        "ACK 4",
                        "ERROR 5 NO-PE is not a valid product",
                        "ERROR -1 failed to parse message",
                        "ERROR -1 subscribe or unsubscribe required",
                        "ERROR -1 channel user is not supported",
                        "HEARTBEAT -1"),
                controls(dialogue));

        client.word(trade(btc, 71), out);
        client.word(trade(btc, 72), out);
        client.word(quote(btc, "65083.1", "65083.2"), out);
        final List<Level> changes =
                List.of(new Level(true, "65083", "0"), new Level(false, "65090", "2"));
        client.word(book(btc, 0, changes, side(true, 3), side(false, 2)), out);
        client.word(book(btc, 1, changes, side(true, 3), side(false, 2)), out);
        assertEquals(List.of(6, 7, 8, 9, 10), numbers());
        assertEquals(
                List.of(
                        "trade BTC/USD 71 E price=65083.1",
                        "trade BTC/USD 72 E price=65083.1",
                        "bookTicker BTC/USD E bid=65083.1 ask=65083.2",
                        "ticker BTC/USD E price=65083.1 bid=65083.1 ask=65083.2",
                        "depth BTC/USD SNAPSHOT 5 E",
                        "depth BTC/USD DELTA 2 E"),
                events(venue, btc));

        final VenueWire.Client second = wire.open("/", NOW_NS);
        subscribe(second, venue.dialogue(), List.of("market_trades:BTC-USD"));
        said.removeIf(message -> message.contains("subscriptions"));
        second.word(trade(btc, 72), out);
        second.word(trade(btc, 73), out);
        assertEquals(List.of(1, 3), numbers());
        assertEquals(
                List.of("trade BTC/USD 72 E price=65083.1", "trade BTC/USD 73 E price=65083.1"),
                events(venue, btc));
    }

    /** A venue that sends nothing numbers nothing; what is lost on its way has its number. */
    @Test
    void shouldNotNumberWhatAMuteConnectionDoesNotSend() {
        final CoinbaseAdvancedWire wire = new CoinbaseAdvancedWire();
        final VenueWire.Client client = wire.open("/", NOW_NS);
        final SimulatedInstrument btc = wire.instruments().get(0);
        subscribe(client, Venues.find("coinbase-advanced").dialogue(), List.of("ticker:BTC-USD"));
        said.clear();
        client.word(quote(btc, "65083.1", "65083.2"), new Swallowing(true));
        client.word(quote(btc, "65083.1", "65083.2"), out);
        client.word(quote(btc, "65083.1", "65083.2"), new Swallowing(false));
        client.word(quote(btc, "65083.1", "65083.2"), out);
        assertEquals(List.of(2, 4), numbers());
    }

    private record Swallowing(boolean isMute) implements VenueWire.Out {
        @Override
        public void text(final String message) {}

        @Override
        public void binary(final byte[] message) {}

        @Override
        public void close(final int status, final String reason) {}
    }

    private List<Integer> numbers() {
        return said.stream()
                .map(NUMBER::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }
}
