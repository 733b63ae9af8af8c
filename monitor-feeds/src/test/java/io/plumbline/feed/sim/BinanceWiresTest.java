package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.sim.MarketMove.Book;
import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Binance's markets as they are simulated: where each is found, what it lists, how it words. */
class BinanceWiresTest {
    private static final long NOW_NS = 1_795_000_000_123_456_000L;

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

    @ParameterizedTest
    @EnumSource(BinanceMarket.class)
    void shouldListWhatTheMonitorReads(final BinanceMarket market) throws IOException {
        final Venue venue = Venues.find(market.venue());
        final VenueWire wire = new BinanceWire(market, 10);
        assertEquals(wire.serves("/stream"), market != BinanceMarket.USDM);
        assertEquals(wire.serves("/public/stream"), market == BinanceMarket.USDM);
        assertFalse(wire.serves("/ws/api/v2"));
        final String path = venue.referenceRequests(null, Venue.Access.NONE).get(0).uri().getPath();
        assertEquals(
                wire.instruments().stream()
                        .map(
                                each ->
                                        new Venue.Reference(
                                                each.venueSymbol(), each.tickSize(), each.symbol()))
                        .toList(),
                venue.references(
                                null,
                                new ByteArrayInputStream(
                                        wire.rest().get(path).getBytes(StandardCharsets.UTF_8)))
                        .listed());
        wire.instruments()
                .forEach(
                        each ->
                                assertEquals(
                                        each.venueSymbol(), venue.toVenueSymbol(each.symbol())));
    }

    @Test
    void shouldNameThePairOnCoinMarginedContractsAlone() {
        word(BinanceMarket.COINM, "btcusd_perp@depth@100ms");
        word(BinanceMarket.US, "btcusd@depth@100ms");
        assertEquals(
                List.of(
                        "{\"stream\":\"btcusd_perp@depth@100ms\",\"data\":{\"e\":\"depthUpdate\","
                                + "\"E\":1795000000123,\"T\":1795000000123,\"s\":\"BTCUSD_PERP\","
                                + "\"ps\":\"BTCUSD\",\"U\":8,\"u\":9,\"pu\":7,\"b\":[[\"61236.5\","
                                + "\"4\"]],\"a\":[]}}",
                        "{\"stream\":\"btcusd@depth@100ms\",\"data\":{\"e\":\"depthUpdate\","
                                + "\"E\":1795000000123,\"s\":\"BTCUSD\",\"U\":8,\"u\":9,\"b\":[["
                                + "\"61236.5\",\"4\"]],\"a\":[]}}"),
                said);
    }

    private void word(final BinanceMarket market, final String stream) {
        final VenueWire wire = new BinanceWire(market, 10);
        final VenueWire.Client client = wire.open("/stream?streams=" + stream, NOW_NS);
        final Level bid = new Level(true, "61236.5", "4");
        client.word(
                new MarketMove(
                        wire.instruments().get(0),
                        MarketMove.Kind.BOOK,
                        NOW_NS,
                        null,
                        null,
                        new Book(7, 8, 9, List.of(bid), List.of(bid), List.of())),
                out);
    }

    @Test
    void shouldKnowItsOwnVenuesOnly() {
        assertTrue(BinanceMarket.of("binance-us").spot());
        assertThrows(IllegalArgumentException.class, () -> BinanceMarket.of("kraken"));
    }
}
