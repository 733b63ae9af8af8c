package io.plumbline.feed.venue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.market.Decimal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code exchangeInfo}: several megabytes, of which one word per symbol matters, so it is
 * streamed. The tick is PRICE_FILTER.tickSize; the field pricePrecision is not the tick. Base,
 * quote and margin asset give the ccxt form, where a name alone does not tell.
 */
final class BinanceExchangeInfo {
    /** The most instruments that are read; further ones are left out. */
    private static final int LIMIT = 50_000;

    private static final JsonFactory JSON = new JsonFactory();

    private BinanceExchangeInfo() {}

    static List<Venue.Reference> read(final InputStream body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("exchangeInfo is not a JSON object");
            }
            String refusal = "it has no \"symbols\"";
            List<Venue.Reference> references = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                final String key = parser.currentName();
                final JsonToken value = parser.nextToken();
                if ("symbols".equals(key) && value == JsonToken.START_ARRAY) {
                    references = symbols(parser);
                } else if ("msg".equals(key)) {
                    refusal = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            if (references == null) {
                throw new IOException("exchangeInfo cannot be read: " + refusal);
            }
            return references;
        }
    }

    private static List<Venue.Reference> symbols(final JsonParser parser) throws IOException {
        final List<Venue.Reference> references = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String symbol = null;
            String tick = "";
            String base = "";
            String quote = "";
            String margin = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                final String key = parser.currentName();
                final JsonToken value = parser.nextToken();
                if ("symbol".equals(key)) {
                    symbol = parser.getText();
                } else if ("filters".equals(key) && value == JsonToken.START_ARRAY) {
                    tick = tickSize(parser);
                } else if ("baseAsset".equals(key)) {
                    base = parser.getText();
                } else if ("quoteAsset".equals(key)) {
                    quote = parser.getText();
                } else if ("marginAsset".equals(key)) {
                    margin = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            if (symbol != null && references.size() < LIMIT) {
                references.add(
                        new Venue.Reference(symbol, tick, unified(symbol, base, quote, margin)));
            }
        }
        return references;
    }

    /** The ccxt form by the venue's description; "" where it names no assets. */
    private static String unified(
            final String symbol, final String base, final String quote, final String margin) {
        if (base.isEmpty() || quote.isEmpty()) {
            return "";
        }
        final String expiry = symbol.substring(symbol.indexOf('_') + 1);
        return base
                + '/'
                + quote
                + (margin.isEmpty() ? "" : ':' + margin)
                + (symbol.indexOf('_') > 0 && BinanceSymbols.isDate(expiry) ? '-' + expiry : "");
    }

    private static String tickSize(final JsonParser parser) throws IOException {
        String found = "";
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String type = "";
            String tick = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                final String key = parser.currentName();
                parser.nextToken();
                if ("filterType".equals(key)) {
                    type = parser.getText();
                } else if ("tickSize".equals(key)) {
                    tick = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            if ("PRICE_FILTER".equals(type)) {
                found = given(tick);
            }
        }
        return found;
    }

    /** The tick as the venue writes it; "" for zero (the rule is off) and for what is no number. */
    private static String given(final String tick) {
        final byte[] text = tick.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        final Decimal size = new Decimal();
        return size.parse(text, 0, text.length) && size.signum() > 0 ? tick : "";
    }
}
