package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code /api/Contract/available}: {@code
 * {"contracts":[{"id":"CON.F.US.MNQ.U26","name":"MNQU6","tickSize":0.25,..}],
 * "success":true,"errorCode":0,"errorMessage":null}}. Ticks keep their text ({@code 5E-07}, {@code
 * 0.0078125}). Cold path.
 */
final class ProjectXContracts {
    private static final int LIMIT = 50_000;
    private static final byte[] CONTRACTS = ascii("contracts");
    private static final byte[] TICK_SIZE = ascii("tickSize");
    private static final byte[] SUCCESS = ascii("success");
    private static final byte[] ERROR_CODE = ascii("errorCode");
    private static final byte[] ERROR_MESSAGE = ascii("errorMessage");
    private static final int ID = 'i' << 8 | 'd';
    private static final int NAME = 'n' << 24 | 'a' << 16 | 'm' << 8 | 'e';

    private ProjectXContracts() {}

    static List<Venue.Reference> read(final InputStream body) throws IOException {
        final byte[] bytes = body.readAllBytes();
        final JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes, 0, bytes.length);
        List<Venue.Reference> listed = null;
        boolean granted = true;
        String code = "";
        String words = "";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(CONTRACTS) && cursor.peek() == '[') {
                    listed = contracts(cursor);
                } else if (cursor.keyIs(SUCCESS)) {
                    granted = cursor.booleanValue(true);
                } else if (cursor.keyIs(ERROR_CODE)) {
                    code = cursor.number() ? cursor.stringText() : "";
                } else if (cursor.keyIs(ERROR_MESSAGE)) {
                    words = text(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        if (!cursor.end()) {
            throw new IOException(
                    "the list of contracts is not JSON from byte "
                            + cursor.errorPosition()
                            + " on");
        }
        if (!granted) {
            throw new IOException(
                    "the list of contracts is refused: error "
                            + code
                            + (words.isEmpty() ? "" : " " + words));
        }
        if (listed == null) {
            throw new IOException("the answer has no \"contracts\"");
        }
        return listed;
    }

    private static List<Venue.Reference> contracts(final JsonCursor cursor) {
        final List<Venue.Reference> listed = new ArrayList<>();
        cursor.beginArray();
        while (cursor.nextElement()) {
            String id = "";
            String name = "";
            String tick = "";
            if (cursor.beginObject()) {
                while (cursor.nextKey()) {
                    if (cursor.shortKey() == ID) {
                        id = text(cursor);
                    } else if (cursor.shortKey() == NAME) {
                        name = text(cursor);
                    } else if (cursor.keyIs(TICK_SIZE)) {
                        tick = cursor.number() ? cursor.stringText() : "";
                    } else {
                        cursor.skip();
                    }
                }
            }
            if (!id.isEmpty() && listed.size() < LIMIT) {
                listed.add(new Venue.Reference(id, tick, ProjectXSymbols.toSymbol(id, name)));
            }
        }
        return listed;
    }

    private static String text(final JsonCursor cursor) {
        return cursor.string() ? cursor.stringText() : "";
    }
}
