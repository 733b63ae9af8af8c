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

    /** The talk of one new connection. */
    Dialogue dialogue();

    /** The venue's name for a ccxt symbol; IllegalArgumentException where it cannot be one. */
    String toVenueSymbol(String symbol);

    /** The ccxt symbol for the venue's name; the name itself where it cannot be split. */
    String toSymbol(String venueSymbol);

    /** A decoder for one source. */
    MessageDecoder decoder(Instruments instruments, UnknownSymbols unknown);

    /**
     * What to ask to learn the venue's instruments; empty where it does not tell.
     *
     * @param rest replaces the venue's own REST base address; null for the venue's
     */
    List<RestRequest> referenceRequests(URI rest, Access access);

    /**
     * Reads one answer to those (cold path); IOException where it cannot be read.
     *
     * @param asked the request that it answers
     */
    ReferencePage references(RestRequest asked, java.io.InputStream body)
            throws java.io.IOException;

    /**
     * What to ask for the whole order book of one instrument, or null where the stream itself
     * brings it. The answer goes to the engine as it came (SNAPSHOT).
     */
    default RestRequest snapshotRequest(final String venueSymbol, final URI rest) {
        return null;
    }

    /**
     * Whether who subscribes to a book is sent the whole of it in the stream, so that a fresh
     * connection heals what has a hole.
     */
    default boolean snapshotsOnSubscribe() {
        return true;
    }

    /** How trades are fetched by their ids after a gap, or null where the venue gives none. */
    default TradeHistory tradeHistory() {
        return null;
    }

    /** Whether it lets nobody in without a token. */
    default boolean needsToken() {
        return false;
    }

    /** What a connection needs to be let in, from a secret that the operator gave. */
    default Access access(final String token) {
        return Access.NONE;
    }

    /**
     * What lets a client in: never printed.
     *
     * @param query appended to the address of the connection, or ""
     * @param headers of the upgrade and of REST requests
     * @param secret what the peer may not say back into our logs, or ""
     */
    record Access(String query, java.util.Map<String, String> headers, String secret) {
        /** For public data. */
        public static final Access NONE = new Access("", java.util.Map.of(), "");

        /** So many of its first characters are no secret: a kind of token, not a token. */
        private static final int SHOWN_AT_MOST = 12;

        public Access {
            headers = java.util.Map.copyOf(headers);
        }

        /** {@code text} without the secret, also where only its beginning is repeated. */
        public String hide(final String text) {
            final String head = secret.substring(0, Math.min(SHOWN_AT_MOST, secret.length()));
            int at = head.isEmpty() ? -1 : text.indexOf(head);
            if (at < 0) {
                return text;
            }
            final StringBuilder out = new StringBuilder(text);
            for (; at >= 0; at = out.indexOf(head, at)) {
                int length = head.length();
                while (length < secret.length()
                        && at + length < out.length()
                        && out.charAt(at + length) == secret.charAt(length)) {
                    length++;
                }
                out.replace(at, at + length, "***");
            }
            return out.toString();
        }

        /** The address with the query that lets in: not to be printed. */
        public URI enter(final URI address) {
            return query.isEmpty()
                    ? address
                    : URI.create(address + (address.getRawQuery() == null ? "?" : "&") + query);
        }

        @Override
        public String toString() {
            return "Access(not shown)";
        }
    }

    /**
     * A part of the list of instruments, in the venue's order.
     *
     * @param next the request for what follows, or null at the end
     */
    record ReferencePage(List<Reference> listed, RestRequest next) {}

    /**
     * One connection to make.
     *
     * @param connection its name within the venue, for example {@code public} or {@code market-2}
     * @param streams what to subscribe to on it
     */
    record ConnectionPlan(String connection, URI uri, List<String> streams) {}

    /**
     * What the venue says of an instrument.
     *
     * @param tickSize as text, "" when the rule is off
     * @param symbol ccxt form, concluded from the venue's own description; "" to conclude it from
     *     the name ({@link #toSymbol})
     */
    record Reference(String venueSymbol, String tickSize, String symbol) {
        public Reference(final String venueSymbol, final String tickSize) {
            this(venueSymbol, tickSize, "");
        }
    }

    /** What an unknown symbol means to a decoder. */
    @FunctionalInterface
    interface UnknownSymbols {
        /** The id to use for this venue symbol, or -1 to ignore the event. */
        int resolve(String venue, String venueSymbol);

        /** Live: only what is configured is watched. */
        UnknownSymbols IGNORE = (venue, venueSymbol) -> -1;
    }
}
