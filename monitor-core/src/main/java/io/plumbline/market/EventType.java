package io.plumbline.market;

/** What a decoded event says. */
public enum EventType {
    /** Market data of one instrument on one channel. */
    MARKET,
    /**
     * Market data that the other of two connections has brought already: for those who watch
     * connections.
     */
    COPY,
    /** The venue acknowledged a request. */
    ACK,
    /** The venue refused a request: {@code reason} holds its words. */
    VENUE_ERROR,
    /** Proof of life without data. */
    HEARTBEAT,
    /** A connection changed its state. */
    SESSION,
    /** The venue announced that it will close the connection soon. */
    SERVER_SHUTDOWN,
    /** A Redis key was read: present with a value, or absent. */
    KEY_VALUE,
    /** Redis told that a key was deleted, expired, evicted, or that everything was flushed. */
    KEY_EVENT,
    /** What a probe read beside the prices, or that it could not: {@code reading} holds it. */
    PROBE,
    /** The venue's own description of an instrument (tick size). */
    INSTRUMENT,
    /** A whole order book that was fetched over REST: it proves a book and is no news. */
    FETCHED_BOOK,
    /** A trade that was fetched after a gap: evidence, no news. */
    BACKFILLED,
    /**
     * An answer about a gap was told to its end: {@code firstSequence} to {@code lastSequence} was
     * asked for, {@code missingFrom} to {@code missingTo} is the whole gap, {@code count} of them
     * came.
     */
    BACKFILL,
    /** Time passed. */
    TIMER,
    /** A fact about the monitor itself. */
    MONITOR,
    /** The full ring swallowed {@code count} messages of this source. */
    DROPPED,
    /** A message that the decoder could not read. */
    UNPARSED,
    /** A legal message that carries nothing for us (another channel, a status line). */
    IGNORED
}
