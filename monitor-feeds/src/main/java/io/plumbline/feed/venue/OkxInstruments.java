package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code /api/v5/public/instruments}: {@code {"code":"0","data":[{"instId":"BTC-USDT-SWAP",
 * "instType":"SWAP","tickSz":"0.1","uly":"BTC-USDT","settleCcy":"USDT",..}],"msg":""}}. The tick of
 * an option is the finest of its bands. Cold path.
 */
final class OkxInstruments {
    /** The most instruments that are read; further ones are left out. */
    private static final int LIMIT = 50_000;

    /** USD and the coins that stand for it, as the venue writes them. */
    private static final String DOLLARS = "USDⓈ";

    private static final byte[] INSTRUMENT = ascii("instId");
    private static final byte[] TICK_SIZE = ascii("tickSz");
    private static final byte[] BASE = ascii("baseCcy");
    private static final byte[] QUOTE = ascii("quoteCcy");
    private static final byte[] SETTLE = ascii("settleCcy");
    private static final int CODE = 'c' << 24 | 'o' << 16 | 'd' << 8 | 'e';
    private static final int DATA = 'd' << 24 | 'a' << 16 | 't' << 8 | 'a';
    private static final int MSG = 'm' << 16 | 's' << 8 | 'g';
    private static final int UNDERLYING = 'u' << 16 | 'l' << 8 | 'y';

    private OkxInstruments() {}

    static List<Venue.Reference> read(final InputStream body) throws IOException {
        final byte[] bytes = body.readAllBytes();
        final JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes, 0, bytes.length);
        List<Venue.Reference> listed = null;
        String code = "0";
        String words = "it has no \"data\"";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.shortKey() == DATA && cursor.peek() == '[') {
                    listed = instruments(cursor);
                } else if (cursor.shortKey() == CODE) {
                    code = text(cursor);
                } else if (cursor.shortKey() == MSG) {
                    final String said = text(cursor);
                    words = said.isEmpty() ? words : said;
                } else {
                    cursor.skip();
                }
            }
        }
        if (!cursor.end()) {
            throw new IOException(
                    "instruments is not JSON from byte " + cursor.errorPosition() + " on");
        }
        if (listed == null || !code.equals("0")) {
            throw new IOException("instruments cannot be read: " + code + " " + words);
        }
        return listed;
    }

    private static List<Venue.Reference> instruments(final JsonCursor cursor) {
        final List<Venue.Reference> listed = new ArrayList<>();
        cursor.beginArray();
        while (cursor.nextElement()) {
            String name = "";
            String tick = "";
            String base = "";
            String quote = "";
            String settle = "";
            String underlying = "";
            if (cursor.beginObject()) {
                while (cursor.nextKey()) {
                    if (cursor.keyIs(INSTRUMENT)) {
                        name = text(cursor);
                    } else if (cursor.keyIs(TICK_SIZE)) {
                        tick = cursor.number() ? cursor.stringText() : "";
                    } else if (cursor.keyIs(BASE)) {
                        base = text(cursor);
                    } else if (cursor.keyIs(QUOTE)) {
                        quote = text(cursor);
                    } else if (cursor.keyIs(SETTLE)) {
                        settle = text(cursor);
                    } else if (cursor.shortKey() == UNDERLYING) {
                        underlying = text(cursor);
                    } else {
                        cursor.skip();
                    }
                }
            }
            if (!name.isEmpty() && listed.size() < LIMIT) {
                final String symbol =
                        settle.isEmpty()
                                ? spot(base, quote)
                                : contract(name, underlying.split("-", -1), settle);
                listed.add(new Venue.Reference(name, tick, symbol));
            }
        }
        return listed;
    }

    private static String spot(final String base, final String quote) {
        return base.isEmpty() || quote.isEmpty() ? "" : base + "/" + quote;
    }

    /** By the venue's description; what follows the family in the name is the expiry. */
    private static String contract(
            final String name, final String[] underlying, final String settle) {
        final int pair = name.indexOf('-', name.indexOf('-') + 1);
        if (underlying.length != 2 || pair < 0) {
            return "";
        }
        final String tail = name.substring(pair + 1);
        return OkxSymbols.symbol(
                underlying[0],
                underlying[1],
                settle.equals(DOLLARS) ? "USD" : settle,
                tail.equals("SWAP") ? "" : tail);
    }

    private static String text(final JsonCursor cursor) {
        return cursor.string() ? cursor.stringText() : "";
    }
}
