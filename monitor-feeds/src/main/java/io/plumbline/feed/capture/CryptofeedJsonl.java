package io.plumbline.feed.capture;

import io.plumbline.feed.json.JsonCursor;
import java.nio.charset.StandardCharsets;

/**
 * cryptofeed's JSON lines: <code>{"t":"recv","conn":..,"ts":<epoch seconds>,"data":"<frame>"}
 * </code>. The frame stands in a JSON string, so its escapes are resolved before it is handed on.
 */
final class CryptofeedJsonl implements CaptureLine {
    private static final byte[] HEADER = ascii("header");
    private static final byte[] CONNECT = ascii("connect");
    private static final byte[] DISCONNECT = ascii("disconnect");
    private static final byte[] SEND = ascii("send");
    private static final byte[] RECV = ascii("recv");
    private static final byte[] HTTP = ascii("http");
    private static final byte[] CONN = ascii("conn");
    private static final byte[] DATA = ascii("data");
    private static final byte[] ADDR = ascii("addr");
    private static final byte[] URL = ascii("url");
    private static final byte[] TS = ascii("ts");
    private static final byte[] T = ascii("t");

    private final JsonCursor cursor = new JsonCursor();
    private final ReceiveTime time = new ReceiveTime();
    private String header = "";
    private String connection = "";
    private byte[] connectionBytes = {};

    @Override
    public Outcome read(final byte[] bytes, final int from, final int to, final CaptureRecord out) {
        if (from == to) {
            return Outcome.NOTHING;
        }
        cursor.reset(bytes, from, to - from);
        CaptureRecord.Kind kind = null;
        boolean head = false;
        boolean stamped = false;
        out.set(null, 0, "", "", bytes, from, 0);
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(T)) {
                    cursor.string();
                    head = cursor.stringIs(HEADER);
                    kind = kind();
                } else if (cursor.keyIs(TS)) {
                    stamped = cursor.number() && stamp();
                } else if (cursor.keyIs(CONN)) {
                    out.connection = connection();
                } else if (cursor.keyIs(ADDR) || cursor.keyIs(URL)) {
                    out.url = cursor.string() ? cursor.stringText() : "";
                } else if (cursor.keyIs(DATA)) {
                    data(bytes, out);
                } else {
                    cursor.skip();
                }
            }
        }
        if (!cursor.end()) {
            return Outcome.UNREADABLE;
        }
        if (head) {
            header = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            return Outcome.NOTHING;
        }
        if (kind == null || !stamped) {
            return Outcome.UNREADABLE;
        }
        out.kind = kind;
        out.stampNs = time.ns();
        return Outcome.RECORD;
    }

    /** Takes the payload: a string's content, or any other value as it is written. */
    private void data(final byte[] bytes, final CaptureRecord out) {
        if (cursor.peek() == '"') {
            if (cursor.string()) {
                out.bytes = cursor.stringBytes();
                out.offset = cursor.stringStart();
                out.length = cursor.stringLength();
            }
        } else {
            out.bytes = bytes;
            out.offset = cursor.position();
            cursor.skip();
            out.length = cursor.position() - out.offset;
        }
    }

    private CaptureRecord.Kind kind() {
        if (cursor.stringIs(RECV)) {
            return CaptureRecord.Kind.FRAME;
        }
        if (cursor.stringIs(SEND)) {
            return CaptureRecord.Kind.SENT;
        }
        if (cursor.stringIs(HTTP)) {
            return CaptureRecord.Kind.HTTP;
        }
        if (cursor.stringIs(CONNECT)) {
            return CaptureRecord.Kind.CONNECT;
        }
        return cursor.stringIs(DISCONNECT) ? CaptureRecord.Kind.DISCONNECT : null;
    }

    private boolean stamp() {
        final int to = cursor.stringStart() + cursor.stringLength();
        return time.number(cursor.stringBytes(), cursor.stringStart(), to) == to;
    }

    /** The connection's name; most lines carry the one of the line before. */
    private String connection() {
        if (cursor.string() && !cursor.stringIs(connectionBytes)) {
            connection = cursor.stringText();
            connectionBytes = connection.getBytes(StandardCharsets.UTF_8);
        }
        return connection;
    }

    @Override
    public boolean recognises(final byte[] bytes, final int from, final int to) {
        cursor.reset(bytes, from, to - from);
        if (cursor.peek() == '{' && cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(T)) {
                    return cursor.string() && (cursor.stringIs(HEADER) || kind() != null);
                }
                cursor.skip();
            }
        }
        return false;
    }

    @Override
    public String header() {
        return header;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
