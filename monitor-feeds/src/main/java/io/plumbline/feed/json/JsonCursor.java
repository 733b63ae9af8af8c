package io.plumbline.feed.json;

import io.plumbline.market.BookLevels;
import io.plumbline.market.Decimal;
import io.plumbline.market.EightBytes;
import io.plumbline.market.PlainNumber;

/**
 * A forward-only scanner over one JSON text (RFC 8259) in a byte array. It reads in place, hands
 * out slices and primitives, and allocates nothing once its scratch buffer has grown to the longest
 * escaped text met. One thread.
 *
 * <p>Nothing that a peer sends makes it throw. Input that is not JSON puts it into a failed state,
 * in which every call answers "no" and {@link #errorPosition()} names the first offence; callers
 * read on and ask once at the end:
 *
 * <pre>{@code
 * cursor.reset(bytes, offset, length);
 * cursor.beginObject();
 * while (cursor.nextKey()) {
 *     switch (cursor.shortKey()) {
 *         case 'u' -> update = cursor.longValue(NONE);
 *         default -> cursor.skip();
 *     }
 * }
 * if (!cursor.end()) { ... not legal JSON: forget everything read so far ... }
 * }</pre>
 *
 * <p>After {@link #nextKey()} and {@link #nextElement()} exactly one value must be read or skipped.
 * A value of another kind than asked for is consumed and answered with "no" or the fallback; that
 * is not a failure of the text. A key that occurs twice is shown twice: the decoder's last
 * assignment wins. Skipped values are held to the whole grammar, control characters in strings
 * included; that strings are valid UTF-8 is not checked. Half of a surrogate pair written as an
 * escape is legal by the grammar and reads as U+FFFD.
 */
public final class JsonCursor extends JsonScan {
    private static final int TWO = 0xFFFF;
    private static final int THREE = 0xFF_FFFF;
    private static final int BEGIN_LEVEL = '[' | '"' << 8;
    private static final int WITHIN_LEVEL = '"' | ',' << 8 | '"' << 16;
    private static final int NEXT_STRING = ',' | '"' << 8;

    private final PlainNumber plain = new PlainNumber();
    private final JsonSlice string = new JsonSlice();

    @Override
    public void reset(final byte[] source, final int offset, final int length) {
        super.reset(source, offset, length);
        string.clear();
    }

    /**
     * The current key as a number to switch on: its bytes, big endian, when it has one to four of
     * them ({@code 'p' << 8 | 'u'}); 0 for any other.
     */
    public int shortKey() {
        return key.packed();
    }

    /** Whether the current key is these bytes (UTF-8). */
    public boolean keyIs(final byte[] name) {
        return key.is(name);
    }

    /** Where the current key lies: the text itself, or a buffer when it had escapes. */
    public byte[] keyBytes() {
        return key.bytes();
    }

    public int keyStart() {
        return key.start();
    }

    public int keyLength() {
        return key.length();
    }

    /** The current key as an object: cold paths. */
    public String keyText() {
        return key.text();
    }

    /**
     * Reads a string; any other value is consumed and answered with false. The slice stands in
     * {@link #stringBytes()} and stays valid until {@link #reset}.
     */
    public boolean string() {
        string.clear();
        if (peek() != '"') {
            skip();
            return false;
        }
        final int opening = position;
        int closing = JsonSlice.quote(bytes, opening + 1, wordsEnd, end);
        if (closing >= 0) {
            string.set(bytes, opening + 1, closing - opening - 1);
        } else {
            closing = quoted(opening);
            if (closing < 0) {
                return false;
            }
            final byte[] slice = slice(opening + 1, closing);
            string.set(slice, text.start(opening + 1), text.length(closing - opening - 1));
        }
        position = closing + 1;
        return true;
    }

    /** Where the last string lies: the text itself, or a buffer when it had escapes. */
    public byte[] stringBytes() {
        return string.bytes();
    }

    public int stringStart() {
        return string.start();
    }

    public int stringLength() {
        return string.length();
    }

    /** Whether the last string is these bytes (UTF-8). */
    public boolean stringIs(final byte[] value) {
        return string.is(value);
    }

    /** The last string as an object: cold paths. */
    public String stringText() {
        return string.text();
    }

    /**
     * Reads a whole number, bare or in a string.
     *
     * @return {@code otherwise} for any other value, for a fraction or an exponent, and for one
     *     that does not fit
     */
    public long longValue(final long otherwise) {
        if (position < wordsEnd) {
            final int from = bytes[position] == '"' ? position + 1 : position;
            final int at = bytes[from] == '-' ? from + 1 : from;
            if (taken(from, at, plain.whole(bytes, at))) {
                return at > from ? -plain.mantissa : plain.mantissa;
            }
        }
        return number() ? string.wholeNumber(otherwise) : otherwise;
    }

    /**
     * Whether a decimal in its usual form comes next; if so it is consumed, and stands in {@link
     * #plain}.
     */
    private boolean plainDecimal(final int from, final boolean normal) {
        final int at = bytes[from] == '-' ? from + 1 : from;
        if (!taken(from, at, plain.decimal(bytes, at, normal))) {
            return false;
        }
        if (at > from) {
            plain.mantissa = -plain.mantissa;
        }
        return true;
    }

