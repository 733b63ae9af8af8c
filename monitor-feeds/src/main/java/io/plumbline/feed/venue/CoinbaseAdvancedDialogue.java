package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.CoinbaseVenue.stream;
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
 * Coinbase Advanced Trade's side of a connection. A request is about one channel; heartbeats are
 * asked for first, because a connection with quiet channels alone is closed. As a request with one
 * product that is refused may be refused as a whole, products are asked for one by one as long as
 * that takes no more than {@value #REQUESTS} requests for a channel: only eight a second are
 * allowed.
 */
final class CoinbaseAdvancedDialogue implements Dialogue {
    private static final String TICKER = "ticker";
    static final String TRADES = "market_trades";

    /** Asked for by this name; the data are called {@code l2_data}. */
    static final String BOOK = "level2";

    /** The most requests for one channel. */
    static final int REQUESTS = 20;

    private static final String HEARTBEATS = "heartbeats";
    private static final byte[] CHANNEL_START = ascii("{\"channel\":\"");
    private static final byte[] CHANNEL = ascii("channel");
    private static final byte[] EVENTS = ascii("events");
    private static final byte[] GRANTED = ascii("subscriptions");
    private static final byte[] PRODUCT_ID = ascii("product_id");
    private static final byte[] TRADE_LIST = ascii("trades");
    private static final byte[] TICKER_LIST = ascii("tickers");
    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] REASON = ascii("reason");
    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';
    private static final Control SIGN_OF_LIFE = new Control(Kind.HEARTBEAT, -1, "");

    private final CoinbaseGrants grants = new CoinbaseGrants();
    private Set<String> streams = Set.of();

    @Override
    public List<Request> requests(final List<String> asked) {
        streams = new HashSet<>(asked);
        final List<Request> requests = new ArrayList<>();
        grants.asked(FIRST_ID, List.of(stream(HEARTBEATS, HEARTBEATS)));
        requests.add(Request.of("{\"type\":\"subscribe\",\"channel\":\"heartbeats\"}"));
        for (final String channel : List.of(TICKER, TRADES, BOOK)) {
            final List<String> products =
                    asked.stream()
                            .filter(stream -> stream.startsWith(channel + ":"))
                            .map(stream -> stream.substring(channel.length() + 1))
                            .toList();
            final int each = (products.size() + REQUESTS - 1) / REQUESTS;
            for (int from = 0; from < products.size(); from += each) {
                final List<String> some =
                        products.subList(from, Math.min(from + each, products.size()));
                grants.asked(
                        FIRST_ID + requests.size(),
                        some.stream().map(product -> stream(channel, product)).toList());
                requests.add(request(channel, some));
            }
        }
        return requests;
    }

    private static Request request(final String channel, final List<String> products) {
        final StringBuilder text = new StringBuilder("{\"type\":\"subscribe\",\"product_ids\":");
        FrameText.list(text, products).append(",\"channel\":\"").append(channel).append("\"}");
        return Request.of(text.toString());
    }

    @Override
    public Control control(final ByteBuffer message) {
        if (startsWith(message, CHANNEL_START)) {
            switch (byteAt(message, CHANNEL_START.length)) {
                case 'l', 't', 'm':
                    return null;
                case 'h':
                    return SIGN_OF_LIFE;
                default:
                    break;
            }
        }
        return examine(message);
    }

    @Override
    public String streamOf(final ByteBuffer head) {
        final JsonCursor cursor = FrameText.cursor(head, FrameText.HEAD_LENGTH);
        String channel = "";
        String product = "";
        if (cursor.beginObject()) {
            while (product.isEmpty() && cursor.nextKey()) {
                if (cursor.keyIs(CHANNEL)) {
                    channel = text(cursor);
                } else if (cursor.keyIs(EVENTS) && cursor.peek() == '[') {
                    product = firstProduct(cursor);
                    break;
                } else {
                    cursor.skip();
                }
            }
        }
        final String name = channel.equals("l2_data") ? BOOK : channel;
        final String stream = stream(name, product);
        if (streams.contains(stream)) {
            return stream;
        }
        // A pair of the other dollar may be answered in this one's name.
        return streams.contains(stream + "C") && stream.endsWith("-USD") ? stream + "C" : null;
    }

    /** The product of the first entry of the first event, as far as the head goes. */
    private static String firstProduct(final JsonCursor cursor) {
        if (!cursor.beginArray() || !cursor.nextElement() || !cursor.beginObject()) {
            return "";
        }
        while (cursor.nextKey()) {
            if (cursor.keyIs(PRODUCT_ID)) {
                return text(cursor);
            }
            if (cursor.keyIs(TRADE_LIST) || cursor.keyIs(TICKER_LIST)) {
                return cursor.peek() == '[' ? firstProduct(cursor) : "";
            }
            cursor.skip();
        }
        return "";
    }

    /** Reads the keys at the top, and in a list of grants all of it. */
    private Control examine(final ByteBuffer message) {
        final JsonCursor cursor = FrameText.cursor(message, FrameText.HEAD_LENGTH);
        String channel = "";
        String type = "";
        String words = "";
        String reason = "";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(CHANNEL)) {
                    channel = text(cursor);
                } else if (cursor.shortKey() == TYPE) {
                    type = text(cursor);
                } else if (cursor.keyIs(MESSAGE)) {
                    words = text(cursor);
                } else if (cursor.keyIs(REASON)) {
                    reason = text(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        if (type.equals("error")) {
            return grants.refused(
                    words.isEmpty()
                            ? FrameText.shown(message)
                            : words + (reason.isEmpty() ? "" : ": " + reason));
        }
        return switch (channel) {
            case "heartbeats" -> SIGN_OF_LIFE;
            case "subscriptions" -> grants.granted(granted(message));
            case "l2_data", "ticker", "market_trades" -> null;
            default -> new Control(Kind.OTHER, -1, FrameText.shown(message));
        };
    }

    /** {@code {"events":[{"subscriptions":{"level2":["BTC-USD"]}}]}}. */
    private static Set<String> granted(final ByteBuffer message) {
        final JsonCursor cursor = FrameText.cursor(message, message.remaining());
        final Set<String> granted = new HashSet<>();
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(EVENTS) && cursor.peek() == '[') {
                    cursor.beginArray();
                    while (cursor.nextElement()) {
                        event(cursor, granted);
                    }
                } else {
                    cursor.skip();
                }
            }
        }
        return granted;
    }

    private static void event(final JsonCursor cursor, final Set<String> granted) {
        if (!cursor.beginObject()) {
            return;
        }
        while (cursor.nextKey()) {
            if (cursor.keyIs(GRANTED) && cursor.peek() == '{') {
                cursor.beginObject();
                while (cursor.nextKey()) {
                    final String channel = cursor.keyText();
                    if (cursor.beginArray()) {
                        while (cursor.nextElement()) {
                            granted.add(stream(channel, text(cursor)));
                        }
                    }
                }
            } else {
                cursor.skip();
            }
        }
    }

    private static String text(final JsonCursor cursor) {
        return cursor.string() ? cursor.stringText() : "";
    }
}
