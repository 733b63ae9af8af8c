package io.plumbline.feed.probe;

/**
 * One kind of question to a server, asked again and again on the probe's thread. It may only read.
 *
 * @param <S> what it asks: a Redis connection, a database connection
 */
public interface Probe<S> {
    /** Its name, for failures: unique within its server. */
    String name();

    /** The time from one run to the next, ns. */
    long everyNs();

    /**
     * Asks and reports. Bounded: it stops when {@link ProbeReport#hasTime()} is false and goes on
     * from there in its next run. An exception that the server's answer caused fails this run only;
     * any other one costs the connection.
     */
    void run(S server, ProbeReport report) throws Exception;
}
