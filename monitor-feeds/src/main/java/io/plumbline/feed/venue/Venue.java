package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import io.plumbline.market.Instruments;
import io.plumbline.market.MessageDecoder;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Everything the monitor knows of one venue: endpoint, subscribe frames, acknowledgements,
 * heartbeats, symbol names, decoder, sequence rules. One implementation, one file; no state of its
 * own.
 */
public interface Venue {
    /** The name in config, findings and API. */
    String name();

    /** The channels that it offers here. */
    Set<Channel> channels();

    /** The limits that the venue sets to its clients. */
    VenueLimits limits();

    /**
     * Spreads {@code symbols} (venue form) x {@code channels} over connections within the limits.
     *
     * @param endpoint replaces the venue's own base address (a proxy, a simulator); null for the
     *     venue's
     */
    List<ConnectionPlan> plan(List<String> symbols, Set<Channel> channels, URI endpoint);

    /**
     * The frames that subscribe to {@code streams}, each a text message, numbered from {@code
     * firstId} so that {@link Control#id()} finds its request again.
     */
    List<String> subscribe(List<String> streams, int firstId);

    /**
     * Reads a frame that is not data. A cheap look at its first bytes decides; data frames give
     * null. I/O thread: called for every frame.
     *
     * @param head the first bytes of the frame (all of it when shorter than 512 bytes)
     */
    Control control(java.nio.ByteBuffer head);

    /** The stream that a data frame belongs to, from its first bytes, or null: warm-up only. */
    String streamOf(java.nio.ByteBuffer head);

    /** The venue's name for a ccxt symbol; IllegalArgumentException where it cannot be one. */
    String toVenueSymbol(String symbol);

    /** The ccxt symbol for the venue's name; the name itself where it cannot be split. */
    String toSymbol(String venueSymbol);

    /** A decoder for one source. */
    MessageDecoder decoder(Instruments instruments, UnknownSymbols unknown);

    /**
     * Where the venue lists its instruments, or null.
     *
     * @param rest replaces the venue's own REST base address; null for the venue's
     */
    URI referenceUri(URI rest);

    /**
     * Reads that list (cold path).
     *
     * @return one entry per instrument, in the venue's order; IOException where it cannot be read
     */
    List<Reference> references(java.io.InputStream body) throws java.io.IOException;

    /**
     * One connection to make.
     *
     * @param connection its name within the venue, for example {@code public} or {@code market-2}
     * @param streams what to subscribe to on it
     */
    record ConnectionPlan(String connection, URI uri, List<String> streams) {}

    /** What the venue says of an instrument: {@code tickSize} as text, "" when the rule is off. */
    record Reference(String venueSymbol, String tickSize) {}

    /** What an unknown symbol means to a decoder. */
    @FunctionalInterface
    interface UnknownSymbols {
        /** The id to use for this venue symbol, or -1 to ignore the event. */
        int resolve(String venue, String venueSymbol);

        /** Live: only what is configured is watched. */
        UnknownSymbols IGNORE = (venue, venueSymbol) -> -1;
    }

    /** A frame about the connection itself. */
    record Control(Kind kind, int id, String text) {
        /** What it says. */
        public enum Kind {
            ACK,
            ERROR,
            SHUTDOWN,
            OTHER
        }
    }
}
