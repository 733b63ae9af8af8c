package io.plumbline.app.alert;

/** One way to reach a person. One implementation, one file. Called by one thread of its own. */
public interface AlertChannel extends AutoCloseable {
    /** The name in config, logs and the outbox: a backlog is found again by it. */
    String name();

    /**
     * Tries once, bounded in time by itself. Throws nothing for what the other side does.
     *
     * @param body {@link AlertJson} of {@code alert}
     */
    Delivery deliver(Alert alert, byte[] body);

    /** Whether the receiver knows what it is that somebody has taken a case on. */
    default boolean acknowledges() {
        return false;
    }

    /** Attempts that the receiver takes per minute; the outbox keeps to it. */
    default int attemptsPerMinute() {
        return 100;
    }

    /** Ends a delivery under way and frees what is held; any thread. */
    @Override
    default void close() {}
}
