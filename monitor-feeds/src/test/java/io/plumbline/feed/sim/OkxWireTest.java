package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.sim.MarketMove.Book;
import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.RestRequest;
import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.Venues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The simulated venue's words, and what the monitor's own side makes of its answers. */
class OkxWireTest {
    private static final long NOW_NS = 1_767_323_045_123_456_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final OkxWire wire = new OkxWire();
    private final Venue venue = Venues.find("okx");
    private final SimulatedInstrument swap = wire.instruments().get(0);
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
    void shouldAnswerEveryStreamByItself() {
        assertTrue(wire.serves("/ws/v5/public") && wire.serves("/ws/v5/business"));
        assertFalse(wire.serves("/ws/v5/private"));
        final VenueWire.Client client = wire.open("/ws/v5/public", NOW_NS);
        final Dialogue dialogue = venue.dialogue();
        subscribe(
                client,
                dialogue,
                "books:BTC-USDT-SWAP",
                "trades-all:BTC-USDT-SWAP",
                "books:NO-PE",
                "tickers:ETH-USDT");
        client.answer(dialogue.ping(), NOW_NS, out);
        client.answer("hello", NOW_NS, out);
        client.announceEnd(NOW_NS, out);
        assertEquals(
                List.of(
                        "ACK 1",
                        "ERROR 1",
                        "ERROR 1",
                        "ACK 1",
                        "HEARTBEAT -1",
                        "ERROR -1",
                        "SHUTDOWN -1"),
                controls(dialogue));
        client.answer(
                "{\"op\":\"unsubscribe\",\"args\":[{\"channel\":\"tickers\",\"instId\":"
                        + "\"ETH-USDT\"}]}",
                NOW_NS,
                out);
        assertEquals(
                "{\"event\":\"unsubscribe\",\"arg\":{\"channel\":\"tickers\",\"instId\":"
                        + "\"ETH-USDT\"},\"connId\":\"a4d3ae55\"}",
                said.get(0));
        final StringBuilder tooLong = new StringBuilder("{\"op\":\"subscribe\",\"args\":[");
        while (tooLong.length() < 70_000) {
            tooLong.append("{\"channel\":\"books\",\"instId\":\"BTC-USDT-SWAP\"},");
        }
        said.clear();
        client.answer(tooLong.append("{}]}").toString(), NOW_NS, out);
        assertEquals(List.of("ERROR -1"), controls(dialogue));
    }

    @Test
    void shouldChainBooksAndSayThatNothingChanged() {
        final VenueWire.Client client = wire.open("/ws/v5/public", NOW_NS);
        subscribe(client, venue.dialogue(), "books:BTC-USDT-SWAP");
        said.clear();
        final Level bid = new Level(true, "65083.1", "2.000");
        final Level ask = new Level(false, "65083.2", "3.000");
        final Level gone = new Level(false, "65084.0", "0");
        client.word(book(new Book(70, 71, 76, List.of(gone), List.of(bid), List.of(ask))), out);
        client.word(
                book(new Book(76, 77, 79, List.of(bid, gone), List.of(bid), List.of(ask))), out);
        client.step(NOW_NS + 59 * SECOND_NS, out);
        said.removeIf(message -> message.startsWith("close"));
        client.step(NOW_NS + 60 * SECOND_NS, out);
        final String argument = "{\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT-SWAP\"},";
        assertEquals(
                List.of(
                        argument
                                + "\"action\":\"snapshot\",\"data\":[{\"asks\":[[\"65083.2\","
                                + "\"3.000\",\"0\",\"1\"]],\"bids\":[[\"65083.1\",\"2.000\",\"0\","
                                + "\"1\"]],\"ts\":\"1767323045123\",\"checksum\":0,\"seqId\":76,"
                                + "\"prevSeqId\":-1}]}",
                        argument
                                + "\"action\":\"update\",\"data\":[{\"asks\":[[\"65084.0\",\"0\","
                                + "\"0\",\"1\"]],\"bids\":[[\"65083.1\",\"2.000\",\"0\",\"1\"]],"
                                + "\"ts\":\"1767323045123\",\"checksum\":0,\"seqId\":79,"
                                + "\"prevSeqId\":76}]}",
                        argument
                                + "\"action\":\"update\",\"data\":[{\"asks\":[],\"bids\":[],"
                                + "\"ts\":\"1767323105123\",\"checksum\":0,\"seqId\":79,"
                                + "\"prevSeqId\":79}]}"),
                said);
    }

    @Test
    void shouldSendTradesByThemselvesOnTheOtherPath() {
        final VenueWire.Client client = wire.open("/ws/v5/business", NOW_NS);
        subscribe(client, venue.dialogue(), "trades-all:BTC-USDT-SWAP");
        said.clear();
        client.word(
                new MarketMove(
                        swap,
                        MarketMove.Kind.TRADE,
                        NOW_NS,
                        new MarketMove.Trade(71, "65083.1", "0.010", true),
                        null,
                        null),
                out);
        assertEquals(
                List.of(
                        "{\"arg\":{\"channel\":\"trades-all\",\"instId\":\"BTC-USDT-SWAP\"},"
                                + "\"data\":[{\"instId\":\"BTC-USDT-SWAP\",\"tradeId\":\"71\","
                                + "\"px\":\"65083.1\",\"sz\":\"0.010\",\"side\":\"sell\","
                                + "\"source\":\"0\",\"ts\":\"1767323045123\"}]}"),
                said);
    }

    @Test
    void shouldHangUpAfterThirtySecondsOfSilence() {
        final VenueWire.Client client = wire.open("/ws/v5/public", NOW_NS);
        client.step(NOW_NS + 29 * SECOND_NS, out);
        client.answer("ping", NOW_NS + 29 * SECOND_NS, out);
        client.step(NOW_NS + 58 * SECOND_NS, out);
        assertEquals(List.of("pong"), said);
        client.step(NOW_NS + 59 * SECOND_NS, out);
        assertEquals(List.of("pong", "close 4004"), said);
    }

    @Test
    void shouldListWhatTheVenueAsksFor() throws IOException {
        final Set<Venue.Reference> listed = new HashSet<>();
        for (final RestRequest request :
                venue.referenceRequests(URI.create("http://localhost"), Venue.Access.NONE)) {
            final URI uri = request.uri();
            final String body = wire.rest().get(uri.getRawPath() + "?" + uri.getRawQuery());
            listed.addAll(
                    venue.references(
                                    request,
                                    new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                            .listed());
        }
        final Set<Venue.Reference> traded = new HashSet<>();
        for (final SimulatedInstrument each : wire.instruments()) {
            traded.add(new Venue.Reference(each.venueSymbol(), each.tickSize(), each.symbol()));
        }
        assertEquals(traded, listed);
    }

    private MarketMove book(final Book book) {
        return new MarketMove(swap, MarketMove.Kind.BOOK, NOW_NS, null, null, book);
    }

    private void subscribe(
            final VenueWire.Client client, final Dialogue dialogue, final String... streams) {
        for (final Dialogue.Request request : dialogue.requests(List.of(streams))) {
            client.answer(request.text(), NOW_NS, out);
        }
    }

    /** What the dialogue makes of all that was said; forgets it. */
    private List<String> controls(final Dialogue dialogue) {
        final List<String> words = new ArrayList<>();
        for (final String message : said) {
            final Dialogue.Control control =
                    dialogue.control(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
            words.add(control.kind() + " " + control.id());
        }
        said.clear();
        return words;
    }
}
