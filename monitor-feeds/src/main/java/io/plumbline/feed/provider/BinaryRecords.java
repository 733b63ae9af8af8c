package io.plumbline.feed.provider;

import io.plumbline.market.MarketEvent;

/**
 * Goes over the records of one binary frame: where each begins and ends. One thread, no allocation.
 *
 * <pre>{@code
 * records.begin(bytes, offset, length);
 * while (records.next()) { ... records.start(), records.length() ... }
 * if (!records.whole()) { ... the frame does not have the layout ... }
 * }</pre>
 */
final class BinaryRecords {
    private final BinaryFormat format;
    private byte[] bytes;
    private int frame;
    private int end;
    private long left;
    private int at;
    private int start;
    private int length;
    private boolean whole;

    BinaryRecords(final BinaryFormat format) {
        this.format = format;
    }

    void begin(final byte[] source, final int offset, final int frameLength) {
        bytes = source;
        frame = offset;
        end = offset + frameLength;
        at = offset + format.header();
        whole = at <= end;
        left = Long.MAX_VALUE;
        if (whole && format.count() != null) {
            left = format.count().bits(bytes, frame);
            whole = left >= 0;
        }
    }

    /** Goes on to the next record; false at the end, and where what follows is none. */
    boolean next() {
        if (!whole || left == 0 || at == end) {
            whole &= at == end && (left == 0 || format.count() == null);
            return false;
        }
        start = at;
        length = lengthAt();
        whole = length > 0 && length <= end - at;
        if (!whole) {
            return false;
        }
        at += length;
        left--;
        return true;
    }

    private int lengthAt() {
        if (format.recordLength() > 0) {
            return format.recordLength();
        }
        final BinaryField field = format.lengthField();
        if (field == null) {
            return end - at;
        }
        if (field.end() > end - at) {
            return -1;
        }
        final long told = field.bits(bytes, at);
        return told < field.end() || told > end - at ? -1 : (int) told;
    }

    /** Whether all of the frame is header and records, as many as it says. */
    boolean whole() {
        return whole;
    }

    int start() {
        return start;
    }

    int length() {
        return length;
    }

    /** A field of the current record or of the header; NONE where the record is too short. */
    long bits(final BinaryField field) {
        if (field.inHeader()) {
            return field.bits(bytes, frame);
        }
        return field.end() > length ? MarketEvent.NONE : field.bits(bytes, start);
    }
}
