package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;
import static io.plumbline.feed.venue.FrameText.startsWith;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Dialogue.Control.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * OKX's side of a connection: one subscribe message for many streams, answered once for each of
 * them, because a connection may send only 480 of them an hour. Data and the answer to a ping are
 * told by their first bytes, without allocating.
 */
final class OkxDialogue implements Dialogue {
    /** Streams in one message: far below the 64 KB that it may have. */
    static final int STREAMS_PER_REQUEST = 100;

    private static final String PING = "ping";
    private static final byte[] PONG = ascii("pong");
    private static final byte[] DATA_START = ascii("{\"arg\":");
    private static final byte[] EVENT = ascii("event");
    private static final byte[] CHANNEL = ascii("channel");
    private static final byte[] INSTRUMENT = ascii("instId");
    private static final int ARG = 'a' << 16 | 'r' << 8 | 'g';
    private static final int CODE = 'c' << 24 | 'o' << 16 | 'd' << 8 | 'e';
    private static final int DATA = 'd' << 24 | 'a' << 16 | 't' << 8 | 'a';
    private static final int ID = 'i' << 8 | 'd';
    private static final int MSG = 'm' << 16 | 's' << 8 | 'g';
    private static final Control SIGN_OF_LIFE = new Control(Kind.HEARTBEAT, -1, "");

    /** The code of a notice that the connection will be closed within a minute. */
    private static final String UPGRADE = "64008";

    private final Set<String> streams = new HashSet<>();

    static String stream(final String channel, final String instrument) {
        return channel + ":" + instrument;
    }

    @Override
    public List<Request> requests(final List<String> asked) {
        streams.addAll(asked);
        final List<Request> requests = new ArrayList<>();
        for (int from = 0; from < asked.size(); from += STREAMS_PER_REQUEST) {
            final List<String> some =
                    asked.subList(from, Math.min(from + STREAMS_PER_REQUEST, asked.size()));
            final StringBuilder text = new StringBuilder("{\"id\":\"");
            text.append(FIRST_ID + requests.size()).append("\",\"op\":\"subscribe\",\"args\":");
            char separator = '[';
            for (final String stream : some) {
                final int colon = stream.indexOf(':');
                text.append(separator).append("{\"channel\":");
                FrameText.quoted(text, stream.substring(0, colon)).append(",\"instId\":");
                FrameText.quoted(text, stream.substring(colon + 1)).append('}');
                separator = ',';
            }
            requests.add(new Request(text.append("]}").toString(), some.size(), false));
        }
        return requests;
    }

    @Override
    public String ping() {
        return PING;
    }

    @Override
    public Control control(final ByteBuffer message) {
        if (startsWith(message, DATA_START)) {
            return null;
        }
        if (message.remaining() == PONG.length
                && FrameText.contains(message, PONG, message.remaining())) {
            return SIGN_OF_LIFE;
        }
        return examine(message);
    }

    @Override
    public String streamOf(final ByteBuffer head) {
        final JsonCursor cursor = FrameText.cursor(head, FrameText.HEAD_LENGTH);
        String stream = "";
        if (cursor.beginObject()) {
            while (stream.isEmpty() && cursor.nextKey()) {
                if (cursor.shortKey() == ARG) {
                    stream = argument(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        return streams.contains(stream) ? stream : null;
    }

    /** The stream that an "arg" names, as far as the head goes. */
    private static String argument(final JsonCursor cursor) {
        String channel = "";
        String instrument = "";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(CHANNEL)) {
                    channel = text(cursor);
                } else if (cursor.keyIs(INSTRUMENT)) {
                    instrument = text(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        return stream(channel, instrument);
    }

    /** Reads the keys at the top as far as the head goes. */
    private static Control examine(final ByteBuffer message) {
        final JsonCursor cursor = FrameText.cursor(message, FrameText.HEAD_LENGTH);
        String event = "";
        String code = "";
        String words = "";
        boolean data = false;
        int id = -1;
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(EVENT)) {
                    event = text(cursor);
                } else if (cursor.shortKey() == CODE) {
                    code = text(cursor);
                } else if (cursor.shortKey() == MSG) {
                    words = text(cursor);
                } else if (cursor.shortKey() == ID) {
                    final long number = cursor.longValue(-1);
                    id = number >= 0 && number <= Integer.MAX_VALUE ? (int) number : -1;
                } else {
                    data |= cursor.shortKey() == DATA;
                    cursor.skip();
                }
            }
        }
        final String said = words.isEmpty() ? FrameText.shown(message) : (code + " " + words);
        switch (event) {
            case "subscribe":
                return new Control(Kind.ACK, id, "");
            case "error", "channel-conn-count-error":
                return new Control(Kind.ERROR, id, said);
            case "notice":
                return new Control(code.equals(UPGRADE) ? Kind.SHUTDOWN : Kind.OTHER, -1, said);
            default:
                return data && event.isEmpty()
                        ? null
                        : new Control(Kind.OTHER, -1, FrameText.shown(message));
        }
    }

    private static String text(final JsonCursor cursor) {
        return cursor.string() ? cursor.stringText() : "";
    }
}
