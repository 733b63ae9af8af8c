package io.plumbline.feed.redis;

/** A password that does not print itself: no log, exception or configuration dump shows it. */
public final class Secret {
    /** No password. */
    public static final Secret NONE = new Secret(null);

    private final char[] characters;

    private Secret(final char[] characters) {
        this.characters = characters;
    }

    /** A copy of {@code characters}; {@link #NONE} for null or nothing. */
    public static Secret of(final char[] characters) {
        return characters == null || characters.length == 0 ? NONE : new Secret(characters.clone());
    }

    public boolean isGiven() {
        return characters != null;
    }

    /** A copy for the one who authenticates; null when none is given. */
    public char[] reveal() {
        return characters == null ? null : characters.clone();
    }

    @Override
    public String toString() {
        return characters == null ? "" : "***";
    }
}
