package io.plumbline.feed.redis;

import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Rung;

/**
 * Writes the payload that {@link RedisObservation} reads into one reused buffer. One per thread;
 * allocates nothing after construction.
 */
public final class ObservationWriter {
    private static final byte[] NOTHING = {};

    private final byte[] buffer =
            new byte
                    [RedisObservation.TOLD_HEADER
                            + RedisObservation.LONGEST_KEY
                            + RedisObservation.LONGEST_VALUE
                            + 2 * RedisObservation.LONGEST_EMBEDDED];

    private boolean told;
    private long toldPlace;

    /** The bytes, valid up to the length that the last call returned, until the next call. */
    public byte[] buffer() {
        return buffer;
    }

    /**
     * The next payload is of a write that was told with its value.
     *
     * @param place its place in what told it; NONE without one
     */
    public ObservationWriter told(final long place) {
        told = true;
        toldPlace = place;
        return this;
    }

    /**
     * A key that was read and holds {@code value}.
     *
     * @param value null where the declared hash field is missing
     * @param sequence embedded sequence as text, null for none; cut after 64 bytes
     * @param time embedded time as text, null for none; cut after 64 bytes
     * @return the payload's length
     */
    public int present(
            final byte[] key,
            final Rung rung,
            final long writtenAfterNs,
            final long expiresAtNs,
            final byte[] value,
            final byte[] sequence,
            final byte[] time) {
        final int flags =
                (value != null ? RedisObservation.FIELD_GIVEN : 0)
                        | (value != null && value.length > RedisObservation.LONGEST_VALUE
                                ? RedisObservation.TOO_LONG
                                : 0);
        return write(
                flags,
                rung,
                KeyState.PRESENT,
                writtenAfterNs,
                expiresAtNs,
                key,
                value,
                sequence,
                time);
    }

    /** A key that exists but holds another Redis type than its format expects. */
    public int wrongType(
            final byte[] key, final Rung rung, final long writtenAfterNs, final long expiresAtNs) {
        return write(
                RedisObservation.WRONG_TYPE,
                rung,
                KeyState.PRESENT,
                writtenAfterNs,
                expiresAtNs,
                key,
                null,
                null,
                null);
    }

    /** A key that was read and is not there. */
    public int absent(final byte[] key, final Rung rung, final long writtenAfterNs) {
        return write(
                0, rung, KeyState.ABSENT, writtenAfterNs, MarketEvent.NONE, key, null, null, null);
    }

    /**
     * What Redis told of a key.
     *
     * @param key null where everything was flushed
     */
    public int event(final byte[] key, final Rung rung, final KeyState state) {
        return write(0, rung, state, MarketEvent.NONE, MarketEvent.NONE, key, null, null, null);
    }

    private int write(
            final int flags,
            final Rung rung,
            final KeyState state,
            final long writtenAfterNs,
            final long expiresAtNs,
            final byte[] key,
            final byte[] value,
            final byte[] sequence,
            final byte[] time) {
        buffer[0] = (byte) (told ? RedisObservation.TOLD_VERSION : RedisObservation.VERSION);
        buffer[1] = (byte) flags;
        buffer[2] = (byte) rung.ordinal();
        buffer[3] = (byte) state.ordinal();
        RedisObservation.LONG.set(buffer, 4, writtenAfterNs);
        RedisObservation.LONG.set(buffer, 12, expiresAtNs);
        int at = RedisObservation.HEADER;
        if (told) {
            RedisObservation.LONG.set(buffer, at, toldPlace);
            at = RedisObservation.TOLD_HEADER;
            told = false;
        }
        at = part(20, at, key, RedisObservation.LONGEST_KEY);
        at = part(22, at, value, RedisObservation.LONGEST_VALUE);
        at = part(24, at, sequence, RedisObservation.LONGEST_EMBEDDED);
        return part(26, at, time, RedisObservation.LONGEST_EMBEDDED);
    }

    private int part(final int lengthAt, final int at, final byte[] text, final int longest) {
        final byte[] part = text == null ? NOTHING : text;
        final int length = Math.min(part.length, longest);
        RedisObservation.SHORT.set(buffer, lengthAt, (short) length);
        System.arraycopy(part, 0, buffer, at, length);
        return at + length;
    }
}
