package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;
import static io.plumbline.feed.venue.FrameText.byteAt;
import static io.plumbline.feed.venue.FrameText.startsWith;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Dialogue.Control.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Deribit's side of a connection. Many streams are asked for in one request, because each costs a
 * tenth of what a client may spend at once; the answer lists those that were granted, and says
 * nothing of the others, so the two lists are compared. With heartbeats on, the venue now and then
 * demands a {@code public/test}, and closes on a client that does not send it.
 */
final class DeribitDialogue implements Dialogue {
    /** Streams in one request. */
    static final int STREAMS_PER_REQUEST = 100;

    /** What is asked for beside the streams of the plan, with the first request. */
    static final String PLATFORM_STATE = "platform_state";

    /** Shows life, for the venue and for us. No request has its number, nor any other answer. */
    static final String TEST =
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"public/test\",\"params\":{}}";

    /** Bytes of an answer that are read: a request's streams fit in. */
    private static final int ANSWER_LENGTH = 64 * 1024;

    private static final int NAMES_SHOWN = 5;
    private static final byte[] DATA_START =
            ascii("{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\"");
    private static final byte[] METHOD = ascii("method");
    private static final byte[] PARAMS = ascii("params");
    private static final byte[] CHANNEL = ascii("channel");
    private static final byte[] RESULT = ascii("result");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] MAINTENANCE = ascii("maintenance");
    private static final int ID = 'i' << 8 | 'd';
    private static final int DATA = 'd' << 24 | 'a' << 16 | 't' << 8 | 'a';
    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';
    private static final int CODE = 'c' << 24 | 'o' << 16 | 'd' << 8 | 'e';
    private static final Control SIGN_OF_LIFE = new Control(Kind.HEARTBEAT, -1, "");
    private static final Control TEST_REQUEST = new Control(Kind.HEARTBEAT, -1, "", TEST);

    /** What each request asked for; the first of them, of the heartbeat, nothing. */
    private final List<List<String>> asked = new ArrayList<>();

    private final Set<String> streams = new HashSet<>();

    @Override
    public List<Request> requests(final List<String> wanted) {
        final List<Request> requests = new ArrayList<>();
        requests.add(Request.of(request(FIRST_ID, "set_heartbeat", "{\"interval\":10}")));
        asked.add(List.of());
        streams.addAll(wanted);
        final List<String> all = new ArrayList<>();
        all.add(PLATFORM_STATE);
        all.addAll(wanted);
        for (int from = 0; from < all.size(); from += STREAMS_PER_REQUEST) {
            final List<String> part =
                    List.copyOf(
                            all.subList(from, Math.min(from + STREAMS_PER_REQUEST, all.size())));
            final StringBuilder params = new StringBuilder("{\"channels\":");
            FrameText.list(params, part).append('}');
            requests.add(
                    Request.of(
                            request(FIRST_ID + requests.size(), "subscribe", params.toString())));
            asked.add(part);
        }
        return requests;
    }

    private static String request(final int id, final String method, final String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":"
                + id
                + ",\"method\":\"public/"
                + method
                + "\",\"params\":"
                + params
                + '}';
    }

    /** The venue does not say that it answers WebSocket's own ping. */
    @Override
    public String ping() {
        return TEST;
    }

    @Override
    public Control control(final ByteBuffer message) {
        return startsWith(message, DATA_START) && byteAt(message, DATA_START.length) != 'p'
                ? null
                : examine(message);
    }

    @Override
    public String streamOf(final ByteBuffer head) {
        final JsonCursor cursor = FrameText.cursor(head, FrameText.HEAD_LENGTH);
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(PARAMS) && cursor.beginObject()) {
                    while (cursor.nextKey()) {
                        if (cursor.keyIs(CHANNEL)) {
                            final String channel = text(cursor);
                            return streams.contains(channel) ? channel : null;
                        }
                        cursor.skip();
                    }
                } else {
                    cursor.skip();
                }
            }
        }
        return null;
    }

    /** What a message that does not begin like data says. */
    private final class Reading {
        private int id = -1;
        private String method = "";
        private String type = "";
        private String channel = "";
        private boolean maintenance;
        private String error;

        /** The first byte of the result, which tells its kind; 0 for none. */
        private byte result;

        private final Set<String> granted = new HashSet<>();

        void read(final JsonCursor cursor) {
            if (!cursor.beginObject()) {
                return;
            }
            while (cursor.nextKey()) {
                if (cursor.shortKey() == ID) {
                    final long number = cursor.longValue(-1);
                    id = number >= 0 && number <= Integer.MAX_VALUE ? (int) number : -1;
                } else if (cursor.keyIs(METHOD)) {
                    method = text(cursor);
                } else if (cursor.keyIs(PARAMS)) {
                    params(cursor);
                } else if (cursor.keyIs(ERROR)) {
                    error = refusal(cursor);
                } else if (cursor.keyIs(RESULT)) {
                    result(cursor);
                } else {
                    cursor.skip();
                }
            }
        }

        private void params(final JsonCursor cursor) {
            if (cursor.beginObject()) {
                while (cursor.nextKey()) {
                    if (cursor.shortKey() == TYPE) {
                        type = text(cursor);
                    } else if (cursor.keyIs(CHANNEL)) {
                        channel = text(cursor);
                    } else if (cursor.shortKey() == DATA && cursor.peek() == '{') {
                        cursor.beginObject();
                        while (cursor.nextKey()) {
                            if (cursor.keyIs(MAINTENANCE)) {
                                maintenance = cursor.booleanValue(false);
                            } else {
                                cursor.skip();
                            }
                        }
                    } else {
                        cursor.skip();
                    }
                }
            }
        }

        private void result(final JsonCursor cursor) {
            result = cursor.peek();
            if (result != '[') {
                cursor.skip();
                return;
            }
            cursor.beginArray();
            while (cursor.nextElement()) {
                granted.add(text(cursor));
            }
        }

        Control control(final ByteBuffer message) {
            if (error != null) {
                return new Control(Kind.ERROR, id, error);
            }
            switch (method) {
                case "heartbeat":
                    return type.equals("test_request") ? TEST_REQUEST : SIGN_OF_LIFE;
                case "subscription":
                    if (!channel.equals(PLATFORM_STATE)) {
                        return null;
                    }
                    return maintenance
                            ? new Control(Kind.SHUTDOWN, -1, "the platform goes into maintenance")
                            : other(message);
                case "":
                    return result == '[' || result == '"'
                            ? answer()
                            : result == '{' ? SIGN_OF_LIFE : other(message);
                default:
                    return other(message);
            }
        }

        /** A grant, unless it lacks something that was asked for. */
        private Control answer() {
            final int index = id - FIRST_ID;
            final List<String> wanted =
                    index >= 0 && index < asked.size() ? asked.get(index) : List.of();
            final List<String> missing =
                    wanted.stream().filter(stream -> !granted.contains(stream)).toList();
            if (missing.isEmpty()) {
                return new Control(Kind.ACK, id, "");
            }
            final String names =
                    String.join(", ", missing.subList(0, Math.min(NAMES_SHOWN, missing.size())));
            return new Control(
                    Kind.ERROR,
                    id,
                    missing.size()
                            + " of "
                            + wanted.size()
                            + " streams left out: "
                            + names
                            + (missing.size() > NAMES_SHOWN ? ", …" : ""));
        }
    }

    private Control examine(final ByteBuffer message) {
        final Reading reading = new Reading();
        reading.read(FrameText.cursor(message, ANSWER_LENGTH));
        return reading.control(message);
    }

    /** The words of {@code "error":{"code":..,"message":..}}. */
    private static String refusal(final JsonCursor cursor) {
        String code = "";
        String words = "";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.shortKey() == CODE) {
                    code = cursor.number() ? "code " + cursor.stringText() : "";
                } else if (cursor.keyIs(MESSAGE)) {
                    words = text(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        final String both = (code + " " + words).strip();
        return both.isEmpty() ? "refused" : both;
    }

    private static Control other(final ByteBuffer message) {
        return new Control(Kind.OTHER, -1, FrameText.shown(message));
    }

    private static String text(final JsonCursor cursor) {
        return cursor.string() ? cursor.stringText() : "";
    }
}
