package io.plumbline.market.probe;

import java.nio.charset.StandardCharsets;

/**
 * Writes the payload that {@link Reading} reads into one reused buffer: {@link #begin}, values,
 * perhaps a text, then {@link #finish}. One per thread.
 */
public final class ReadingWriter {
    private static final byte[] NOTHING = {};

    private final long[] values = new long[Measure.count()];
    private byte[] buffer = new byte[1_024];
    private ProbeKind kind;
    private byte[] target;
    private byte[] item;
    private byte[] text;
    private byte[] node;
    private boolean failed;

    /** Forgets what was written before. */
    public ReadingWriter begin(final ProbeKind about, final String targetName) {
        return begin(about, targetName, "");
    }

    /** Forgets what was written before. */
    public ReadingWriter begin(
            final ProbeKind about, final String targetName, final String itemName) {
        java.util.Arrays.fill(values, Reading.NONE);
        kind = about;
        target = targetName.getBytes(StandardCharsets.UTF_8);
        item = itemName.getBytes(StandardCharsets.UTF_8);
        text = NOTHING;
        node = NOTHING;
        failed = false;
        return this;
    }

    /** A number; {@link Reading#NONE} leaves it out. */
    public ReadingWriter with(final Measure measure, final long value) {
        values[measure.ordinal()] = value;
        return this;
    }

    /** The text, as it came. */
    public ReadingWriter text(final byte[] bytes) {
        text = bytes;
        return this;
    }

    public ReadingWriter text(final String words) {
        return text(words.getBytes(StandardCharsets.UTF_8));
    }

    /** The node of a Cluster that said so, "" for none. */
    public ReadingWriter at(final String place) {
        node = place.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** It could not be read, for this reason. */
    public ReadingWriter failed(final String reason) {
        failed = true;
        return text(reason);
    }

    /** Writes it; the bytes stand in {@link #buffer}. @return their number */
    public int finish() {
        final int t = Math.min(target.length, Reading.LONGEST_NAME);
        final int i = Math.min(item.length, Reading.LONGEST_NAME);
        final int x = Math.min(text.length, Reading.LONGEST_TEXT);
        final int n = Math.min(node.length, Reading.LONGEST_NAME);
        final int most =
                Reading.HEADER
                        + values.length * Reading.PER_VALUE
                        + t
                        + i
                        + x
                        + n
                        + Reading.PLACE_LENGTH;
        if (buffer.length < most) {
            buffer = new byte[most];
        }
        int at = Reading.HEADER;
        int count = 0;
        for (final Measure measure : MEASURES) {
            if (values[measure.ordinal()] != Reading.NONE) {
                Reading.SHORT.set(buffer, at, (short) measure.code());
                Reading.LONG.set(buffer, at + 2, values[measure.ordinal()]);
                at += Reading.PER_VALUE;
                count++;
            }
        }
        buffer[0] = Reading.VERSION;
        buffer[1] =
                (byte)
                        ((failed ? Reading.FAILED : 0)
                                | (x < text.length ? Reading.TEXT_CUT : 0)
                                | (n > 0 ? Reading.PLACED : 0));
        Reading.SHORT.set(buffer, 2, (short) kind.code());
        Reading.SHORT.set(buffer, 4, (short) count);
        Reading.SHORT.set(buffer, 6, (short) t);
        Reading.SHORT.set(buffer, 8, (short) i);
        Reading.INT.set(buffer, 10, x);
        at = put(target, t, at);
        at = put(item, i, at);
        at = put(text, x, at);
        if (n > 0) {
            at = put(node, n, at);
            Reading.SHORT.set(buffer, at, (short) n);
            at += Reading.PLACE_LENGTH;
        }
        return at;
    }

    /** The bytes, valid up to the length that {@link #finish} returned, until the next one. */
    public byte[] buffer() {
        return buffer;
    }

    private int put(final byte[] part, final int length, final int at) {
        System.arraycopy(part, 0, buffer, at, length);
        return at + length;
    }

    private static final Measure[] MEASURES = Measure.values();
}
