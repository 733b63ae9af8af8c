package io.plumbline.feed.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One command of the replication stream, reused for the next one: a view that is valid within
 * {@link ReplicationParser.Sink#onCommand}. Bounded: what is longer than {@link #LONGEST_ARGUMENT},
 * or beyond {@link #MOST_ARGUMENTS} or {@link #MOST_BYTES} together, was read past and is not kept.
 */
final class ReplicatedCommand {
    static final int LONGEST_ARGUMENT = 64 * 1_024;
    static final int MOST_ARGUMENTS = 4_096;
    static final int MOST_BYTES = 1_024 * 1_024;

    private static final int NOT_KEPT = -1;

    /** Words that were read lately, so that those that come each time are made once. */
    private static final int WORDS = 64;

    private static final int LONGEST_WORD = 16;

    private final int[] starts = new int[MOST_ARGUMENTS];
    private final int[] lengths = new int[MOST_ARGUMENTS];
    private final byte[][] spelled = new byte[WORDS][];
    private final String[] words = new String[WORDS];
    private byte[] own = new byte[4_096];

    /** What the parts are read from: its own, or what {@link #within} gave. */
    private byte[] bytes = own;

    private int used;
    private int announced;
    private int told;

    /** Parser: a command of {@code arguments} parts, its name included, begins. */
    void begin(final int arguments) {
        within(own, arguments);
        used = 0;
    }

    /** Parser: a command begins of which every part lies in {@code source}. */
    void within(final byte[] source, final int arguments) {
        bytes = source;
        announced = arguments;
        told = 0;
    }

    /** Parser: the next part, where {@link #within} said. */
    void part(final int start, final int length) {
        starts[told] = start;
        lengths[told] = length;
        told++;
    }

    /** Parser: whether the next part, of {@code length} bytes, is to be handed to {@link #put}. */
    boolean next(final int length) {
        final boolean kept =
                told < MOST_ARGUMENTS && length <= LONGEST_ARGUMENT && used + length <= MOST_BYTES;
        if (kept && used + length > own.length) {
            own = Arrays.copyOf(own, Math.max(used + length, 2 * own.length));
            bytes = own;
        }
        if (told < MOST_ARGUMENTS) {
            starts[told] = kept ? used : NOT_KEPT;
            lengths[told] = length;
        }
        told++;
        return kept;
    }

    /** Parser: bytes of the part that {@link #next} agreed to keep. */
    void put(final byte[] source, final int from, final int length) {
        System.arraycopy(source, from, own, used, length);
        used += length;
    }

    /** Parts of the command, its name included. */
    int size() {
        return announced;
    }

    /** The command's name in upper case; "" where it was not kept. */
    String name() {
        return upper(0);
    }

    /** Part {@code i} in upper case, "" where it was not kept or is not there. */
    String upper(final int i) {
        if (!isKept(i)) {
            return "";
        }
        final int first = lengths[i] == 0 ? 0 : bytes[starts[i]];
        final int slot = first + 7 * lengths[i] & WORDS - 1;
        if (spelled[slot] == null || !is(i, spelled[slot])) {
            final byte[] word = copy(i);
            final String text =
                    new String(word, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
            if (word.length > LONGEST_WORD) {
                return text;
            }
            spelled[slot] = word;
            words[slot] = text;
        }
        return words[slot];
    }

    /** Whether part {@code i} is there to be read. */
    boolean isKept(final int i) {
        return i < Math.min(told, MOST_ARGUMENTS) && starts[i] != NOT_KEPT;
    }

    int length(final int i) {
        return lengths[i];
    }

    /** Whether every part is there to be read. */
    boolean isWhole() {
        for (int i = 0; i < announced; i++) {
            if (!isKept(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where part {@code i} begins in {@link #bytes()}. */
    int start(final int i) {
        return starts[i];
    }

    byte[] bytes() {
        return bytes;
    }

    /** A copy of part {@code i}. */
    byte[] copy(final int i) {
        return Arrays.copyOfRange(bytes, starts[i], starts[i] + lengths[i]);
    }

    /** Part {@code i} as a number of digits, -1 for anything else. */
    long number(final int i) {
        final long number =
                isKept(i) ? EmbeddedNumber.sequence(bytes, starts[i], starts[i] + lengths[i]) : -1;
        return Math.max(-1, number);
    }

    boolean is(final int i, final byte[] expected) {
        return isKept(i)
                && Arrays.equals(
                        bytes, starts[i], starts[i] + lengths[i], expected, 0, expected.length);
    }
}
