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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Coinbase Exchange's side of a connection. A request with one product that the venue does not list
 * is refused as a whole, so each product is asked for by itself, with all of its channels and its
 * heartbeat.
 */
final class CoinbaseExchangeDialogue implements Dialogue {
    private static final String TICKER = "ticker";
    static final String TRADES = "matches";

    /** The books that need no key; the grant calls them {@code level2_50}. */
    static final String BOOK = "level2_batch";

    private static final String HEARTBEAT = "heartbeat";
    private static final String BOOKS = "level2";
    private static final byte[] TYPE_START = ascii("{\"type\":\"");
    private static final byte[] PRODUCT_ID = ascii("product_id");
    private static final byte[] PRODUCT_IDS = ascii("product_ids");
    private static final byte[] CHANNELS = ascii("channels");
    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] REASON = ascii("reason");
    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';
    private static final int NAME = 'n' << 24 | 'a' << 16 | 'm' << 8 | 'e';
    private static final Control SIGN_OF_LIFE = new Control(Kind.HEARTBEAT, -1, "");

    private final CoinbaseGrants grants = new CoinbaseGrants();
    private Set<String> streams = Set.of();

    @Override
    public List<Request> requests(final List<String> asked) {
        streams = new HashSet<>(asked);
        final Map<String, List<String>> channels = new LinkedHashMap<>();
        for (final String stream : asked) {
            final int colon = stream.indexOf(':');
            channels.computeIfAbsent(stream.substring(colon + 1), product -> new ArrayList<>())
                    .add(stream.substring(0, colon));
        }
        final List<Request> requests = new ArrayList<>();
        channels.forEach(
                (product, wanted) -> {
                    wanted.add(HEARTBEAT);
                    grants.asked(
                            FIRST_ID + requests.size(),
                            wanted.stream().map(channel -> stream(channel, product)).toList());
                    requests.add(request(product, wanted));
                });
        return requests;
    }

    private static Request request(final String product, final List<String> channels) {
        final StringBuilder text = new StringBuilder("{\"type\":\"subscribe\",\"product_ids\":");
        FrameText.list(text, List.of(product)).append(",\"channels\":");
        return Request.of(FrameText.list(text, channels).append('}').toString());
    }

    @Override
    public Control control(final ByteBuffer message) {
        if (startsWith(message, TYPE_START)) {
            switch (byteAt(message, TYPE_START.length)) {
                case 'l', 'm', 't':
                    return null;
                case 'h':
                    return SIGN_OF_LIFE;
                case 's':
                    if (message.remaining() > TYPE_START.length + 1
                            && byteAt(message, TYPE_START.length + 1) == 'n') {
                        return null;
                    }
                    break;
                default:
                    break;
            }
        }
        return examine(message);
    }

    @Override
    public String streamOf(final ByteBuffer head) {
        final JsonCursor cursor = FrameText.cursor(head, FrameText.HEAD_LENGTH);
        String type = "";
        String product = "";
        if (cursor.beginObject()) {
            while ((type.isEmpty() || product.isEmpty()) && cursor.nextKey()) {
                if (cursor.shortKey() == TYPE) {
                    type = text(cursor);
                } else if (cursor.keyIs(PRODUCT_ID)) {
                    product = text(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        final String stream =
                switch (type) {
                    case "ticker" -> stream(TICKER, product);
                    case "match", "last_match" -> stream(TRADES, product);
                    case "snapshot", "l2update" -> stream(BOOK, product);
                    default -> "";
                };
        return streams.contains(stream) ? stream : null;
    }

    /** Reads the keys at the top, and in a list of grants all of it. */
    private Control examine(final ByteBuffer message) {
        final JsonCursor cursor = FrameText.cursor(message, FrameText.HEAD_LENGTH);
        String type = "";
        String words = "";
        String reason = "";
        boolean listed = false;
        if (cursor.beginObject()) {
            while (!listed && cursor.nextKey()) {
                if (cursor.shortKey() == TYPE) {
                    type = text(cursor);
                } else if (cursor.keyIs(MESSAGE)) {
                    words = text(cursor);
                } else if (cursor.keyIs(REASON)) {
                    reason = text(cursor);
                } else {
                    listed = cursor.keyIs(CHANNELS) && cursor.peek() == '[';
                    cursor.skip();
                }
            }
        }
        return switch (type) {
            case "subscriptions" -> grants.granted(granted(message));
            case "error" ->
                    grants.refused(
                            words.isEmpty()
                                    ? FrameText.shown(message)
                                    : words + (reason.isEmpty() ? "" : ": " + reason));
            case "heartbeat" -> SIGN_OF_LIFE;
            case "ticker", "match", "last_match", "snapshot", "l2update" -> null;
            default ->
                    listed
                            ? grants.granted(granted(message))
                            : new Control(Kind.OTHER, -1, FrameText.shown(message));
        };
    }

    private static Set<String> granted(final ByteBuffer message) {
        final JsonCursor cursor = FrameText.cursor(message, message.remaining());
        final Set<String> granted = new HashSet<>();
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(CHANNELS) && cursor.peek() == '[') {
                    cursor.beginArray();
                    while (cursor.nextElement()) {
                        channel(cursor, granted);
                    }
                } else {
                    cursor.skip();
                }
            }
        }
        return granted;
    }

    private static void channel(final JsonCursor cursor, final Set<String> granted) {
        String channel = "";
        final List<String> products = new ArrayList<>();
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.shortKey() == NAME) {
                    channel = text(cursor);
                } else if (cursor.keyIs(PRODUCT_IDS) && cursor.peek() == '[') {
                    cursor.beginArray();
                    while (cursor.nextElement()) {
                        products.add(text(cursor));
                    }
                } else {
                    cursor.skip();
                }
            }
        }
        final String name = channel.startsWith(BOOKS) ? BOOK : channel;
        products.forEach(product -> granted.add(stream(name, product)));
    }

    private static String text(final JsonCursor cursor) {
        return cursor.string() ? cursor.stringText() : "";
    }
}
