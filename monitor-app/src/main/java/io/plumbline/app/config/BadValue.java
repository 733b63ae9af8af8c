package io.plumbline.app.config;

/**
 * A text that is not a value of its type. The message fits after the quoted text and names the
 * remedy; it never repeats the text, which may be a secret in the wrong place.
 */
public final class BadValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadValue(final String message) {
        super(message, null, false, false);
    }
}
