package io.plumbline.feed.sim;

import java.util.List;
import java.util.Map;

/**
 * How one venue speaks to a client: its requests, answers and heartbeats, and how it words the
 * market. Written from the venue's documentation, without the monitor's own decoders. One file per
 * venue.
 */
public interface VenueWire {
    /** The venue's name. */
    String venue();

    /** Whether it answers on this request path (without query). */
    boolean serves(String path);

    /**
     * The instruments that it lists, three or more: the simulated market trades these, and a client
     * that asks for another one is told so in the venue's words.
     */
    default List<SimulatedInstrument> instruments() {
        return List.of();
    }

    /** What it tells of them by REST: path, with or without query, to the JSON that answers it. */
    default Map<String, String> rest() {
        return Map.of();
    }

    /**
     * A client connected.
     *
     * @param resource path and query
     */
    Client open(String resource, long nowNs);

    /** Where a client's messages go: to it, or nowhere when a fault swallows them. */
    interface Out {
        void text(String message);

        void binary(byte[] message);

        /** Ends the connection with this status. */
        void close(int status, String reason);

        /**
         * Whether the whole connection is mute: a venue that counts what it sends on a connection
         * does not count what it does not send.
         */
        default boolean isMute() {
            return false;
        }
    }

    /**
     * One connected client: what it asked for and where its counts stand. Calls come one at a time.
     */
    interface Client {
        /** Right after the upgrade. */
        default void greet(final Out out) {}

        /** The client said something. */
        void answer(String text, long nowNs, Out out);

        /**
         * Words a move, where the client asked for it; its counts advance even when a fault
         * swallows the message.
         */
        void word(MarketMove move, Out out);

        /** Passes a message on that has its words already, where the client asked for it. */
        default void pass(final SimulatedFrame frame, final Out out) {}

        /** The venue will end this connection soon, and says so where it has words for that. */
        default void announceEnd(final long nowNs, final Out out) {}

        /** Heartbeats and whatever else is due. */
        default void step(final long nowNs, final Out out) {}
    }
}
