package io.plumbline.feed.probe;

/**
 * How a server that is probed is reached.
 *
 * @param <S> an open connection
 */
public interface ProbeServer<S> {
    /** The server's name in the configuration. */
    String name();

    /** Connects, in bounded time. */
    S open() throws Exception;

    /** Ends a connection, also under a thread that waits for it. Any thread; throws nothing. */
    void close(S connection);

    /** Whether the server answered and refused, so that the connection is still good. */
    boolean isRefusal(Exception failure);

    /** One line for people, with the remedy where there is a plain one; no secrets. */
    String reason(Exception failure);
}
