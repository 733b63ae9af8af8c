package io.plumbline.feed.provider;

import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.ShortestDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A field of a fixed layout.
 *
 * @param offset bytes from the beginning of the record, or of the frame where {@code inHeader}
 * @param length bytes
 * @param factor what a whole number is multiplied with, {@code factor x 10^exponent}
 */
public record BinaryField(
        int offset,
        Type type,
        int length,
        boolean bigEndian,
        boolean inHeader,
        long factor,
        int exponent) {

    /** The least number of one digit more than a {@link Decimal} keeps. */
    private static final long BEYOND_DIGITS = 1_000_000_000_000_000_000L;

    /** Types of the wire. */
    public enum Type {
        U8("u8", 1, false),
        I8("i8", 1, true),
        U16("u16", 2, false),
        I16("i16", 2, true),
        U32("u32", 4, false),
        I32("i32", 4, true),
        U64("u64", 8, false),
        I64("i64", 8, true),
        F32("f32", 4, true),
        F64("f64", 8, true),
        /** Bytes, filled up with zeros or blanks. */
        ASCII("ascii", 0, false);

        private final String label;
        private final int bytes;
        private final boolean signed;

        Type(final String label, final int bytes, final boolean signed) {
            this.label = label;
            this.bytes = bytes;
            this.signed = signed;
        }

        public String label() {
            return label;
        }

        /** Bytes of a value; 0 where the description tells. */
        int bytes() {
            return bytes;
        }

        boolean isFloat() {
            return this == F32 || this == F64;
        }

        boolean isWhole() {
            return this != ASCII && !isFloat();
        }

        /** By label, without {@link #ASCII}, whose label carries its length. */
        static Map<String, Type> numbers() {
            final Map<String, Type> numbers = new LinkedHashMap<>();
            for (final Type type : values()) {
                if (type != ASCII) {
                    numbers.put(type.label, type);
                }
            }
            return numbers;
        }
    }

    /** The byte behind its last. */
    int end() {
        return offset + length;
    }

    /** The bits as they stand, extended to 64 by the type's sign; the caller has seen to bounds. */
    long bits(final byte[] bytes, final int base) {
        long bits = 0;
        final int from = base + offset;
        for (int i = 0; i < length; i++) {
            final int at = bigEndian ? from + i : from + length - 1 - i;
            bits = bits << 8 | bytes[at] & 0xFF;
        }
        final int unused = Long.SIZE - length * Byte.SIZE;
        return type.signed ? bits << unused >> unused : bits;
    }

    /** Whether these bits are a number that sequences have: none is beyond 63 bits. */
    boolean isCount(final long bits) {
        return bits != MarketEvent.NONE && !(type == Type.U64 && bits < 0);
    }

    /**
     * A number as an exact decimal: a float becomes the shortest decimal that reads back as it.
     *
     * @return false for what is none, or has more digits than are kept exactly; a float that is no
     *     number is "not given"
     */
    boolean number(final byte[] bytes, final int base, final Decimal out) {
        switch (type) {
            case F32:
                return ShortestDecimal.ofFloat((int) bits(bytes, base), out);
            case F64:
                return ShortestDecimal.ofDouble(bits(bytes, base), out);
            case ASCII:
                final int from = base + offset;
                final int to = textEnd(bytes, base);
                if (from == to) {
                    out.clear();
                    return true;
                }
                return out.parse(bytes, from, to - from);
            default:
                return whole(bits(bytes, base), out);
        }
    }

    private boolean whole(final long bits, final Decimal out) {
        final long product = bits * factor;
        final boolean isLong =
                Math.multiplyHigh(bits, factor) == product >> 63 && !(type == Type.U64 && bits < 0);
        final boolean isExact =
                product < BEYOND_DIGITS && product > -BEYOND_DIGITS || product % 10 == 0;
        if (!isLong || !isExact) {
            out.clear();
            return false;
        }
        out.set(product, exponent);
        return true;
    }

    /** The byte behind the text, without what fills it up. */
    int textEnd(final byte[] bytes, final int base) {
        int end = base + end();
        while (end > base + offset && (bytes[end - 1] == 0 || bytes[end - 1] == ' ')) {
            end--;
        }
        return end;
    }
}
