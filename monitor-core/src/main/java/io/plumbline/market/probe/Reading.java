package io.plumbline.market.probe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a probe read, as its reader sees it: a reused view over the payload of a PROBE message,
 * valid only during the call that hands it over. {@link ReadingWriter} is the other side. Integers
 * are big endian.
 *
 * <pre>
 *  at  size
 *   0     1  version, now 1
 *   1     1  flags: 1 FAILED, 2 TEXT_CUT, 4 PLACED
 *   2     2  code of the {@link ProbeKind}
 *   4     2  n, how many values
 *   6     2  t, bytes of the target's name
 *   8     2  i, bytes of the item's name
 *  10     4  x, bytes of the text
 *  14   10n  values: code of the {@link Measure} (2), value (8)
 *            target, item, text
 *            where PLACED: the node, its length (2)
 * </pre>
 *
 * <p>The target is what is configured (a stream, a queue, a node), the item what was found within
 * it (a group, a key, a table), the text what belongs to neither (an element, the whole INFO), the
 * node which of the processes of a Cluster said so. Values of measures that this build does not
 * know are passed over.
 */
public final class Reading {
    /** A value that was not given. */
    public static final long NONE = Long.MIN_VALUE;

    /** The longest text; a longer one is cut and says so. */
    public static final int LONGEST_TEXT = 128 * 1_024;

    /** The longest name of a target or an item; a longer one is cut. */
    public static final int LONGEST_NAME = 1_024;

    static final int HEADER = 14;
    static final int PER_VALUE = 10;
    static final int VERSION = 1;
    static final int FAILED = 1;
    static final int TEXT_CUT = 2;
    static final int PLACED = 4;
    static final int PLACE_LENGTH = 2;
    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    /** Null where there is no reading, or one of a kind that this build does not know. */
    public ProbeKind kind;

    public byte[] bytes;
    public int targetOffset;
    public int targetLength;
    public int itemOffset;
    public int itemLength;
    public int textOffset;
    public int textLength;
    public int nodeOffset;
    public int nodeLength;

    /** What a decoder found in the text of an EVENT. */
    public final Shape shape = new Shape();

    private int flags;
    private boolean clean = true;
    private final long[] values = new long[Measure.count()];

    public Reading() {
        Arrays.fill(values, NONE);
    }

    /** Sets everything to "not given"; costs nothing when it is so already. */
    public void clear() {
        if (!clean) {
            clean = true;
            kind = null;
            bytes = null;
            targetOffset = 0;
            targetLength = 0;
            itemOffset = 0;
            itemLength = 0;
            textOffset = 0;
            textLength = 0;
            nodeOffset = 0;
            nodeLength = 0;
            flags = 0;
            shape.clear();
            Arrays.fill(values, NONE);
        }
    }

    /**
     * Reads {@code source[offset, offset + length)}; the view points into it.
     *
     * @return whether it is a reading of a known version and whole; its kind may still be unknown
     */
    public boolean wrap(final byte[] source, final int offset, final int length) {
        clear();
        if (length < HEADER || source[offset] != VERSION) {
            return false;
        }
        final int count = unsigned(source, offset + 4);
        final int target = unsigned(source, offset + 6);
        final int item = unsigned(source, offset + 8);
        final int text = (int) INT.get(source, offset + 10);
        final int names = HEADER + count * PER_VALUE;
        final boolean placed = (source[offset + 1] & PLACED) != 0;
        final int node = placed ? unsigned(source, offset + length - PLACE_LENGTH) : 0;
        final int place = placed ? node + PLACE_LENGTH : 0;
        if (text < 0 || (long) names + target + item + text + place != length) {
            return false;
        }
        clean = false;
        flags = source[offset + 1];
        kind = ProbeKind.ofCode(unsigned(source, offset + 2));
        bytes = source;
        for (int i = 0; i < count; i++) {
            final int at = offset + HEADER + i * PER_VALUE;
            final Measure measure = Measure.ofCode(unsigned(source, at));
            if (measure != null) {
                values[measure.ordinal()] = (long) LONG.get(source, at + 2);
            }
        }
        targetOffset = offset + names;
        targetLength = target;
        itemOffset = targetOffset + target;
        itemLength = item;
        textOffset = itemOffset + item;
        textLength = text;
        nodeOffset = textOffset + text;
        nodeLength = node;
        return true;
    }

    /** The value of {@code measure}, {@link #NONE} where it was not given. */
    public long value(final Measure measure) {
        return values[measure.ordinal()];
    }

    /** The value of {@code measure}, {@code absent} where it was not given. */
    public long value(final Measure measure, final long absent) {
        final long value = values[measure.ordinal()];
        return value == NONE ? absent : value;
    }

    public boolean has(final Measure measure) {
        return values[measure.ordinal()] != NONE;
    }

    /** Sets what a decoder found in the text. */
    public void set(final Measure measure, final long value) {
        clean = false;
        values[measure.ordinal()] = value;
    }

    /** Whether it could not be read: the text says why. */
    public boolean failed() {
        return (flags & FAILED) != 0;
    }

    /** Whether the text was longer than what is kept. */
    public boolean textCut() {
        return (flags & TEXT_CUT) != 0;
    }

    /** The target's name: cold paths. */
    public String target() {
        return string(targetOffset, targetLength);
    }

    /** The item's name: cold paths. */
    public String item() {
        return string(itemOffset, itemLength);
    }

    /** The text: cold paths. */
    public String text() {
        return string(textOffset, textLength);
    }

    /** The node of a Cluster that said so, host:port; "" where there is only one: cold paths. */
    public String node() {
        return string(nodeOffset, nodeLength);
    }

    private String string(final int offset, final int length) {
        return length == 0 ? "" : new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    private static int unsigned(final byte[] source, final int at) {
        return (short) SHORT.get(source, at) & 0xffff;
    }
}
