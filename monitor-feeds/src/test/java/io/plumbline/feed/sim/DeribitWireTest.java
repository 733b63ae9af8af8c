package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.sim.MarketMove.Book;
import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulated venue's words, and what the monitor's own side makes of its answers. */
class DeribitWireTest {
    private static final long NOW_NS = 1_767_323_045_123_456_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final DeribitWire wire = new DeribitWire();
    private final Venue venue = Venues.find("deribit");
    private final SimulatedInstrument perpetual = wire.instruments().get(0);
    private final VenueWire.Client client = wire.open("/ws/api/v2", NOW_NS);
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
                    said.add("close " + status + " " + reason);
                }
            };

    @Test
    void shouldLeaveUnknownStreamsOutOfItsAnswer() {
        assertTrue(wire.serves("/ws/api/v2"));
        subscribe("book.BTC_USDC-PERPETUAL.100ms", "trades.NOPE.100ms");
        assertEquals(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"ok\",\"usIn\":1767323045123456,"
                        + "\"usOut\":1767323045123456,\"usDiff\":0,\"testnet\":false}",
                said.get(0));
        assertEquals(
                List.of("ACK 1 ", "ERROR 2 1 of 3 streams left out: trades.NOPE.100ms"),
                controls());
    }

    @Test
    void shouldRefuseWhatIsNotOpenToAll() {
        for (final String request :
                List.of(
                        "{\"id\":5,\"method\":\"public/subscribe\",\"params\":{\"channels\":"
                                + "[\"book.BTC-PERPETUAL.raw\"]}}",
                        "{\"id\":6,\"method\":\"public/set_heartbeat\",\"params\":{\"interval\":"
                                + "5}}",
                        "{\"id\":7,\"method\":\"private/buy\"}",
                        "hello")) {
            client.answer(request, NOW_NS, out);
        }
        assertEquals(
                List.of(
                        "ERROR 5 code 13778 raw_subscriptions_not_available_for_unauthorized",
                        "ERROR 6 code -32602 Invalid params",
                        "ERROR 7 code -32601 Method not found",
                        "ERROR -1 code -32700 Parse error"),
                controls());
    }

    @Test
    void shouldDemandATestAndCloseOnWhoOwesIt() {
        subscribe();
        said.clear();
        client.step(NOW_NS + 9 * SECOND_NS, out);
        assertEquals(List.of(), said);
        client.step(NOW_NS + 10 * SECOND_NS, out);
        client.step(NOW_NS + 20 * SECOND_NS, out);
        final Dialogue.Control demand = control(said.get(1));
        assertEquals(List.of("HEARTBEAT -1 ", "HEARTBEAT -1 "), controls());
        client.answer(demand.reply(), NOW_NS + 20 * SECOND_NS, out);
        assertEquals(List.of("HEARTBEAT -1 "), controls());
        client.step(NOW_NS + 30 * SECOND_NS, out);
        client.step(NOW_NS + 40 * SECOND_NS, out);
        said.clear();
        client.step(NOW_NS + 50 * SECOND_NS, out);
        assertEquals(List.of("close 1008 heartbeat not answered"), said);
    }

    @Test
    void shouldSaySoWhenMaintenanceBegins() {
        client.announceEnd(NOW_NS, out);
        assertEquals(List.of(), said);
        subscribe();
        said.clear();
        client.announceEnd(NOW_NS, out);
        assertEquals(List.of("SHUTDOWN -1 the platform goes into maintenance"), controls());
    }

    @Test
    void shouldChainBooksByIdsOfTheWholeVenue() {
        final VenueWire.Client second = wire.open("/ws/api/v2", NOW_NS);
        subscribe("book.BTC_USDC-PERPETUAL.100ms");
        said.clear();
        final Level bid = new Level(true, "61234.5", "2");
        final Level ask = new Level(false, "61235.0", "3");
        final Level more = new Level(false, "61236.0", "1");
        final Level gone = new Level(true, "61234.5", "0");
        final MarketMove first =
                book(perpetual, new Book(0, 1, 1, List.of(bid, ask), List.of(bid), List.of(ask)));
        final MarketMove elsewhere =
                book(wire.instruments().get(1), new Book(0, 1, 1, List.of(), List.of(), List.of()));
        final MarketMove next =
                book(
                        perpetual,
                        new Book(1, 2, 3, List.of(gone, ask, more), List.of(), List.of(ask, more)));
        for (final MarketMove move : List.of(first, elsewhere, next)) {
            client.word(move, out);
        }
        assertEquals(
                List.of(
                        data(
                                "{\"type\":\"snapshot\",\"timestamp\":1767323045123,"
                                        + "\"instrument_name\":\"BTC_USDC-PERPETUAL\","
                                        + "\"change_id\":70000000003,\"bids\":[[\"new\",61234.5,2]"
                                        + "],\"asks\":[[\"new\",61235.0,3]]}"),
                        data(
                                "{\"type\":\"change\",\"timestamp\":1767323045123,"
                                        + "\"prev_change_id\":70000000003,\"instrument_name\":"
                                        + "\"BTC_USDC-PERPETUAL\",\"change_id\":70000000009,"
                                        + "\"bids\":[[\"delete\",61234.5,0.0]],\"asks\":[["
                                        + "\"change\",61235.0,3],[\"new\",61236.0,1]]}")),
                said);

        said.clear();
        second.answer(
                "{\"id\":1,\"method\":\"public/subscribe\",\"params\":{\"channels\":["
                        + "\"book.BTC_USDC-PERPETUAL.100ms\"]}}",
                NOW_NS,
                out);
        second.word(next, out);
        assertTrue(said.get(1).contains("\"snapshot\""), said.get(1));
        assertTrue(said.get(1).contains("\"change_id\":70000000009"), "the venue's id");

        said.clear();
        client.answer(
                "{\"id\":2,\"method\":\"public/unsubscribe\",\"params\":{\"channels\":["
                        + "\"book.BTC_USDC-PERPETUAL.100ms\",\"book.NOPE.100ms\"]}}",
                NOW_NS,
                out);
        client.word(first, out);
        assertEquals(1, said.size());
        assertTrue(
                said.get(0).contains("\"result\":[\"book.BTC_USDC-PERPETUAL.100ms\"]"),
                said.get(0));
    }

    @Test
    void shouldListItsInstrumentsWithTheirTicks() throws IOException {
        final String body = wire.rest().get("/api/v2/public/get_instruments");
        assertEquals(
                wire.instruments().stream()
                        .map(each -> new Venue.Reference(each.venueSymbol(), each.tickSize()))
                        .toList(),
                venue.references(
                                null,
                                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                        .listed());
        wire.instruments()
                .forEach(
                        each ->
                                assertEquals(
                                        each.venueSymbol(), venue.toVenueSymbol(each.symbol())));
    }

    private void subscribe(final String... streams) {
        for (final Dialogue.Request request : dialogue.requests(List.of(streams))) {
            client.answer(request.text(), NOW_NS, out);
        }
    }

    private Dialogue.Control control(final String message) {
        return dialogue.control(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
    }

    /** What the dialogue makes of all that was said; forgets it. */
    private List<String> controls() {
        final List<String> words =
                said.stream()
                        .map(this::control)
                        .map(each -> each.kind() + " " + each.id() + " " + each.text())
                        .toList();
        said.clear();
        return words;
    }

    private static String data(final String data) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":"
                + "\"book.BTC_USDC-PERPETUAL.100ms\",\"data\":"
                + data
                + "}}";
    }

    private static MarketMove book(final SimulatedInstrument instrument, final Book book) {
        return new MarketMove(instrument, MarketMove.Kind.BOOK, NOW_NS, null, null, book);
    }
}
