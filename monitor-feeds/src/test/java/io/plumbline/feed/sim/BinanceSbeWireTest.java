package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** The simulated binary streams against the generated codecs: two readings of one layout. */
class BinanceSbeWireTest {
    private static final long NOW_NS = 1_767_323_045_123_456_000L;

    private final List<String> texts = new ArrayList<>();
    private final List<byte[]> binaries = new ArrayList<>();
    private final VenueWire.Out out =
            new VenueWire.Out() {
                @Override
                public void text(final String message) {
                    texts.add(message);
                }

                @Override
                public void binary(final byte[] message) {
                    binaries.add(message);
                }

                @Override
                public void close(final int status, final String reason) {
                    texts.add("close " + status);
                }
            };
    private final BinanceSbeWire wire = new BinanceSbeWire();
    private final VenueWire.Client client = wire.open("/stream", NOW_NS);
    private final Venue venue = Venues.find("binance-spot-sbe");

    @Test
    void conversation() {
        final Dialogue dialogue = venue.dialogue();
        dialogue.requests(
                        List.of(
                                "btcusdt@bestBidAsk",
                                "btcusdt@trade",
                                "btcusdt@depth",
                                "btcusdt@depth20",
                                "nosuch@trade"))
                .forEach(request -> client.answer(request.text(), NOW_NS, out));
        client.answer("{\"method\":\"NONSENSE\",\"params\":[\"a\"],\"id\":2}", NOW_NS, out);
        client.announceEnd(NOW_NS, out);
        assertEquals(
                List.of("ACK 1", "ERROR 2", "SHUTDOWN -1"),
                texts.stream()
                        .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                        .map(dialogue::control)
                        .map(control -> control.kind() + " " + control.id())
                        .toList());

        final SimulatedInstrument btc = wire.instruments().get(0);
        final List<Level> bids = List.of(new Level(true, "61234.56000000", "1.500"));
        final List<Level> asks = List.of(new Level(false, "61234.57000000", "2.000"));
        final List<Level> changes = List.of(new Level(false, "61234.58000000", "0"), bids.get(0));
        client.word(
                new MarketMove(
                        btc,
                        MarketMove.Kind.TRADE,
                        NOW_NS,
                        new MarketMove.Trade(71, "61234.56000000", "0.010", true),
                        null,
                        null),
                out);
        client.word(
                new MarketMove(
                        btc,
                        MarketMove.Kind.QUOTE,
                        NOW_NS,
                        null,
                        new MarketMove.Quote(
                                5, "61234.56000000", "1", "61234.57000000", "2", "61234.56"),
                        null),
                out);
        client.word(book(btc, changes, bids, asks), out);
        client.word(book(wire.instruments().get(1), changes, bids, asks), out);
        assertEquals(
                List.of(
                        "btcusdt@trade trade BTC/USDT 71 price=61234.56 quantity=0.01",
                        "btcusdt@bestBidAsk bookTicker BTC/USDT 5 bid=61234.56 ask=61234.57",
                        "btcusdt@depth depth BTC/USDT 8 from 6 DELTA 2",
                        "btcusdt@depth20 depthSnapshot BTC/USDT 8 WINDOW 2"),
                events(dialogue));
    }

    @Test
    void shouldListWhatItTrades() throws IOException {
        final String list = wire.rest().values().iterator().next();
        assertEquals(
                wire.instruments().stream()
                        .map(i -> new Venue.Reference(i.venueSymbol(), i.tickSize(), i.symbol()))
                        .toList(),
                venue.references(
                                null,
                                new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)))
                        .listed());
        assertTrue(wire.serves("/stream"));
    }

    private static MarketMove book(
            final SimulatedInstrument instrument,
            final List<Level> changes,
            final List<Level> bids,
            final List<Level> asks) {
        return new MarketMove(
                instrument,
                MarketMove.Kind.BOOK,
                NOW_NS,
                null,
                null,
                new MarketMove.Book(5, 6, 8, changes, bids, asks));
    }

    private List<String> events(final Dialogue dialogue) {
        final Instruments instruments = new Instruments();
        final MessageDecoder decoder =
                venue.decoder(
                        instruments,
                        (name, symbol) -> instruments.add(name, venue.toSymbol(symbol), symbol));
        final List<String> events = new ArrayList<>();
        final InboundMessage message = new InboundMessage();
        for (final byte[] bytes : binaries) {
            message.set(InboundType.FRAME_BINARY, 0, 1, 0, NOW_NS, bytes, 0, bytes.length);
            final String stream = dialogue.streamOf(ByteBuffer.wrap(bytes));
            decoder.decode(
                    message,
                    new MarketEvent().clear(),
                    event -> {
                        assertEquals(NOW_NS, event.venueNs);
                        events.add(
                                stream
                                        + " "
                                        + event.channel.label()
                                        + " "
                                        + instruments.instrument(event.instrument).symbol()
                                        + words(event));
                    });
        }
        return events;
    }

    private static String words(final MarketEvent event) {
        final StringBuilder out = new StringBuilder(" ").append(event.lastSequence);
        if (event.firstSequence != event.lastSequence && event.firstSequence != MarketEvent.NONE) {
            out.append(" from ").append(event.firstSequence);
        }
        if (event.book != BookAction.NONE) {
            out.append(' ').append(event.book).append(' ').append(event.levels.count());
        }
        out.append(event.price.isGiven() ? " price=" + event.price : "");
        out.append(event.quantity.isGiven() ? " quantity=" + event.quantity : "");
        out.append(event.bid.isGiven() ? " bid=" + event.bid : "");
        out.append(event.ask.isGiven() ? " ask=" + event.ask : "");
        return out.toString();
    }
}
