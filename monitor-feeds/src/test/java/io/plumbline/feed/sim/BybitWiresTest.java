package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.RestRequest;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulated categories against the monitor's own side: two readings of one documentation. */
class BybitWiresTest extends WireTalk {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final List<Level> CHANGES =
            List.of(new Level(true, "65083", "0"), new Level(false, "65090", "2"));

    @Test
    void linear() {
        final BybitWire wire = new BybitWire(BybitWire.Category.LINEAR);
        final Venue venue = Venues.find("bybit-linear");
        final VenueWire.Client client = wire.open("/v5/public/linear", NOW_NS);
        final VenueWire.Client second = wire.open("/v5/public/linear", NOW_NS);
        final Dialogue dialogue = venue.dialogue();
        subscribe(
                client,
                dialogue,
                List.of(
                        "orderbook.1.BTCUSDT",
                        "tickers.BTCUSDT",
                        "publicTrade.BTCUSDT",
                        "orderbook.200.BTCUSDT",
                        "tickers.NOPEUSDT"));
        client.answer(dialogue.ping(), NOW_NS, out);
        client.answer("hello", NOW_NS, out);
        subscribe(client, dialogue, List.of("tickers.BTCUSDT"));
        assertEquals(
                List.of(
                        "ACK 1",
                        "ERROR 2 error:handler not found,topic:tickers.NOPEUSDT",
                        "HEARTBEAT -1",
                        "ERROR -1 error:request json format error",
                        "ERROR 1 error:already subscribed,topic:tickers.BTCUSDT"),
                controls(dialogue));

        final SimulatedInstrument btc = wire.instruments().get(0);
        client.word(trade(btc, 71), out);
        client.word(quote(btc, "65083.1", "65083.2"), out);
        final List<MarketMove> books =
                IntStream.range(0, 2)
                        .mapToObj(i -> book(btc, i, CHANGES, side(true, 3), side(false, 2)))
                        .toList();
        books.forEach(move -> client.word(move, out));
        assertEquals(
                List.of(
                        "trade BTC/USDT:USDT 35 E price=65083.1",
                        "ticker BTC/USDT:USDT 1 E price=65083.1 bid=65083.1 ask=65083.2",
                        "markPrice BTC/USDT:USDT 1 E mark=65083.111 index=65083.1",
                        "bookTicker BTC/USDT:USDT 1 E bid=65083.1 ask=65083.2",
                        "depth BTC/USDT:USDT SNAPSHOT 5 15076951 E",
                        "depth BTC/USDT:USDT DELTA 2 15076952 E"),
                events(venue, btc));

        subscribe(second, dialogue, List.of("orderbook.200.BTCUSDT"));
        controls(dialogue);
        second.word(books.get(1), out);
        assertEquals(
                List.of("depth BTC/USDT:USDT SNAPSHOT 5 15076952 E"),
                events(venue, btc),
                "the numbers are the venue's, on every connection");
    }

    @Test
    void spot() {
        final BybitWire wire = new BybitWire(BybitWire.Category.SPOT);
        final Venue venue = Venues.find("bybit-spot");
        final VenueWire.Client client = wire.open("/v5/public/spot", NOW_NS);
        final Dialogue dialogue = venue.dialogue();
        subscribe(client, dialogue, List.of("orderbook.1.BTCUSDT", "tickers.BTCUSDT"));
        client.answer(
                "{\"op\":\"subscribe\",\"args\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\","
                        + "\"i\",\"j\",\"k\"]}",
                NOW_NS,
                out);
        client.answer("{\"op\":\"subscribe\",\"args\":[\"publicTrade.BTCUSDT\"]}", NOW_NS, out);
        assertEquals(
                List.of("ACK 1", "ERROR -1 error:args size is invalid", "ACK -1"),
                controls(dialogue));
        final SimulatedInstrument btc = wire.instruments().get(0);
        client.word(quote(btc, "65083.1", "65083.2"), out);
        client.word(trade(btc, 71), out);
        assertEquals(
                List.of(
                        "ticker BTC/USDT 1 E price=65083.1",
                        "bookTicker BTC/USDT 1 E bid=65083.1 ask=65083.2",
                        "trade BTC/USDT 35 E price=65083.1"),
                events(venue, btc));
    }

    /** Best prices that did not change are sent again; a ticker's change holds what changed. */
    @Test
    void shouldRepeatBestPricesAndTellChangesOfTickers() {
        final BybitWire wire = new BybitWire(BybitWire.Category.INVERSE);
        final VenueWire.Client client = wire.open("/v5/public/inverse", NOW_NS);
        final Dialogue dialogue = Venues.find("bybit-inverse").dialogue();
        subscribe(client, dialogue, List.of("orderbook.1.BTCUSD", "tickers.BTCUSD"));
        controls(dialogue);
        final SimulatedInstrument btc = wire.instruments().get(0);
        client.word(quote(btc, "65083.1", "65083.2"), out);
        client.word(quote(btc, "65083.1", "65083.3"), out);
        assertEquals(4, said.size());
        assertEquals(
                "{\"symbol\":\"BTCUSD\",\"ask1Price\":\"65083.3\"},\"cs\":1}",
                said.get(2).substring(said.get(2).indexOf("{\"symbol")));
        said.clear();
        final MarketMove trade = trade(btc, 1);
        client.word(
                new MarketMove(
                        btc,
                        MarketMove.Kind.TRADE,
                        NOW_NS + 3 * SECOND_NS,
                        trade.trade(),
                        null,
                        null),
                out);
        assertEquals(
                List.of("bookTicker BTC/USD:BTC 1 bid=65083.1 ask=65083.3"),
                events(Venues.find("bybit-inverse"), btc));
    }

    @ParameterizedTest
    @EnumSource
    void ticksAsTheVenueLists(final BybitWire.Category category) throws IOException {
        final BybitWire wire = new BybitWire(category);
        final Venue venue = Venues.find(wire.venue());
        final List<Venue.Reference> listed = new ArrayList<>();
        RestRequest request = venue.referenceRequests(null, Venue.Access.NONE).get(0);
        int pages = 0;
        for (; request != null; pages++) {
            final String asked = request.uri().getRawPath() + '?' + request.uri().getRawQuery();
            final byte[] body = wire.rest().get(asked).getBytes(StandardCharsets.UTF_8);
            final Venue.ReferencePage page =
                    venue.references(request, new ByteArrayInputStream(body));
            listed.addAll(page.listed());
            request = page.next();
        }
        assertEquals(category == BybitWire.Category.SPOT ? 1 : 2, pages);
        assertEquals(
                wire.instruments().stream()
                        .map(i -> new Venue.Reference(i.venueSymbol(), i.tickSize(), i.symbol()))
                        .toList(),
                listed);
    }
}
