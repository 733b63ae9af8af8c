package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.byteAt;

import java.nio.ByteBuffer;

/**
 * The JSON hub protocol of SignalR, as far as framing and kinds of records go (dotnet/aspnetcore,
 * HubProtocol.md). Every record ends with 0x1E, which cannot stand in JSON; a WebSocket message
 * holds one or several. As in Microsoft's JavaScript client a record never goes on in the next
 * message; one at the end may lack the separator (recorders cut it off).
 */
final class SignalR {
    /** What ends a record. */
    static final char SEPARATOR = 0x1E;

    /** Kinds of records, by their "type". */
    static final int INVOCATION = 1;

    static final int COMPLETION = 3;
    static final int PING = 6;
    static final int CLOSE = 7;

    /** The highest kind that the protocol has. */
    static final int LAST_KIND = 9;

    /** The first record of a connection; its answer is an empty object. */
    static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}" + SEPARATOR;

    /** A sign of life that nobody answers. */
    static final String PING_RECORD = "{\"type\":6}" + SEPARATOR;

    private SignalR() {}

    /** Where the record that begins at {@code from} ends: its separator, or {@code end}. */
    static int recordEnd(final byte[] bytes, final int from, final int end) {
        int at = from;
        while (at < end && bytes[at] != SEPARATOR) {
            at++;
        }
        return at;
    }

    /** Bytes of the first record, its separator included. */
    static int recordLength(final ByteBuffer message) {
        final int length = message.remaining();
        for (int i = 0; i < length; i++) {
            if (byteAt(message, i) == SEPARATOR) {
                return i + 1;
            }
        }
        return length;
    }
}
