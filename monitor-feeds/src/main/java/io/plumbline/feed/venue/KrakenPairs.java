package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code AssetPairs}: {@code {"error":[],"result":{"XXBTZUSD":{"wsname":"XBT/USD",..}}}}. The
 * tick is {@code tick_size}; pairs without {@code wsname} (dark pools) have no market data. About a
 * megabyte, every few hours: cold path.
 */
final class KrakenPairs {
    /** The most pairs that are read; further ones are left out. */
    private static final int LIMIT = 50_000;

    private static final byte[] RESULT = ascii("result");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] WSNAME = ascii("wsname");
    private static final byte[] TICK_SIZE = ascii("tick_size");

    private KrakenPairs() {}

    static List<Venue.Reference> read(final InputStream body) throws IOException {
        final byte[] bytes = body.readAllBytes();
        final JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes, 0, bytes.length);
        List<Venue.Reference> listed = null;
        String refusal = "it has no \"result\"";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(RESULT) && cursor.peek() == '{') {
                    listed = pairs(cursor);
                } else if (cursor.keyIs(ERROR) && cursor.peek() == '[') {
                    refusal = words(cursor, refusal);
                } else {
                    cursor.skip();
                }
            }
        }
        if (!cursor.end()) {
            throw new IOException(
                    "AssetPairs is not JSON from byte " + cursor.errorPosition() + " on");
        }
        if (listed == null) {
            throw new IOException("AssetPairs cannot be read: " + refusal);
        }
        return listed;
    }

    private static List<Venue.Reference> pairs(final JsonCursor cursor) {
        final List<Venue.Reference> listed = new ArrayList<>();
        cursor.beginObject();
        while (cursor.nextKey()) {
            String name = "";
            String tick = "";
            if (cursor.beginObject()) {
                while (cursor.nextKey()) {
                    if (cursor.keyIs(WSNAME)) {
                        name = cursor.string() ? cursor.stringText() : "";
                    } else if (cursor.keyIs(TICK_SIZE)) {
                        tick = cursor.number() ? cursor.stringText() : "";
                    } else {
                        cursor.skip();
                    }
                }
            }
            if (!name.isEmpty() && listed.size() < LIMIT) {
                final String pair = KrakenNames.ofToday(name);
                listed.add(new Venue.Reference(pair, tick, pair));
            }
        }
        return listed;
    }

    private static String words(final JsonCursor cursor, final String otherwise) {
        String words = otherwise;
        cursor.beginArray();
        while (cursor.nextElement()) {
            words = cursor.string() ? cursor.stringText() : words;
        }
        return words;
    }
}
