package io.plumbline.feed.provider;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Symbols between the ccxt form and the provider's: by an explicit map first, else by a template.
 *
 * @param template with {@code {base}} and {@code {quote}}; "" where only the map names symbols
 * @param market which ccxt symbols the template is for
 * @param letters how the provider writes the letters of base and quote
 * @param quotes by which a name without a mark between base and quote is split; the longest fits
 * @param map ccxt form to the provider's
 */
public record SymbolNames(
        String template,
        Market market,
        Letters letters,
        List<String> quotes,
        Map<String, String> map) {
    static final String BASE = "{base}";
    static final String QUOTE = "{quote}";

    public SymbolNames {
        quotes = List.copyOf(quotes);
        map = Map.copyOf(map);
    }

    /** What is traded. */
    public enum Market {
        /** {@code BTC/USDT}. */
        SPOT("spot"),
        /** {@code BTC/USDT:USDT}. */
        LINEAR("linear"),
        /** {@code BTC/USD:BTC}. */
        INVERSE("inverse");

        private final String label;

        Market(final String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        String symbol(final String base, final String quote) {
            final String pair = base + '/' + quote;
            return this == SPOT ? pair : pair + ':' + (this == LINEAR ? quote : base);
        }
    }

    /** How letters are written. */
    public enum Letters {
        UPPER("upper"),
        LOWER("lower");

        private final String label;

        Letters(final String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** The provider's name; IllegalArgumentException where it cannot be one. */
    String toVenueSymbol(final String symbol) {
        final String mapped = map.get(symbol);
        if (mapped != null) {
            return mapped;
        }
        if (template.isEmpty()) {
            throw new IllegalArgumentException("it is not in the map of symbols");
        }
        final int slash = symbol.indexOf('/');
        final int colon = symbol.indexOf(':');
        if (slash <= 0) {
            throw new IllegalArgumentException("it has no \"/\" between base and quote");
        }
        final String base = symbol.substring(0, slash);
        final String quote = symbol.substring(slash + 1, colon < slash ? symbol.length() : colon);
        if (!market.symbol(base, quote).equals(symbol)) {
            throw new IllegalArgumentException(
                    "the template is for "
                            + market.symbol("BASE", "QUOTE")
                            + "; name it in the map");
        }
        return template.replace(BASE, written(base)).replace(QUOTE, written(quote));
    }

    /** The ccxt form; the name itself where it cannot be split. */
    String toSymbol(final String venueSymbol) {
        for (final Map.Entry<String, String> entry : map.entrySet()) {
            if (entry.getValue().equals(venueSymbol)) {
                return entry.getKey();
            }
        }
        if (template.isEmpty()) {
            return venueSymbol;
        }
        final boolean baseFirst = template.indexOf(BASE) < template.indexOf(QUOTE);
        final String first = baseFirst ? BASE : QUOTE;
        final String second = baseFirst ? QUOTE : BASE;
        final String before = template.substring(0, template.indexOf(first));
        final String between =
                template.substring(before.length() + first.length(), template.indexOf(second));
        final String after = template.substring(template.indexOf(second) + second.length());
        if (!venueSymbol.startsWith(before)
                || !venueSymbol.endsWith(after)
                || venueSymbol.length() < before.length() + after.length()) {
            return venueSymbol;
        }
        final String pair =
                venueSymbol.substring(before.length(), venueSymbol.length() - after.length());
        final int split = between.isEmpty() ? join(pair, baseFirst) : pair.indexOf(between);
        if (split <= 0 || split + between.length() >= pair.length()) {
            return venueSymbol;
        }
        final String left = pair.substring(0, split).toUpperCase(Locale.ROOT);
        final String right = pair.substring(split + between.length()).toUpperCase(Locale.ROOT);
        return baseFirst ? market.symbol(left, right) : market.symbol(right, left);
    }

    /** Where base and quote meet, by the longest known quote; -1 where none fits. */
    private int join(final String pair, final boolean baseFirst) {
        String longest = "";
        for (final String quote : quotes) {
            final String name = written(quote);
            final boolean fits = baseFirst ? pair.endsWith(name) : pair.startsWith(name);
            if (fits && name.length() > longest.length()) {
                longest = name;
            }
        }
        if (longest.isEmpty()) {
            return -1;
        }
        return baseFirst ? pair.length() - longest.length() : longest.length();
    }

    private String written(final String name) {
        return letters == Letters.LOWER ? name.toLowerCase(Locale.ROOT) : name;
    }
}