    /**
     * Whether a number is legal here; if so it is consumed.
     *
     * @param from where it begins, in quotes where that is not the cursor's place
     * @param at where its digits begin
     * @param behind where they end; negative for none
     */
    private boolean taken(final int from, final int at, final int behind) {
        if (behind < 0 || behind >= end) {
            return false;
        }
        final byte next = bytes[behind];
        final boolean quoted = from > position;
        if (quoted) {
            if (next != '"') {
                return false;
            }
        } else if (next != ',' && next != '}' && next != ']'
                || bytes[at] == '0' && behind > at + 1 && bytes[at + 1] != '.') {
            return false;
        }
        string.set(bytes, from, behind - from);
        position = quoted ? behind + 1 : behind;
        return true;
    }

    /** The whole number that these bytes are, {@code otherwise} for anything else. */
    public static long wholeNumber(
            final byte[] bytes, final int offset, final int length, final long otherwise) {
        return JsonSlice.wholeNumber(bytes, offset, length, otherwise);
    }

    /**
     * Reads a decimal number, bare or in a string, exactly.
     *
     * @return false, with {@code out} "not given", for any other value
     */
    public boolean decimal(final Decimal out) {
        if (position < wordsEnd
                && plainDecimal(bytes[position] == '"' ? position + 1 : position, true)) {
            out.set(plain.mantissa, plain.exponent);
            return true;
        }
        if (!number()) {
            out.clear();
            return false;
        }
        return out.parse(string.bytes(), string.start(), string.length());
    }

    /**
     * Reads a bare number, or any string, as its text into the slice of {@link #stringBytes()}; any
     * other value is consumed and answered with false.
     */
    public boolean number() {
        final byte c = peek();
        if (c == '"') {
            return string();
        }
        final int from = position;
        if (from < wordsEnd && plainDecimal(from, false)) {
            return true;
        }
        skip();
        if (failed() || c != '-' && (c < '0' || c > '9')) {
            return false;
        }
        string.set(bytes, from, position - from);
        return true;
    }

    /**
     * Reads the price of the level just begun; false for what is no decimal of 18 digits at most.
     */
    public boolean price(final BookLevels levels) {
        if (isPlainDecimal()) {
            levels.price(plain.mantissa, plain.exponent);
            return true;
        }
        return number() && levels.price(string.bytes(), string.start(), string.length());
    }

    /**
     * Reads the size of the level just begun; false for what is no decimal of 18 digits at most.
     */
    public boolean size(final BookLevels levels) {
        if (isPlainDecimal()) {
            levels.size(plain.mantissa, plain.exponent);
            return true;
        }
        return number() && levels.size(string.bytes(), string.start(), string.length());
    }

    /** The same with its digits as they were sent, zeros at the end included. */
    private boolean isPlainDecimal() {
        return position < wordsEnd
                && plainDecimal(bytes[position] == '"' ? position + 1 : position, false);
    }

    /**
     * Puts levels into {@code levels} for as long as the array that was just entered holds them in
     * the usual form: {@code ["price","size"]}, maybe with more strings behind. What is left of it
     * is left to {@link #nextElement()}.
     */
    public void usualLevels(final BookLevels levels, final boolean bid) {
        int at = position;
        while (at < wordsEnd && (EightBytes.half(bytes, at) & TWO) == BEGIN_LEVEL) {
            int behind = plain.decimal(bytes, at + 2, false);
            // Numbers begin before the end of the text, so that words may be read of them.
            if (behind < 0
                    || behind + 3 >= wordsEnd
                    || (EightBytes.half(bytes, behind) & THREE) != WITHIN_LEVEL) {
                return;
            }
            final long price = plain.mantissa;
            final int priceExponent = plain.exponent;
            behind = plain.decimal(bytes, behind + 3, false);
            behind = behind < 0 || bytes[behind] != '"' ? -1 : strings(behind + 1);
            if (behind < 0 || behind >= end || bytes[behind] != ']' || !levels.begin(bid)) {
                return;
            }
            levels.price(price, priceExponent);
            levels.size(plain.mantissa, plain.exponent);
            passed(behind + 1);
            at = behind + 2;
            if (at > end || bytes[behind + 1] != ',') {
                return;
            }
        }
    }

    /** Behind strings without escapes, a comma before each; -1 where the general way must look. */
    private int strings(final int from) {
        int at = from;
        while (at < wordsEnd && (EightBytes.half(bytes, at) & TWO) == NEXT_STRING) {
            final int closing = JsonSlice.quote(bytes, at + 2, wordsEnd, end);
            if (closing < 0) {
                return -1;
            }
            at = closing + 1;
        }
        return at;
    }

    /** Reads true or false; any other value is consumed and answered with {@code otherwise}. */
    public boolean booleanValue(final boolean otherwise) {
        final byte c = peek();
        skip();
        return failed() ? otherwise : c == 't' || c != 'f' && otherwise;
    }
}
