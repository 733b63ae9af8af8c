package io.plumbline.feed.redis;

import java.util.function.Supplier;

/** A password that does not print itself: no log, exception or configuration dump shows it. */
public final class Secret {
    /** No password. */
    public static final Secret NONE = new Secret(null, () -> null);

    private final char[] characters;
    private final Supplier<char[]> origin;

    private Secret(final char[] characters, final Supplier<char[]> origin) {
        this.characters = characters;
        this.origin = origin;
    }

    /** A copy of {@code characters}; {@link #NONE} for null or nothing. */
    public static Secret of(final char[] characters) {
        return renewed(characters, () -> null);
    }

    /**
     * A password that its owner may change while we run: taken anew for every connection.
     *
     * @param characters what it is now, and where {@code origin} gives null or nothing
     */
    public static Secret renewed(final char[] characters, final Supplier<char[]> origin) {
        return characters == null || characters.length == 0
                ? NONE
                : new Secret(characters.clone(), origin);
    }

    public boolean isGiven() {
        return characters != null;
    }

    /** A copy for the one who authenticates; null when none is given. */
    public char[] reveal() {
        if (characters == null) {
            return null;
        }
        final char[] now = origin.get();
        return now == null || now.length == 0 ? characters.clone() : now;
    }

    @Override
    public String toString() {
        return characters == null ? "" : "***";
    }
}
