package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the lists of products: Exchange's {@code [{"id":"BTC-USD","quote_increment":"0.01",..}]}
 * and Advanced Trade's {@code {"products":[{"product_id":..,"price_increment":..}],"pagination":
 * {..}}}. There {@code quote_increment} is the step of money amounts, not of prices. Products that
 * are not traded any more stay in the lists and are left out. About a megabyte, every few hours:
 * cold path.
 */
final class CoinbaseProducts {
    /** The most products that are read; further ones are left out. */
    private static final int LIMIT = 50_000;

    private static final byte[] ID = ascii("id");
    private static final byte[] PRODUCT_ID = ascii("product_id");
    private static final byte[] QUOTE_INCREMENT = ascii("quote_increment");
    private static final byte[] PRICE_INCREMENT = ascii("price_increment");
    private static final byte[] PRODUCTS = ascii("products");
    private static final byte[] PAGINATION = ascii("pagination");
    private static final byte[] HAS_NEXT = ascii("has_next");
    private static final byte[] NEXT_CURSOR = ascii("next_cursor");
    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] FUTURE = ascii("future_product_details");
    private static final byte[] ROOT_UNIT = ascii("contract_root_unit");
    private static final byte[] EXPIRY = ascii("contract_expiry");
    private static final byte[] QUOTE = ascii("quote_currency_id");
    private static final byte[] STATUS = ascii("status");
    private static final byte[] DELISTED = ascii("delisted");

    private CoinbaseProducts() {}

    /**
     * One page of Advanced Trade's list.
     *
     * @param next the mark of the page that follows, or ""
     */
    record Page(List<Venue.Reference> listed, String next) {}

    static List<Venue.Reference> exchange(final InputStream body) throws IOException {
        final JsonCursor cursor = cursor(body);
        final List<Venue.Reference> listed = new ArrayList<>();
        String refusal = null;
        if (cursor.peek() == '[') {
            products(cursor, ID, QUOTE_INCREMENT, listed);
        } else {
            refusal = refusal(cursor);
        }
        check(cursor, refusal);
        return listed;
    }

    static Page advanced(final InputStream body) throws IOException {
        final JsonCursor cursor = cursor(body);
        final List<Venue.Reference> listed = new ArrayList<>();
        String refusal = "it has no \"products\"";
        String next = "";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(PRODUCTS) && cursor.peek() == '[') {
                    products(cursor, PRODUCT_ID, PRICE_INCREMENT, listed);
                    refusal = null;
                } else if (cursor.keyIs(PAGINATION)) {
                    next = next(cursor);
                } else if (cursor.keyIs(MESSAGE)) {
                    refusal = text(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        check(cursor, refusal);
        return new Page(listed, next);
    }

    private static JsonCursor cursor(final InputStream body) throws IOException {
        final byte[] bytes = body.readAllBytes();
        final JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes, 0, bytes.length);
        return cursor;
    }

    private static void check(final JsonCursor cursor, final String refusal) throws IOException {
        if (!cursor.end()) {
            throw new IOException(
                    "products are not JSON from byte " + cursor.errorPosition() + " on");
        }
        if (refusal != null) {
            throw new IOException("products cannot be read: " + refusal);
        }
    }

    private static String refusal(final JsonCursor cursor) {
        String refusal = "it is no list";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(MESSAGE)) {
                    refusal = text(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        return refusal;
    }

    private static void products(
            final JsonCursor cursor,
            final byte[] id,
            final byte[] increment,
            final List<Venue.Reference> listed) {
        cursor.beginArray();
        while (cursor.nextElement()) {
            String name = "";
            String tick = "";
            String quote = "";
            String future = "";
            boolean delisted = false;
            if (cursor.beginObject()) {
                while (cursor.nextKey()) {
                    if (cursor.keyIs(id)) {
                        name = text(cursor);
                    } else if (cursor.keyIs(increment)) {
                        tick = cursor.number() ? cursor.stringText() : "";
                    } else if (cursor.keyIs(QUOTE)) {
                        quote = text(cursor);
                    } else if (cursor.keyIs(FUTURE)) {
                        future = future(cursor);
                    } else if (cursor.keyIs(STATUS)) {
                        delisted = cursor.string() && cursor.stringIs(DELISTED);
                    } else {
                        cursor.skip();
                    }
                }
            }
            if (!name.isEmpty() && !delisted && listed.size() < LIMIT) {
                listed.add(new Venue.Reference(name, tick, symbol(name, quote, future)));
            }
        }
    }

    /** {@code BTC-251226} for a contract that ends, else "". */
    private static String future(final JsonCursor cursor) {
        String root = "";
        String expiry = "";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(ROOT_UNIT)) {
                    root = text(cursor);
                } else if (cursor.keyIs(EXPIRY)) {
                    expiry = text(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        return root.isEmpty() || !expiry.matches("\\d{4}-\\d\\d-\\d\\dT.*")
                ? ""
                : root + "-" + expiry.substring(2, 10).replace("-", "");
    }

    /** By the venue's description where the name does not tell, else "". */
    private static String symbol(final String name, final String quote, final String future) {
        if (future.isEmpty() || quote.isEmpty() || !name.endsWith("-CDE")) {
            return "";
        }
        final int dash = future.lastIndexOf('-');
        return future.substring(0, dash) + "/" + quote + ":" + quote + future.substring(dash);
    }

    /** The mark of the page that follows, or "" at the end. */
    private static String next(final JsonCursor cursor) {
        boolean more = false;
        String mark = "";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(HAS_NEXT)) {
                    more = cursor.booleanValue(false);
                } else if (cursor.keyIs(NEXT_CURSOR)) {
                    mark = text(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        return more ? mark : "";
    }

    private static String text(final JsonCursor cursor) {
        return cursor.string() ? cursor.stringText() : "";
    }
}
