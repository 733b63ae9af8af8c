package io.plumbline.feed.venue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes of one binary message as generated codecs read them. Reading beyond its end gives zero
 * and is remembered, so that nothing that a peer sends makes a codec throw. One thread, no
 * allocation.
 */
final class SbeFrame extends UnusedBufferMethods {
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle SHORTS = view(short[].class);
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int start;
    private int length;
    private boolean overrun;

    private static VarHandle view(final Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** Begins a message: index 0 is its first byte, byte order the venue's. */
    void begin(final byte[] source, final int offset, final int count) {
        bytes = source;
        start = offset;
        length = count;
        overrun = false;
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where index 0 lies in {@link #bytes}. */
    int start() {
        return start;
    }

    /** Whether something beyond the end was asked for. */
    boolean overrun() {
        return overrun;
    }

    private boolean has(final int index, final int count) {
        if (index >= 0 && index <= length - count) {
            return true;
        }
        overrun = true;
        return false;
    }

    @Override
    public byte getByte(final int index) {
        return has(index, Byte.BYTES) ? bytes[start + index] : 0;
    }

    @Override
    public short getShort(final int index, final ByteOrder order) {
        return has(index, Short.BYTES) ? (short) SHORTS.get(bytes, start + index) : 0;
    }

    @Override
    public int getInt(final int index, final ByteOrder order) {
        return has(index, Integer.BYTES) ? (int) INTS.get(bytes, start + index) : 0;
    }

    @Override
    public long getLong(final int index, final ByteOrder order) {
        return has(index, Long.BYTES) ? (long) LONGS.get(bytes, start + index) : 0;
    }
}
