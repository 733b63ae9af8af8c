package io.plumbline.feed.venue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What {@link DirectBuffer} has beside the four methods by which generated codecs read. Agrona's
 * own buffers would do, but they reach into the JVM, which newer ones only allow with options.
 */
abstract class UnusedBufferMethods implements DirectBuffer {
    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("generated decoders do not call this");
    }

    @Override
    public final void wrap(final byte[] buffer) {
        throw unused();
    }

    @Override
    public final void wrap(final byte[] buffer, final int offset, final int length) {
        throw unused();
    }

    @Override
    public final void wrap(final ByteBuffer buffer) {
        throw unused();
    }

    @Override
    public final void wrap(final ByteBuffer buffer, final int offset, final int length) {
        throw unused();
    }

    @Override
    public final void wrap(final DirectBuffer buffer) {
        throw unused();
    }

    @Override
    public final void wrap(final DirectBuffer buffer, final int offset, final int length) {
        throw unused();
    }

    @Override
    public final void wrap(final long address, final int length) {
        throw unused();
    }

    @Override
    public final long addressOffset() {
        throw unused();
    }

    @Override
    public final byte[] byteArray() {
        throw unused();
    }

    @Override
    public final ByteBuffer byteBuffer() {
        throw unused();
    }

    @Override
    public final int capacity() {
        throw unused();
    }

    @Override
    public final void checkLimit(final int limit) {
        throw unused();
    }

    @Override
    public final long getLong(final int index) {
        throw unused();
    }

    @Override
    public final int getInt(final int index) {
        throw unused();
    }

    @Override
    public final int parseNaturalIntAscii(final int index, final int length) {
        throw unused();
    }

    @Override
    public final long parseNaturalLongAscii(final int index, final int length) {
        throw unused();
    }

    @Override
    public final int parseIntAscii(final int index, final int length) {
        throw unused();
    }

    @Override
    public final long parseLongAscii(final int index, final int length) {
        throw unused();
    }

    @Override
    public final double getDouble(final int index, final ByteOrder byteOrder) {
        throw unused();
    }

    @Override
    public final double getDouble(final int index) {
        throw unused();
    }

    @Override
    public final float getFloat(final int index, final ByteOrder byteOrder) {
        throw unused();
    }

    @Override
    public final float getFloat(final int index) {
        throw unused();
    }

    @Override
    public final short getShort(final int index) {
        throw unused();
    }

    @Override
    public final char getChar(final int index, final ByteOrder byteOrder) {
        throw unused();
    }

    @Override
    public final char getChar(final int index) {
        throw unused();
    }

    @Override
    public final void getBytes(final int index, final byte[] dst) {
        throw unused();
    }

    @Override
    public final void getBytes(
            final int index, final byte[] dst, final int offset, final int length) {
        throw unused();
    }

    @Override
    public final void getBytes(
            final int index, final MutableDirectBuffer dst, final int dstIndex, final int length) {
        throw unused();
    }

    @Override
    public final void getBytes(final int index, final ByteBuffer dst, final int length) {
        throw unused();
    }

    @Override
    public final void getBytes(
            final int index, final ByteBuffer dst, final int dstOffset, final int length) {
        throw unused();
    }

    @Override
    public final String getStringAscii(final int index) {
        throw unused();
    }

    @Override
    public final int getStringAscii(final int index, final Appendable appendable) {
        throw unused();
    }

    @Override
    public final String getStringAscii(final int index, final ByteOrder byteOrder) {
        throw unused();
    }

    @Override
    public final int getStringAscii(
            final int index, final Appendable appendable, final ByteOrder byteOrder) {
        throw unused();
    }

    @Override
    public final String getStringAscii(final int index, final int length) {
        throw unused();
    }

    @Override
    public final int getStringAscii(
            final int index, final int length, final Appendable appendable) {
        throw unused();
    }

    @Override
    public final String getStringWithoutLengthAscii(final int index, final int length) {
        throw unused();
    }

    @Override
    public final int getStringWithoutLengthAscii(
            final int index, final int length, final Appendable appendable) {
        throw unused();
    }

    @Override
    public final String getStringUtf8(final int index) {
        throw unused();
    }

    @Override
    public final String getStringUtf8(final int index, final ByteOrder byteOrder) {
        throw unused();
    }

    @Override
    public final String getStringUtf8(final int index, final int length) {
        throw unused();
    }

    @Override
    public final String getStringWithoutLengthUtf8(final int index, final int length) {
        throw unused();
    }

    @Override
    public final void boundsCheck(final int index, final int length) {
        throw unused();
    }

    @Override
    public final int wrapAdjustment() {
        throw unused();
    }

    @Override
    public final int compareTo(final DirectBuffer other) {
        throw unused();
    }
}
