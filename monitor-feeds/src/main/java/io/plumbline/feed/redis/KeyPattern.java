package io.plumbline.feed.redis;

/**
 * How symbols are spelt as Redis keys: a text with exactly one {@code {symbol}}, for example {@code
 * pms:price:{symbol}}. Everything else stands for itself.
 */
public final class KeyPattern {
    private static final String HOLE = "{symbol}";

    private final String prefix;
    private final String suffix;

    private KeyPattern(final String prefix, final String suffix) {
        this.prefix = prefix;
        this.suffix = suffix;
    }

    /** Reads a pattern; throws IllegalArgumentException when it has not exactly one hole. */
    public static KeyPattern parse(final String text) {
        final int hole = text.indexOf(HOLE);
        if (hole < 0 || text.indexOf(HOLE, hole + 1) >= 0) {
            throw new IllegalArgumentException(
                    "key pattern '"
                            + text
                            + "' must hold {symbol} exactly once, for example pms:price:{symbol}");
        }
        return new KeyPattern(text.substring(0, hole), text.substring(hole + HOLE.length()));
    }

    /** The key of {@code symbol}. */
    public String keyOf(final String symbol) {
        return prefix + symbol + suffix;
    }

    /** The symbol in {@code key}, or null when the key does not fit the pattern. */
    public String symbolOf(final String key) {
        return key.length() > prefix.length() + suffix.length()
                        && key.startsWith(prefix)
                        && key.endsWith(suffix)
                ? key.substring(prefix.length(), key.length() - suffix.length())
                : null;
    }

    /** What stands before the symbol. */
    public String prefix() {
        return prefix;
    }

    /** The pattern for Redis' own matching (SCAN, PSUBSCRIBE). */
    public String glob() {
        return escaped(prefix) + "*" + escaped(suffix);
    }

    /** A glob that only {@code text} fits. */
    public static String literal(final String text) {
        return escaped(text);
    }

    /** {@code text} with the metacharacters of a Redis glob escaped. */
    public static String escaped(final String text) {
        final StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '*' || c == '?' || c == '[' || c == ']' || c == '^' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return prefix + HOLE + suffix;
    }
}
