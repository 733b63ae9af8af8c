package io.plumbline.feed.redis;

import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Rung;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The payload of REDIS_VALUE and REDIS_EVENT as its reader sees it: a reused view over the bytes.
 * {@link ObservationWriter} is the other side. Integers are big endian.
 *
 * <pre>
 *  at  size
 *   0     1  version: 1, or 2 for a write that was told with its value
 *   1     1  flags: 1 WRONG_TYPE, 2 TOO_LONG, 4 FIELD_GIVEN
 *   2     1  rung, ordinal of {@link Rung}
 *   3     1  key state, ordinal of {@link KeyState}
 *   4     8  writtenAfterNs, ns since the epoch, NONE
 *  12     8  expiresAtNs in the monitor's clock, NEVER, NONE
 *  20     2  k, bytes of the key's name; 0 with a flush
 *  22     2  v, bytes of the value, at most {@link #LONGEST_VALUE}
 *  24     2  s, bytes of the embedded sequence (hash formats only)
 *  26     2  t, bytes of the embedded time (hash formats only)
 *  28     8  version 2 only: its place in what told it, the offset in the replication stream or
 *            the writer's own sequence, NONE
 *  28|36     key, value, sequence, time
 * </pre>
 *
 * <p>For a hash the value is the declared price field; FIELD_GIVEN tells an empty field from a
 * missing one, and stands with every other present value too. writtenAfterNs is a true lower bound
 * on the sampling and sweep rungs (when the read before this one was sent); on the push rungs it is
 * when the first notification of the batch arrived, so the write was told then and the value was in
 * Redis no later than the message's stamp.
 */
public final class RedisObservation {
    /** Bytes of a value that are kept; a longer one is cut and flagged TOO_LONG. */
    public static final int LONGEST_VALUE = 4_096;

    /** The longest key name that can be watched. */
    public static final int LONGEST_KEY = 1_024;

    static final int LONGEST_EMBEDDED = 64;
    static final int HEADER = 28;
    static final int TOLD_HEADER = 36;
    static final int VERSION = 1;
    static final int TOLD_VERSION = 2;
    static final int WRONG_TYPE = 1;
    static final int TOO_LONG = 2;
    static final int FIELD_GIVEN = 4;
    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    public byte[] bytes;
    public Rung rung;
    public KeyState state;
    public long writtenAfterNs;
    public long expiresAtNs;

    /** Whether the write was told with its value, as opposed to read after it. */
    public boolean told;

    /** Place in what told it; NONE. */
    public long place;

    public int keyOffset;
    public int keyLength;
    public int valueOffset;
    public int valueLength;
    public int sequenceOffset;
    public int sequenceLength;
    public int timeOffset;
    public int timeLength;
    private int flags;

    /**
     * Reads {@code source[offset, offset + length)}; the view points into it.
     *
     * @return whether it is an observation of a known version and whole
     */
    public boolean wrap(final byte[] source, final int offset, final int length) {
        bytes = source;
        rung = Rung.NONE;
        state = KeyState.UNKNOWN;
        writtenAfterNs = MarketEvent.NONE;
        expiresAtNs = MarketEvent.NONE;
        place = MarketEvent.NONE;
        told = length >= TOLD_HEADER && source[offset] == TOLD_VERSION;
        if (length < HEADER || (!told && source[offset] != VERSION)) {
            return false;
        }
        flags = source[offset + 1];
        rung = Rung.ofOrdinal(source[offset + 2]);
        state = KeyState.ofOrdinal(source[offset + 3]);
        writtenAfterNs = (long) LONG.get(source, offset + 4);
        expiresAtNs = (long) LONG.get(source, offset + 12);
        keyLength = (short) SHORT.get(source, offset + 20) & 0xffff;
        valueLength = (short) SHORT.get(source, offset + 22) & 0xffff;
        sequenceLength = (short) SHORT.get(source, offset + 24) & 0xffff;
        timeLength = (short) SHORT.get(source, offset + 26) & 0xffff;
        if (told) {
            place = (long) LONG.get(source, offset + HEADER);
        }
        keyOffset = offset + (told ? TOLD_HEADER : HEADER);
        valueOffset = keyOffset + keyLength;
        sequenceOffset = valueOffset + valueLength;
        timeOffset = sequenceOffset + sequenceLength;
        return timeOffset + timeLength == offset + length;
    }

    /** Whether the key holds another Redis type than its format expects. */
    public boolean wrongType() {
        return (flags & WRONG_TYPE) != 0;
    }

    /** Whether the value was longer than what is kept. */
    public boolean tooLong() {
        return (flags & TOO_LONG) != 0;
    }

    /** Whether the declared hash field exists. */
    public boolean fieldGiven() {
        return (flags & FIELD_GIVEN) != 0;
    }
}
