package io.plumbline.feed.venue;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What is said on one connection beside data: requests and their answers, signs of life, orders to
 * leave. One per connection, so it may remember what it asked for. Event loop only; it reads bytes
 * and never keeps them.
 */
public interface Dialogue {
    /** Requests are numbered from here, anew on every connection. */
    int FIRST_ID = 1;

    /**
     * What to ask for on a fresh connection, in order; the numbers begin with {@link #FIRST_ID}.
     *
     * @param streams as the plan names them
     */
    List<Request> requests(List<String> streams);

    /**
     * How many bytes of what is left of a message its first record takes: all of them, where the
     * venue does not put several records into one message. Each record is looked at by itself.
     *
     * @param message position and limit must be left as they were
     */
    default int recordLength(final ByteBuffer message) {
        return message.remaining();
    }

    /**
     * Reads a record that is not data; data gives null. Called for every record: a cheap look at
     * the first bytes decides, and only what is about the connection is read further.
     *
     * @param message the whole record; position and limit must be left as they were
     */
    Control control(ByteBuffer message);

    /**
     * The stream that a data message belongs to, as {@link #requests} was given it, or null where
     * that cannot be told: asked until every stream has shown data.
     *
     * @param head the first bytes of the message (all of it when shorter than 512 bytes)
     */
    String streamOf(ByteBuffer head);

    /**
     * A text message that asks for a sign of life, or null where WebSocket's own ping is used. What
     * answers it is a {@link Control.Kind#HEARTBEAT}.
     */
    default String ping() {
        return null;
    }

    /**
     * A text message that the venue must hear as often as {@link VenueLimits#pingInterval} says,
     * beside the ping, and that nothing answers; null for none.
     */
    default String keepAlive() {
        return null;
    }

    /**
     * One request.
     *
     * @param text the text message
     * @param answers how many acknowledgements or refusals it gets; 0 for one that none follows
     * @param alone nothing further is sent before it was answered (a handshake)
     */
    record Request(String text, int answers, boolean alone) {
        /** The usual one: a request, an answer. */
        public static Request of(final String text) {
            return new Request(text, 1, false);
        }
    }

    /**
     * A message about the connection itself.
     *
     * @param id the number of the request that it answers, or -1
     * @param text what the venue says, for people
     * @param reply a text message to send back at once, or null
     */
    record Control(Kind kind, int id, String text, String reply) {
        /** What it says. */
        public enum Kind {
            /** A request was granted. */
            ACK,
            /** A request was refused. */
            ERROR,
            /** The venue will close this connection soon: change over to another. */
            SHUTDOWN,
            /** A sign of life: the answer to a ping, or one that the venue sends by itself. */
            HEARTBEAT,
            /** Anything else that is not data. */
            OTHER
        }

        public Control(final Kind kind, final int id, final String text) {
            this(kind, id, text, null);
        }
    }
}
