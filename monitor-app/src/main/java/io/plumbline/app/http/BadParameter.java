package io.plumbline.app.http;

/** A query parameter cannot be used; the message says what is accepted, never what was sent. */
final class BadParameter extends Exception {
    private static final long serialVersionUID = 1L;

    BadParameter(final String message) {
        super(message, null, false, false);
    }
}
