package io.plumbline.feed.venue;

import io.plumbline.market.EightBytes;
import io.plumbline.market.PlainNumber;
import java.util.Arrays;

/**
 * What stands between the values of a message that was read: keys, braces, commas. A message with
 * the same between its values has the same keys in the same order, so that none of them needs to be
 * looked up, nor its braces to be counted; of its values each must be shown to be one. Engine
 * thread; learning and comparing allocate nothing.
 */
final class KnownLayout {
    /** Of a value: its key is none of those that are asked for. */
    static final byte OTHER = -1;

    private static final int MOST_VALUES = 64;
    private static final int MOST_WORDS = 512;

    private final byte[][] names;
    private final long[] words = new long[MOST_WORDS];

    /** Where the words of what stands before each value begin, and of what is behind the last. */
    private final int[] firstWords = new int[MOST_VALUES + 2];

    private final int[] lengths = new int[MOST_VALUES + 1];
    private final byte[] fields = new byte[MOST_VALUES];
    private final boolean[] named;
    private int values = -1;

    /**
     * @param names keys of the outermost object that are asked for
     */
    KnownLayout(final byte[]... names) {
        this.names = names;
        this.named = new boolean[names.length];
    }

    /** How many values a message has; negative where no layout is known. */
    int values() {
        return values;
    }

    /** The place of the value's key among those asked for, or {@link #OTHER}. */
    byte field(final int value) {
        return fields[value];
    }

    /** Whether this key of those asked for is there. */
    boolean has(final int field) {
        return named[field];
    }

    /**
     * Passes over what stands before a value.
     *
     * @param value its number; as many as there are for what stands behind the last
     * @param to where the text ends; {@link EightBytes#SLACK} bytes behind it are readable
     * @return {@link PlainNumber#NO} where something else stands there
     */
    int behind(final byte[] bytes, final int from, final int to, final int value) {
        // Either is negative.
        if ((from | to - from - lengths[value]) < 0) {
            return PlainNumber.NO;
        }
        final int last = firstWords[value + 1] - 1;
        int at = from;
        for (int word = firstWords[value]; word < last; word++) {
            if (EightBytes.word(bytes, at) != words[word]) {
                return PlainNumber.NO;
            }
            at += Long.BYTES;
        }
        final int behind = from + lengths[value];
        return (EightBytes.word(bytes, at) ^ words[last]) << (at + Long.BYTES - behind << 3) == 0
                ? behind
                : PlainNumber.NO;
    }

    /**
     * Takes the layout of an object and of what closes behind it, legal JSON in all. One that is
     * too long, has white space or escapes, or one of the keys asked for twice, is not learned.
     *
     * @param to where the text ends; {@link EightBytes#SLACK} bytes behind it are readable
     */
    void learn(final byte[] bytes, final int from, final int to) {
        values = -1;
        Arrays.fill(named, false);
        int count = 0;
        int word = 0;
        int depth = 0;
        int segment = from;
        byte field = OTHER;
        int at = from;
        while (at < to) {
            final byte c = bytes[at];
            final int behind = c == '"' ? string(bytes, at + 1, to) : scalar(bytes, at, to);
            if (c <= ' ' || behind < 0) {
                return;
            }
            if (c == '"' && behind < to && bytes[behind] == ':') {
                field = depth == 1 ? field(bytes, at + 1, behind - 1) : OTHER;
                if (field != OTHER) {
                    if (named[field]) {
                        return;
                    }
                    named[field] = true;
                }
                at = behind + 1;
            } else if (behind > at) {
                word = count == MOST_VALUES ? -1 : keep(bytes, segment, at, count, word);
                if (word < 0) {
                    return;
                }
                fields[count++] = field;
                field = OTHER;
                segment = behind;
                at = behind;
            } else {
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                // A list or an object is no value of a key that is asked for.
                if (field != OTHER) {
                    return;
                }
                at++;
            }
        }
        if (keep(bytes, segment, to, count, word) > 0) {
            values = count;
        }
    }

    /** Whether both are the same, and known. */
    boolean isLike(final KnownLayout other) {
        if (values != other.values || values < 0) {
            return false;
        }
        final int count = firstWords[values + 1];
        return Arrays.equals(lengths, 0, values + 1, other.lengths, 0, values + 1)
                && Arrays.equals(words, 0, count, other.words, 0, count);
    }

    /** Behind the closing quote; negative for a string that is not plain. */
    private static int string(final byte[] bytes, final int from, final int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '"') {
                return at + 1;
            }
            if (bytes[at] == '\\') {
                return PlainNumber.NO;
            }
        }
        return PlainNumber.NO;
    }

    /** Behind a number or a word; where it begins for what is neither. */
    private static int scalar(final byte[] bytes, final int from, final int to) {
        int at = from;
        while (at < to && "{}[]:,\"".indexOf(bytes[at]) < 0 && bytes[at] > ' ') {
            at++;
        }
        return at;
    }

    private byte field(final byte[] bytes, final int from, final int to) {
        for (byte field = 0; field < names.length; field++) {
            if (Arrays.equals(names[field], 0, names[field].length, bytes, from, to)) {
                return field;
            }
        }
        return OTHER;
    }

    /** Keeps what stands before a value; answers the next free word, or -1 for no room. */
    private int keep(
            final byte[] bytes, final int from, final int to, final int value, final int word) {
        final int needed = to - from + Long.BYTES - 1 >>> 3;
        if (needed == 0 || word + needed > MOST_WORDS) {
            return -1;
        }
        for (int i = 0; i < needed; i++) {
            words[word + i] = EightBytes.word(bytes, from + (i << 3));
        }
        // What follows is not compared.
        words[word + needed - 1] &= -1L >>> ((needed << 3) - (to - from) << 3);
        firstWords[value] = word;
        firstWords[value + 1] = word + needed;
        lengths[value] = to - from;
        return word + needed;
    }
}
