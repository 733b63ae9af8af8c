package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;
import static io.plumbline.feed.venue.FrameText.byteAt;
import static io.plumbline.feed.venue.FrameText.startsWith;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Dialogue.Control.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Kraken Futures' side of a connection. Requests carry no number; a grant repeats feed and product,
 * a refusal neither. So each product of each feed is asked for by itself (the venue allows 100
 * requests a second): one request, one answer, whether it lists products one by one, as measured,
 * or together.
 */
final class KrakenFuturesDialogue implements Dialogue {
    private static final String HEARTBEAT = "heartbeat";
    private static final byte[] FEED_START = ascii("{\"feed\":\"");
    private static final byte[] EVENT = ascii("event");
    private static final byte[] PRODUCT_ID = ascii("product_id");
    private static final byte[] PRODUCT_IDS = ascii("product_ids");
    private static final byte[] MESSAGE = ascii("message");
    private static final int FEED = 'f' << 24 | 'e' << 16 | 'e' << 8 | 'd';
    private static final Control SIGN_OF_LIFE = new Control(Kind.HEARTBEAT, -1, "");

    /** Streams, and the heartbeat's feed, to the numbers of their requests. */
    private final Map<String, Integer> numbers = new HashMap<>();

    static String stream(final String feed, final String product) {
        return feed + ":" + product;
    }

    @Override
    public List<Request> requests(final List<String> streams) {
        final List<Request> requests = new ArrayList<>();
        requests.add(Request.of("{\"event\":\"subscribe\",\"feed\":\"heartbeat\"}"));
        numbers.put(stream(HEARTBEAT, ""), FIRST_ID);
        for (final String stream : streams) {
            final int colon = stream.indexOf(':');
            final StringBuilder text = new StringBuilder("{\"event\":\"subscribe\",\"feed\":");
            FrameText.quoted(text, stream.substring(0, colon)).append(",\"product_ids\":");
            FrameText.list(text, List.of(stream.substring(colon + 1))).append('}');
            numbers.put(stream, FIRST_ID + requests.size());
            requests.add(Request.of(text.toString()));
        }
        return requests;
    }

    @Override
    public Control control(final ByteBuffer message) {
        if (startsWith(message, FEED_START)) {
            return byteAt(message, FEED_START.length) == 'h' ? SIGN_OF_LIFE : null;
        }
        return examine(message);
    }

    @Override
    public String streamOf(final ByteBuffer head) {
        final JsonCursor cursor = FrameText.cursor(head, FrameText.HEAD_LENGTH);
        String feed = "";
        String product = "";
        if (cursor.beginObject()) {
            while ((feed.isEmpty() || product.isEmpty()) && cursor.nextKey()) {
                if (cursor.shortKey() == FEED) {
                    feed = text(cursor).replace("_snapshot", "");
                } else if (cursor.keyIs(PRODUCT_ID)) {
                    product = text(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        final String stream = stream(feed, product);
        return numbers.containsKey(stream) ? stream : null;
    }

    /** Reads the keys at the top as far as the head goes. */
    private Control examine(final ByteBuffer message) {
        final JsonCursor cursor = FrameText.cursor(message, FrameText.HEAD_LENGTH);
        String event = "";
        String feed = "";
        String product = "";
        String words = "";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(EVENT)) {
                    event = text(cursor);
                } else if (cursor.shortKey() == FEED) {
                    feed = text(cursor);
                } else if (cursor.keyIs(MESSAGE)) {
                    words = text(cursor);
                } else if (cursor.keyIs(PRODUCT_IDS)) {
                    product = first(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        final int id = numbers.getOrDefault(stream(feed, product), -1);
        switch (event) {
            case "subscribed":
                return new Control(Kind.ACK, id, "");
            case "subscribed_failed", "error", "alert":
                return new Control(
                        Kind.ERROR, id, words.isEmpty() ? FrameText.shown(message) : words);
            case "":
                return feed.equals(HEARTBEAT)
                        ? SIGN_OF_LIFE
                        : feed.isEmpty() ? other(message) : null;
            default:
                return other(message);
        }
    }

    /** The first text of a list; the list is read to its end. */
    private static String first(final JsonCursor cursor) {
        String first = "";
        if (cursor.beginArray()) {
            while (cursor.nextElement()) {
                final String text = text(cursor);
                first = first.isEmpty() ? text : first;
            }
        }
        return first;
    }

    private static Control other(final ByteBuffer message) {
        return new Control(Kind.OTHER, -1, FrameText.shown(message));
    }

    private static String text(final JsonCursor cursor) {
        return cursor.string() ? cursor.stringText() : "";
    }
}
