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
 * Our side of a market hub: the handshake alone, then a numbered invocation per contract and kind
 * of data. The hub forgets subscriptions with the connection. A frame with several records is
 * looked at record by record.
 */
final class ProjectXDialogue implements Dialogue {
    private static final int HANDSHAKE_ID = FIRST_ID;
    private static final byte[] DATA_START = ascii("{\"type\":1,\"target\":\"Gateway");
    private static final byte[] PING_START = ascii("{\"type\":6}");
    private static final byte[] TARGET = ascii("target");
    private static final byte[] ARGUMENTS = ascii("arguments");
    private static final byte[] INVOCATION_ID = ascii("invocationId");
    private static final byte[] ERROR = ascii("error");
    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';
    private static final int NO_TYPE = -1;
    private static final Control SIGN_OF_LIFE = new Control(Kind.HEARTBEAT, -1, "");

    private final Set<String> streams = new HashSet<>();
    private boolean greeted;

    /**
     * @param data what the method's name ends with: Quotes, Trades or MarketDepth
     */
    static String stream(final String data, final String contract) {
        return data + ":" + contract;
    }

    @Override
    public List<Request> requests(final List<String> wanted) {
        final List<Request> requests = new ArrayList<>();
        requests.add(new Request(SignalR.HANDSHAKE, 1, true));
        for (final String stream : wanted) {
            final int colon = stream.indexOf(':');
            final StringBuilder text = new StringBuilder("{\"type\":1,\"invocationId\":\"");
            text.append(FIRST_ID + requests.size()).append("\",\"target\":\"SubscribeContract");
            text.append(stream, 0, colon).append("\",\"arguments\":");
            FrameText.list(text, List.of(stream.substring(colon + 1)));
            requests.add(Request.of(text.append('}').append(SignalR.SEPARATOR).toString()));
            streams.add(stream);
        }
        return requests;
    }

    @Override
    public int recordLength(final ByteBuffer message) {
        return SignalR.recordLength(message);
    }

    @Override
    public String keepAlive() {
        return SignalR.PING_RECORD;
    }

    @Override
    public Control control(final ByteBuffer record) {
        if (startsWith(record, DATA_START)) {
            return null;
        }
        return startsWith(record, PING_START) ? SIGN_OF_LIFE : examine(record);
    }

    /** Reads the keys at the top as far as the head goes. */
    private Control examine(final ByteBuffer record) {
        final JsonCursor cursor = FrameText.cursor(record, FrameText.HEAD_LENGTH);
        int type = NO_TYPE;
        int id = -1;
        String target = "";
        String error = "";
        int keys = 0;
        if (cursor.beginObject()) {
            for (; cursor.nextKey(); keys++) {
                if (cursor.shortKey() == TYPE) {
                    type = number(cursor);
                } else if (cursor.keyIs(INVOCATION_ID)) {
                    id = number(cursor);
                } else if (cursor.keyIs(TARGET)) {
                    target = text(cursor);
                } else if (cursor.keyIs(ERROR)) {
                    error = text(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        switch (type) {
            case SignalR.INVOCATION:
                return target.startsWith("Gateway") ? null : other(record);
            case SignalR.COMPLETION:
                return error.isEmpty()
                        ? new Control(Kind.ACK, id, "")
                        : new Control(Kind.ERROR, id, error);
            case SignalR.PING:
                return SIGN_OF_LIFE;
            case SignalR.CLOSE:
                return new Control(Kind.SHUTDOWN, -1, error.isEmpty() ? "the hub closes" : error);
            case NO_TYPE:
                return keys == 0 || !error.isEmpty() ? handshake(record, error) : other(record);
            default:
                return other(record);
        }
    }

    /** The answer to the handshake: the first empty object, or why not. */
    private Control handshake(final ByteBuffer record, final String error) {
        final boolean object = record.hasRemaining() && FrameText.byteAt(record, 0) == '{';
        final boolean answer = object && !greeted;
        greeted |= object;
        if (!error.isEmpty()) {
            return new Control(Kind.ERROR, HANDSHAKE_ID, error);
        }
        return answer ? new Control(Kind.ACK, HANDSHAKE_ID, "") : other(record);
    }

    @Override
    public String streamOf(final ByteBuffer head) {
        final JsonCursor cursor = FrameText.cursor(head, FrameText.HEAD_LENGTH);
        String target = "";
        String contract = "";
        if (cursor.beginObject()) {
            while ((target.isEmpty() || contract.isEmpty()) && cursor.nextKey()) {
                if (cursor.keyIs(TARGET)) {
                    target = text(cursor);
                } else if (cursor.keyIs(ARGUMENTS) && cursor.peek() == '[') {
                    cursor.beginArray();
                    contract = cursor.nextElement() ? text(cursor) : "";
                    while (target.isEmpty() && cursor.nextElement()) {
                        cursor.skip();
                    }
                } else {
                    cursor.skip();
                }
            }
        }
        final String stream = stream(data(target), contract);
        return streams.contains(stream) ? stream : null;
    }

    private static String data(final String target) {
        return switch (target) {
            case "GatewayQuote" -> "Quotes";
            case "GatewayTrade" -> "Trades";
            case "GatewayDepth", "GatewayMarketDepth" -> "MarketDepth";
            default -> "";
        };
    }

    private static Control other(final ByteBuffer record) {
        return new Control(Kind.OTHER, -1, FrameText.shown(record));
    }

    private static int number(final JsonCursor cursor) {
        final long number = cursor.longValue(-1);
        return number == (int) number ? (int) number : -1;
    }

    private static String text(final JsonCursor cursor) {
        return cursor.string() ? cursor.stringText() : "";
    }
}
