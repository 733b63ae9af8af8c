package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;
import static io.plumbline.feed.venue.FrameText.byteAt;
import static io.plumbline.feed.venue.FrameText.startsWith;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Dialogue.Control.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Kraken's side of a connection: one subscribe message for many pairs, answered once for each of
 * them. Heartbeats are told from data by their first bytes, without allocating.
 *
 * <p>It remembers whether the system was online: only a change to maintenance announces an end; a
 * connection that begins in maintenance is left as it is, or it would be replaced again and again.
 */
final class KrakenDialogue implements Dialogue {
    /** Streams are a channel and a pair: {@code ticker:BTC/USD}. */
    static final String QUOTES = "ticker:";

    /** The ticker at every trade. */
    static final String LASTS = "last:";

    static final String TRADES = "trade:";
    static final String BOOKS = "book:";

    /** Pairs in one message: far below what a server reads as one. */
    static final int PAIRS_PER_REQUEST = 100;

    private static final byte[] CHANNEL_START = ascii("{\"channel\":\"");
    private static final byte[] CHANNEL = ascii("channel");
    private static final byte[] METHOD = ascii("method");
    private static final byte[] SUCCESS = ascii("success");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] SYMBOL = ascii("symbol");
    private static final byte[] SYSTEM = ascii("system");
    private static final byte[] REQ_ID = ascii("req_id");
    private static final int DATA = 'd' << 24 | 'a' << 16 | 't' << 8 | 'a';
    private static final Control SIGN_OF_LIFE = new Control(Kind.HEARTBEAT, -1, "");

    private final int bookDepth;
    private String system = "";
    private List<String> streams = List.of();

    KrakenDialogue(final int bookDepth) {
        this.bookDepth = bookDepth;
    }

    @Override
    public List<Request> requests(final List<String> asked) {
        streams = List.copyOf(asked);
        final List<Request> requests = new ArrayList<>();
        for (final String kind : List.of(QUOTES, LASTS, TRADES, BOOKS)) {
            final List<String> pairs =
                    asked.stream()
                            .filter(stream -> stream.startsWith(kind))
                            .map(stream -> stream.substring(kind.length()))
                            .toList();
            for (int from = 0; from < pairs.size(); from += PAIRS_PER_REQUEST) {
                final int to = Math.min(from + PAIRS_PER_REQUEST, pairs.size());
                requests.add(request(kind, pairs.subList(from, to), FIRST_ID + requests.size()));
            }
        }
        return requests;
    }

    private Request request(final String kind, final List<String> pairs, final int id) {
        final StringBuilder text = new StringBuilder("{\"method\":\"subscribe\",\"params\":{");
        text.append(
                switch (kind) {
                    case QUOTES -> "\"channel\":\"ticker\",\"event_trigger\":\"bbo\"";
                    case LASTS -> "\"channel\":\"ticker\",\"event_trigger\":\"trades\"";
                    case TRADES -> "\"channel\":\"trade\",\"snapshot\":false";
                    default -> "\"channel\":\"book\",\"depth\":" + bookDepth + ",\"snapshot\":true";
                });
        FrameText.list(text.append(",\"symbol\":"), pairs);
        text.append("},\"req_id\":").append(id).append('}');
        return new Request(text.toString(), pairs.size(), false);
    }

    @Override
    public String ping() {
        return "{\"method\":\"ping\"}";
    }

    @Override
    public Control control(final ByteBuffer message) {
        if (message.hasRemaining() && byteAt(message, 0) == '[') {
            return null;
        }
        if (startsWith(message, CHANNEL_START)) {
            final byte letter = byteAt(message, CHANNEL_START.length);
            if (letter == 'h') {
                return SIGN_OF_LIFE;
            }
            if (letter != 's') {
                return null;
            }
        }
        return examine(message);
    }

    @Override
    public String streamOf(final ByteBuffer head) {
        final JsonCursor cursor = FrameText.cursor(head, FrameText.HEAD_LENGTH);
        String channel = "";
        String pair = "";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(CHANNEL)) {
                    channel = cursor.string() ? cursor.stringText() : "";
                } else if (cursor.shortKey() == DATA && cursor.peek() == '[') {
                    pair = firstText(cursor, SYMBOL);
                    break;
                } else {
                    cursor.skip();
                }
            }
        }
        final String stream = channel + ":" + pair;
        if (streams.contains(stream)) {
            return stream;
        }
        return stream.startsWith(QUOTES) && streams.contains(LASTS + pair) ? LASTS + pair : null;
    }

    /** The text of a key in the first object of a list, as far as the head goes. */
    private static String firstText(final JsonCursor cursor, final byte[] key) {
        if (cursor.beginArray() && cursor.nextElement() && cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(key)) {
                    return cursor.string() ? cursor.stringText() : "";
                }
                cursor.skip();
            }
        }
        return "";
    }

    /** Reads the keys at the top as far as the head goes. */
    private Control examine(final ByteBuffer message) {
        final JsonCursor cursor = FrameText.cursor(message, FrameText.HEAD_LENGTH);
        String channel = "";
        String method = "";
        String error = "";
        String pair = "";
        String state = "";
        boolean data = false;
        boolean granted = false;
        int id = -1;
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(CHANNEL)) {
                    channel = text(cursor);
                } else if (cursor.keyIs(METHOD)) {
                    method = text(cursor);
                } else if (cursor.keyIs(ERROR)) {
                    error = text(cursor);
                } else if (cursor.keyIs(SYMBOL)) {
                    pair = text(cursor);
                } else if (cursor.keyIs(SUCCESS)) {
                    granted = cursor.booleanValue(false);
                    error = granted || !error.isEmpty() ? error : "refused";
                } else if (cursor.keyIs(REQ_ID)) {
                    id = id(cursor);
                } else if (cursor.shortKey() == DATA && channel.equals("status")) {
                    state = firstText(cursor, SYSTEM);
                    break;
                } else {
                    data |= cursor.shortKey() == DATA;
                    cursor.skip();
                }
            }
        }
        if (!error.isEmpty()) {
            return new Control(Kind.ERROR, id, error.contains(pair) ? error : error + " " + pair);
        }
        if (channel.equals("heartbeat") || method.equals("pong")) {
            return SIGN_OF_LIFE;
        }
        if (channel.equals("status")) {
            return status(message, state);
        }
        if (granted) {
            return new Control(Kind.ACK, id, "");
        }
        return data || !channel.isEmpty() ? null : other(message);
    }

    private Control status(final ByteBuffer message, final String state) {
        final boolean ends = system.equals("online") && state.equals("maintenance");
        system = state;
        return ends
                ? new Control(Kind.SHUTDOWN, -1, "the system goes into " + state)
                : other(message);
    }

    private static Control other(final ByteBuffer message) {
        return new Control(Kind.OTHER, -1, FrameText.shown(message));
    }

    private static String text(final JsonCursor cursor) {
        return cursor.string() ? cursor.stringText() : "";
    }

    private static int id(final JsonCursor cursor) {
        final long id = cursor.longValue(-1);
        return id >= 0 && id <= Integer.MAX_VALUE ? (int) id : -1;
    }
}
