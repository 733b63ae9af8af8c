package io.plumbline.feed.sim;

import io.plumbline.feed.sim.MarketMove.Book;
import io.plumbline.feed.sim.MarketMove.Level;
import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.Venue;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.BookAction;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a simulated venue says, as the monitor's own side of that venue hears it. */
abstract class WireTalk {
    static final long NOW_NS = 1_767_323_045_123_456_000L;

    final List<String> said = new ArrayList<>();
    final VenueWire.Out out =
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

    void subscribe(
            final VenueWire.Client client, final Dialogue dialogue, final List<String> streams) {
        for (final Dialogue.Request request : dialogue.requests(streams)) {
            client.answer(request.text(), NOW_NS, out);
        }
    }

    /** What the dialogue makes of all that was said and is no data; forgets it. */
    List<String> controls(final Dialogue dialogue) {
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
    List<String> events(final Venue venue, final SimulatedInstrument instrument) {
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

    static String words(final MarketEvent event, final Instruments instruments) {
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

    static MarketMove trade(final SimulatedInstrument instrument, final long id) {
        return new MarketMove(
                instrument,
                MarketMove.Kind.TRADE,
                NOW_NS,
                new MarketMove.Trade(id, "65083.1", "0.01000000", true),
                null,
                null);
    }

    static MarketMove quote(
            final SimulatedInstrument instrument, final String bid, final String ask) {
        return new MarketMove(
                instrument,
                MarketMove.Kind.QUOTE,
                NOW_NS,
                null,
                new MarketMove.Quote(1, bid, "1.00000000", ask, "2.00000000", bid),
                null);
    }

    static MarketMove book(
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

    static List<Level> side(final boolean bid, final int levels) {
        return IntStream.range(0, levels)
                .mapToObj(i -> new Level(bid, (bid ? 65_083 - i : 65_084 + i) + ".0", "1.00000000"))
                .toList();
    }
}
