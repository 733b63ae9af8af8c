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
 * Bybit's side of a connection. One unknown topic refuses a whole request, so the topics of each
 * symbol are asked for by themselves (spot allows ten at once); streams are the topics. Spot leaves
 * the number of a request out of its answer where the request had none, so ours always have one.
 */
final class BybitDialogue implements Dialogue {
    /** The most topics of one request on spot, where it is the least. */
    static final int TOPICS_PER_REQUEST = 10;

    private static final byte[] TOPIC_START = ascii("{\"topic\":\"");
    private static final byte[] TYPE_START = ascii("{\"type\":\"");
    private static final byte[] TOPIC_KEY = ascii("\"topic\":");
    private static final byte[] TOPIC = ascii("topic");
    private static final byte[] MISSPELT_TOPIC = ascii("toptic");
    private static final byte[] SUCCESS = ascii("success");
    private static final byte[] RET_MSG = ascii("ret_msg");
    private static final byte[] REQ_ID = ascii("req_id");
    private static final int OP = 'o' << 8 | 'p';
    private static final Control SIGN_OF_LIFE = new Control(Kind.HEARTBEAT, -1, "");

    @Override
    public List<Request> requests(final List<String> streams) {
        final List<Request> requests = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= streams.size(); to++) {
            if (to == streams.size()
                    || to - from == TOPICS_PER_REQUEST
                    || !symbol(streams.get(to)).equals(symbol(streams.get(from)))) {
                requests.add(request(streams.subList(from, to), FIRST_ID + requests.size()));
                from = to;
            }
        }
        return requests;
    }

    private static String symbol(final String topic) {
        return topic.substring(topic.lastIndexOf('.') + 1);
    }

    private static Request request(final List<String> topics, final int id) {
        final StringBuilder text = new StringBuilder("{\"op\":\"subscribe\",\"args\":");
        return Request.of(
                FrameText.list(text, topics).append(",\"req_id\":\"" + id + "\"}").toString());
    }

    @Override
    public String ping() {
        return "{\"op\":\"ping\"}";
    }

    @Override
    public Control control(final ByteBuffer message) {
        if (startsWith(message, TOPIC_START)
                || startsWith(message, TYPE_START) && byteAt(message, TYPE_START.length) != 'C'
                || FrameText.contains(message, TOPIC_KEY, FrameText.HEAD_LENGTH)) {
            return null;
        }
        return examine(message);
    }

    @Override
    public String streamOf(final ByteBuffer head) {
        final JsonCursor cursor = FrameText.cursor(head, FrameText.HEAD_LENGTH);
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(TOPIC) || cursor.keyIs(MISSPELT_TOPIC)) {
                    return cursor.string() ? cursor.stringText() : null;
                }
                cursor.skip();
            }
        }
        return null;
    }

    /** Reads the keys at the top as far as the head goes. */
    private static Control examine(final ByteBuffer message) {
        final JsonCursor cursor = FrameText.cursor(message, FrameText.HEAD_LENGTH);
        String op = "";
        String words = "";
        boolean granted = false;
        boolean refused = false;
        boolean data = false;
        int id = -1;
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.shortKey() == OP) {
                    op = text(cursor);
                } else if (cursor.keyIs(SUCCESS)) {
                    granted = cursor.booleanValue(false);
                    refused = !granted;
                } else if (cursor.keyIs(RET_MSG)) {
                    words = text(cursor);
                } else if (cursor.keyIs(REQ_ID)) {
                    id = id(cursor);
                } else {
                    data |= cursor.keyIs(MISSPELT_TOPIC);
                    cursor.skip();
                }
            }
        }
        if (data) {
            return null;
        }
        if (refused) {
            return new Control(Kind.ERROR, id, words.isEmpty() ? FrameText.shown(message) : words);
        }
        if (op.equals("pong") || op.equals("ping")) {
            return SIGN_OF_LIFE;
        }
        return granted
                ? new Control(Kind.ACK, id, "")
                : new Control(Kind.OTHER, -1, FrameText.shown(message));
    }

    private static String text(final JsonCursor cursor) {
        return cursor.string() ? cursor.stringText() : "";
    }

    private static int id(final JsonCursor cursor) {
        final long id = cursor.longValue(-1);
        return id >= 0 && id <= Integer.MAX_VALUE ? (int) id : -1;
    }
}
