package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a page of {@code instruments-info}: {@code
 * {"retCode":0,"result":{"list":[..],"nextPageCursor":".."}}}. Spot has one page without a cursor.
 * About a megabyte, every few hours: cold path.
 */
final class BybitInstruments {
    /** The most instruments of a page that are read; the venue sends a thousand. */
    private static final int LIMIT = 50_000;

    private static final byte[] RET_CODE = ascii("retCode");
    private static final byte[] RET_MSG = ascii("retMsg");
    private static final byte[] RESULT = ascii("result");
    private static final byte[] NEXT_PAGE_CURSOR = ascii("nextPageCursor");
    private static final byte[] SYMBOL = ascii("symbol");
    private static final byte[] BASE_COIN = ascii("baseCoin");
    private static final byte[] QUOTE_COIN = ascii("quoteCoin");
    private static final byte[] SETTLE_COIN = ascii("settleCoin");
    private static final byte[] CONTRACT_TYPE = ascii("contractType");
    private static final byte[] DELIVERY_TIME = ascii("deliveryTime");
    private static final byte[] PRICE_FILTER = ascii("priceFilter");
    private static final byte[] TICK_SIZE = ascii("tickSize");
    private static final int LIST = 'l' << 24 | 'i' << 16 | 's' << 8 | 't';

    private final JsonCursor cursor = new JsonCursor();
    private List<Venue.Reference> listed;
    private String next = "";

    private BybitInstruments() {}

    static Venue.ReferencePage read(final RestRequest asked, final InputStream body)
            throws IOException {
        return new BybitInstruments().page(asked, body.readAllBytes());
    }

    private Venue.ReferencePage page(final RestRequest asked, final byte[] bytes)
            throws IOException {
        cursor.reset(bytes, 0, bytes.length);
        long code = 0;
        String words = "it has no list";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(RET_CODE)) {
                    code = cursor.longValue(-1);
                } else if (cursor.keyIs(RET_MSG)) {
                    words = text();
                } else if (cursor.keyIs(RESULT)) {
                    result();
                } else {
                    cursor.skip();
                }
            }
        }
        if (!cursor.end()) {
            throw new IOException(
                    "instruments-info is not JSON from byte " + cursor.errorPosition() + " on");
        }
        if (code != 0 || listed == null) {
            throw new IOException(
                    "instruments-info cannot be read: "
                            + words
                            + (code == 0 ? "" : " (retCode " + code + ")"));
        }
        return new Venue.ReferencePage(
                listed, next.isEmpty() || listed.isEmpty() ? null : following(asked));
    }

    private void result() {
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.shortKey() == LIST && cursor.peek() == '[') {
                    list();
                } else if (cursor.keyIs(NEXT_PAGE_CURSOR)) {
                    next = text();
                } else {
                    cursor.skip();
                }
            }
        }
    }

    private void list() {
        listed = new ArrayList<>();
        cursor.beginArray();
        while (cursor.nextElement()) {
            final Venue.Reference reference = instrument();
            if (!reference.venueSymbol().isEmpty() && listed.size() < LIMIT) {
                listed.add(reference);
            }
        }
    }

    private Venue.Reference instrument() {
        String name = "";
        String tick = "";
        String base = "";
        String quote = "";
        String settle = "";
        String type = "";
        long delivery = 0;
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(SYMBOL)) {
                    name = text();
                } else if (cursor.keyIs(BASE_COIN)) {
                    base = text();
                } else if (cursor.keyIs(QUOTE_COIN)) {
                    quote = text();
                } else if (cursor.keyIs(SETTLE_COIN)) {
                    settle = text();
                } else if (cursor.keyIs(CONTRACT_TYPE)) {
                    type = text();
                } else if (cursor.keyIs(DELIVERY_TIME)) {
                    delivery = cursor.longValue(0);
                } else if (cursor.keyIs(PRICE_FILTER)) {
                    tick = tickSize();
                } else {
                    cursor.skip();
                }
            }
        }
        return new Venue.Reference(name, tick, symbol(base, quote, settle, type, delivery));
    }

    private String tickSize() {
        String tick = "";
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(TICK_SIZE)) {
                    tick = cursor.number() ? cursor.stringText() : "";
                } else {
                    cursor.skip();
                }
            }
        }
        return tick;
    }

    /** A perpetual that is to be delisted has a delivery time too: only a future is dated. */
    private static String symbol(
            final String base,
            final String quote,
            final String settle,
            final String type,
            final long deliveryMs) {
        if (base.isEmpty() || quote.isEmpty()) {
            return "";
        }
        if (type.isEmpty()) {
            return base + "/" + quote;
        }
        final boolean dated = type.endsWith("Futures");
        if (settle.isEmpty() || dated && deliveryMs <= 0) {
            return "";
        }
        return BybitSymbols.symbol(
                base,
                quote,
                settle,
                dated
                        ? LocalDate.ofInstant(Instant.ofEpochMilli(deliveryMs), ZoneOffset.UTC)
                        : null);
    }

    /** The same request from where this page ended. */
    private RestRequest following(final RestRequest asked) {
        final String first = asked.uri().toString().replaceAll("[?&]cursor=[^&]*", "");
        return RestRequest.get(
                URI.create(first + (first.contains("?") ? "&" : "?") + "cursor=" + escaped()));
    }

    /** The cursor comes escaped as it is to be sent; what may not stand in a query is escaped. */
    private String escaped() {
        final StringBuilder out = new StringBuilder();
        for (final byte b : next.getBytes(StandardCharsets.UTF_8)) {
            final char c = (char) (b & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || "%-._~".indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return out.toString();
    }

    private String text() {
        return cursor.string() ? cursor.stringText() : "";
    }
}
