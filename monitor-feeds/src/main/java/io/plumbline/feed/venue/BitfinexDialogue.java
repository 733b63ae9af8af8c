package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;
import static io.plumbline.feed.venue.FrameText.byteAt;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Dialogue.Control.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bitfinex's side of a connection: flags first, so that all that follows is numbered, then one
 * request a stream. Answers repeat channel and symbol, by which the request is known; the channel's
 * number in them names its data. Heartbeats are told from data without allocating.
 */
final class BitfinexDialogue implements Dialogue {
    /** Stop and restart of the server: reconnect. */
    static final int RESTART = 20_051;

    /** Wait for {@link #MAINTENANCE_ENDED}, two minutes at most. */
    static final int MAINTENANCE_BEGINS = 20_060;

    /** Subscribe to everything anew. */
    static final int MAINTENANCE_ENDED = 20_061;

    private static final String BOOK_LEVELS = "100";
    private static final byte[] HEARTBEAT = ascii(",\"hb\"");
    private static final byte[] EVENT = ascii("event");
    private static final byte[] CHANNEL = ascii("channel");
    private static final byte[] SYMBOL = ascii("symbol");
    private static final byte[] CHAN_ID = ascii("chanId");
    private static final byte[] STATUS = ascii("status");
    private static final int CODE = 'c' << 24 | 'o' << 16 | 'd' << 8 | 'e';
    private static final int MSG = 'm' << 16 | 's' << 8 | 'g';
    private static final Control SIGN_OF_LIFE = new Control(Kind.HEARTBEAT, -1, "");

    private final Map<Long, String> named = new HashMap<>();
    private List<String> streams = List.of();

    /** Streams are a channel and a symbol: {@code book:tBTCUSD}. */
    static String stream(final String channel, final String symbol) {
        return channel + ":" + symbol;
    }

    @Override
    public List<Request> requests(final List<String> asked) {
        streams = List.copyOf(asked);
        if (streams.isEmpty()) {
            return List.of();
        }
        final List<Request> requests = new ArrayList<>();
        final int flags = Bitfinex.SEQUENCE_FLAG | Bitfinex.CHECKSUM_FLAG;
        requests.add(new Request("{\"event\":\"conf\",\"flags\":" + flags + "}", 1, true));
        for (final String stream : streams) {
            final int colon = stream.indexOf(':');
            final String channel = stream.substring(0, colon);
            final StringBuilder text = new StringBuilder("{\"event\":\"subscribe\",\"channel\":");
            FrameText.quoted(text, channel);
            FrameText.quoted(text.append(",\"symbol\":"), stream.substring(colon + 1));
            if (channel.equals("book")) {
                text.append(",\"prec\":\"P0\",\"freq\":\"F0\",\"len\":\"");
                text.append(BOOK_LEVELS).append('"');
            }
            requests.add(Request.of(text.append('}').toString()));
        }
        return requests;
    }

    @Override
    public String ping() {
        return "{\"event\":\"ping\",\"cid\":1}";
    }

    @Override
    public Control control(final ByteBuffer message) {
        if (!message.hasRemaining() || byteAt(message, 0) != '[') {
            return examine(message);
        }
        int at = 1;
        while (at < message.remaining() && isDigit(byteAt(message, at))) {
            at++;
        }
        for (int i = 0; i < HEARTBEAT.length; i++) {
            if (at + i >= message.remaining() || byteAt(message, at + i) != HEARTBEAT[i]) {
                return null;
            }
        }
        return SIGN_OF_LIFE;
    }

    private static boolean isDigit(final byte c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public String streamOf(final ByteBuffer head) {
        final JsonCursor cursor = FrameText.cursor(head, FrameText.HEAD_LENGTH);
        return cursor.beginArray() && cursor.nextElement() ? named.get(cursor.longValue(-1)) : null;
    }

    private Control examine(final ByteBuffer message) {
        final JsonCursor cursor = FrameText.cursor(message, FrameText.HEAD_LENGTH);
        String event = "";
        String channel = "";
        String symbol = "";
        String words = "";
        String status = "";
        long code = 0;
        long number = -1;
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(EVENT)) {
                    event = text(cursor);
                } else if (cursor.keyIs(CHANNEL)) {
                    channel = text(cursor);
                } else if (cursor.keyIs(SYMBOL)) {
                    symbol = text(cursor);
                } else if (cursor.keyIs(CHAN_ID)) {
                    number = cursor.longValue(-1);
                } else if (cursor.keyIs(STATUS)) {
                    status = text(cursor);
                } else if (cursor.shortKey() == CODE) {
                    code = cursor.longValue(0);
                } else if (cursor.shortKey() == MSG) {
                    words = text(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        final int asked = streams.indexOf(stream(channel, symbol));
        final int id = asked < 0 ? -1 : FIRST_ID + 1 + asked;
        return switch (event) {
            case "subscribed" -> granted(number, asked, id);
            case "error" -> new Control(Kind.ERROR, id, refusal(code, words, symbol));
            case "conf" ->
                    status.equals("OK")
                            ? new Control(Kind.ACK, FIRST_ID, "")
                            : new Control(Kind.ERROR, FIRST_ID, "flags refused: " + status);
            case "pong" -> SIGN_OF_LIFE;
            case "info" -> info(message, code, words);
            default -> other(message);
        };
    }

    private Control granted(final long number, final int asked, final int id) {
        if (asked >= 0 && number >= 0) {
            named.put(number, streams.get(asked));
        }
        return new Control(Kind.ACK, id, "");
    }

    private static String refusal(final long code, final String words, final String symbol) {
        return (code == 0 ? "" : "code " + code + " ")
                + (words.isEmpty() ? "refused" : words)
                + (symbol.isEmpty() ? "" : " " + symbol);
    }

    /**
     * While maintenance lasts a new connection would be no better, so that one is made at its end.
     */
    private static Control info(final ByteBuffer message, final long code, final String words) {
        if (code != RESTART && code != MAINTENANCE_ENDED) {
            return other(message);
        }
        final String what =
                code == RESTART ? "the server restarts" : "maintenance ended, subscribe anew";
        return new Control(Kind.SHUTDOWN, -1, words.isEmpty() ? what : what + ": " + words);
    }

    private static Control other(final ByteBuffer message) {
        return new Control(Kind.OTHER, -1, FrameText.shown(message));
    }

    private static String text(final JsonCursor cursor) {
        return cursor.string() ? cursor.stringText() : "";
    }
}
