package io.plumbline.feed;

/**
 * One origin of messages: a venue connection, a Redis server, the timer. Constructors assign,
 * {@code start} acts and returns at once; nothing that is down outside ever stops the monitor from
 * starting.
 */
public interface Feed extends AutoCloseable {
    /** The name of its source. */
    String name();

    /** Begins; connection attempts go on in the background until {@link #close}. */
    void start();

    /** Where it stands, for people: any thread. */
    FeedStatus status();

    /** Stops offering, closes connections and ends its threads, within 5 s. */
    @Override
    void close();
}
