package io.plumbline.app.config;

import java.io.IOException;
import java.net.URI;

/**
 * A value that is never shown: {@link #toString} gives {@code ***}, or for a URL its scheme and
 * host with {@code ***} for the rest. Only {@link #reveal} gives it, to the code that sends it.
 */
public final class Secret {
    /** Where a secret is read again, because its owner may renew it. */
    @FunctionalInterface
    interface Origin {
        /** The value as it is now; IOException with the reason where it cannot be had. */
        String read() throws IOException;
    }

    /** What stands for a secret in a printed configuration. */
    public static final String WITHHELD = "***";

    /** No secret configured. */
    public static final Secret NONE = new Secret("", "", false);

    private final String value;
    private final String shown;
    private final boolean withheld;
    private final Origin origin;

    private Secret(final String value, final String shown, final boolean withheld) {
        this(value, shown, withheld, () -> value);
    }

    private Secret(
            final String value, final String shown, final boolean withheld, final Origin origin) {
        this.value = value;
        this.shown = shown;
        this.withheld = withheld;
        this.origin = origin;
    }

    /** A secret; {@code ***} is one that was withheld, "" is {@link #NONE}. */
    public static Secret of(final String value) {
        if (value.isEmpty()) {
            return NONE;
        }
        return new Secret(value, WITHHELD, value.equals(WITHHELD));
    }

    /**
     * A URL whose host may be known and whose path may not.
     *
     * @param text as it was written, perhaps with places to fill in
     * @param url the same as an address
     */
    static Secret ofUrl(final String text, final URI url) {
        final String shown = url.getScheme() + "://" + url.getRawAuthority() + "/" + WITHHELD;
        return new Secret(text, shown, text.equals(shown));
    }

    /** The same, to be read again from there. */
    Secret from(final Origin place) {
        return new Secret(value, shown, withheld, place);
    }

    /** Reads it again where it came from: the same value where that is this file. */
    public String readAgain() throws IOException {
        return origin.read();
    }

    /** Whether there is one. */
    public boolean isGiven() {
        return !value.isEmpty();
    }

    /** Whether only {@code ***} is known of it. */
    public boolean isWithheld() {
        return withheld;
    }

    /** The value itself; IllegalStateException when it was withheld, "" when none is given. */
    public String reveal() {
        if (withheld) {
            throw new IllegalStateException("the secret was withheld when this was printed");
        }
        return value;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return shown;
    }
}
