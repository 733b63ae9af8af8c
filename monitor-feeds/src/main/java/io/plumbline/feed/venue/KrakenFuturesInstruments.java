package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads {@code instruments}: {@code {"result":"success","instruments":[{"symbol":"PF_XBTUSD",
 * "type":"flexible_futures","tickSize":0.5,"base":"BTC","quote":"USD",..}]}}. Lower case in 2021,
 * upper case today; messages always name products in upper case. Indices have no tick and are left
 * out. Cold path.
 */
final class KrakenFuturesInstruments {
    /** The most instruments that are read; further ones are left out. */
    private static final int LIMIT = 50_000;

    private static final byte[] INSTRUMENTS = ascii("instruments");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] SYMBOL = ascii("symbol");
    private static final byte[] TICK_SIZE = ascii("tickSize");
    private static final byte[] BASE = ascii("base");
    private static final byte[] QUOTE = ascii("quote");
    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';

    private KrakenFuturesInstruments() {}

    static List<Venue.Reference> read(final InputStream body) throws IOException {
        final byte[] bytes = body.readAllBytes();
        final JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes, 0, bytes.length);
        List<Venue.Reference> listed = null;
        String refusal = "it has no \"instruments\"";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(INSTRUMENTS) && cursor.peek() == '[') {
                    listed = instruments(cursor);
                } else if (cursor.keyIs(ERROR)) {
                    refusal = text(cursor, refusal);
                } else {
                    cursor.skip();
                }
            }
        }
        if (!cursor.end()) {
            throw new IOException(
                    "instruments is not JSON from byte " + cursor.errorPosition() + " on");
        }
        if (listed == null) {
            throw new IOException("instruments cannot be read: " + refusal);
        }
        return listed;
    }

    private static List<Venue.Reference> instruments(final JsonCursor cursor) {
        final List<Venue.Reference> listed = new ArrayList<>();
        cursor.beginArray();
        while (cursor.nextElement()) {
            String name = "";
            String tick = "";
            String type = "";
            String base = "";
            String quote = "";
            if (cursor.beginObject()) {
                while (cursor.nextKey()) {
                    if (cursor.keyIs(SYMBOL)) {
                        name = text(cursor, "").toUpperCase(Locale.ROOT);
                    } else if (cursor.keyIs(TICK_SIZE)) {
                        tick = cursor.number() ? cursor.stringText() : "";
                    } else if (cursor.shortKey() == TYPE) {
                        type = text(cursor, "");
                    } else if (cursor.keyIs(BASE)) {
                        base = text(cursor, "");
                    } else if (cursor.keyIs(QUOTE)) {
                        quote = text(cursor, "");
                    } else {
                        cursor.skip();
                    }
                }
            }
            if (!name.isEmpty() && !type.endsWith("index") && listed.size() < LIMIT) {
                listed.add(new Venue.Reference(name, tick, symbol(name, type, base, quote)));
            }
        }
        return listed;
    }

    /** By the venue's description where it names base and quote, else "". */
    private static String symbol(
            final String name, final String type, final String base, final String quote) {
        if (base.isEmpty() || quote.isEmpty() || !type.contains("futures")) {
            return "";
        }
        final String tail = name.substring(name.lastIndexOf('_') + 1);
        return KrakenFuturesSymbols.symbol(
                KrakenFuturesSymbols.coin(base),
                KrakenFuturesSymbols.coin(quote),
                type.contains("inverse"),
                KrakenFuturesSymbols.isDate(tail) ? tail : "");
    }

    private static String text(final JsonCursor cursor, final String otherwise) {
        return cursor.string() ? cursor.stringText() : otherwise;
    }
}
