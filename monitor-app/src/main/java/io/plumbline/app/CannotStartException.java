package io.plumbline.app;

/**
 * The monitor cannot start, for a reason outside of it. The message is one line for the operator
 * and names the remedy; no stack trace is shown.
 */
public final class CannotStartException extends Exception {
    private static final long serialVersionUID = 1L;

    public CannotStartException(final String message) {
        super(message);
    }

    public CannotStartException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
