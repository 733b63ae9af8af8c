package io.plumbline.feed.redis;

import io.plumbline.market.MarketEvent;

/**
 * One write of a watched key as it was told with its value, by the replication stream or by the
 * writer's own stream or channel.
 *
 * @param key its id; -1 with FLUSHED and EVERYTHING
 * @param fields which of value, sequence, time and deadline were written: bits of {@link #VALUE}
 *     and so on
 * @param value the string, or the price field of a hash
 * @param sequence of a hash; null for none
 * @param time of a hash; null for none
 * @param expiresAtNs our clock; NEVER for none, NONE where it is not told; counts only with the bit
 *     DEADLINE
 * @param place offset of the replication stream behind the command, or the writer's own sequence;
 *     NONE without one
 * @param stampNs when it arrived
 * @param writtenAfterNs a lower bound of when it was written
 * @param visible whether anybody could read this state: false within a transaction that writes the
 *     key again
 */
record ToldWrite(
        Kind kind,
        int key,
        int fields,
        byte[] value,
        byte[] sequence,
        byte[] time,
        long expiresAtNs,
        long place,
        long stampNs,
        long writtenAfterNs,
        boolean visible) {

    static final int VALUE = 1;
    static final int SEQUENCE = 2;
    static final int TIME = 4;
    static final int DEADLINE = 8;
    static final int ALL = VALUE | SEQUENCE | TIME | DEADLINE;

    /** What happened. */
    enum Kind {
        /** The whole key is new: what is not given is not there. */
        REPLACED,
        /** Some parts are new, the others stay. */
        CHANGED,
        /** The key is gone. */
        GONE,
        /** Something was written that can only be known by reading the key. */
        READ_AGAIN,
        /** Perhaps written in another database: equal to what the key holds, it was this one. */
        MAYBE,
        /** All keys of the database are gone. */
        FLUSHED,
        /** Anything may have been written. */
        EVERYTHING
    }

    static ToldWrite of(final Kind kind, final int key, final long place, final long stampNs) {
        return new ToldWrite(
                kind, key, ALL, null, null, null, MarketEvent.NEVER, place, stampNs, stampNs, true);
    }

    /** A string that replaces what was there; {@code expiresAtNs} is NONE where the TTL stays. */
    static ToldWrite value(
            final int key,
            final byte[] value,
            final long expiresAtNs,
            final long place,
            final long stampNs) {
        final boolean keep = expiresAtNs == MarketEvent.NONE;
        return new ToldWrite(
                keep ? Kind.CHANGED : Kind.REPLACED,
                key,
                keep ? ALL & ~DEADLINE : ALL,
                value,
                null,
                null,
                expiresAtNs,
                place,
                stampNs,
                stampNs,
                true);
    }

    /** A new deadline, all else stays. */
    static ToldWrite deadline(
            final int key, final long expiresAtNs, final long place, final long stampNs) {
        return new ToldWrite(
                Kind.CHANGED,
                key,
                DEADLINE,
                null,
                null,
                null,
                expiresAtNs,
                place,
                stampNs,
                stampNs,
                true);
    }

    /** The same, written no earlier than {@code afterNs}. */
    ToldWrite writtenAfter(final long afterNs) {
        return new ToldWrite(
                kind,
                key,
                fields,
                value,
                sequence,
                time,
                expiresAtNs,
                place,
                stampNs,
                afterNs,
                visible);
    }

    /** The same, while it is not known in which database. */
    ToldWrite maybe() {
        return new ToldWrite(
                Kind.MAYBE,
                key,
                fields,
                value,
                sequence,
                time,
                expiresAtNs,
                place,
                stampNs,
                writtenAfterNs,
                visible);
    }

    /** The same, which nobody could read. */
    ToldWrite unseen() {
        return new ToldWrite(
                kind,
                key,
                fields,
                value,
                sequence,
                time,
                expiresAtNs,
                place,
                stampNs,
                writtenAfterNs,
                false);
    }
}
