package io.plumbline.feed.json;

import io.plumbline.market.Decimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
public final class JsonCursor {
    /** Arrays and objects within one another beyond this are refused as a failure. */
    public static final int MAX_DEPTH = 64;

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int start;
    private int position;
    private int end;
    private int errorPosition = -1;
    private int depth;

    /** Whether the innermost container was just entered: no comma stands before what follows. */
    private boolean first;

    /** Whether the string last scanned holds an escape. */
    private boolean escaped;

    private final JsonText text = new JsonText();
    private byte[] keyBytes = NOTHING;
    private int keyStart;
    private int keyLength;
    private byte[] stringBytes = NOTHING;
    private int stringStart;
    private int stringLength;

    /** Begins a new text; slices of the one before are void. */
    public void reset(final byte[] source, final int offset, final int length) {
        bytes = source;
        start = offset;
        position = offset;
        end = offset + length;
        errorPosition = -1;
        depth = 0;
        first = false;
        keyLength = 0;
        stringLength = 0;
        text.clear();
    }

    public boolean failed() {
        return errorPosition >= 0;
    }

    /** Bytes from the beginning of the text to the first offence, or -1. */
    public int errorPosition() {
        return errorPosition < 0 ? -1 : errorPosition - start;
    }

    /**
     * Where the cursor stands in the array: before or behind a value, its raw text lies between.
     */
    public int position() {
        return position;
    }

    /**
     * The first byte of the value that comes next, which tells its kind: one of <code>
     * { [ " t f n -</code> and the digits in legal JSON; 0 at the end of the text. Consumes nothing
     * but white space.
     */
    public byte peek() {
        position = JsonGrammar.blank(bytes, position, end);
        return position < end ? bytes[position] : 0;
    }

    /** Enters an object; any other value is consumed and answered with false. */
    public boolean beginObject() {
        return begin((byte) '{');
    }

    /** Enters an array; any other value is consumed and answered with false. */
    public boolean beginArray() {
        return begin((byte) '[');
    }

    private boolean begin(final byte bracket) {
        if (peek() != bracket) {
            skip();
            return false;
        }
        if (depth == MAX_DEPTH) {
            fail(position);
            return false;
        }
        depth++;
        position++;
        first = true;
        return true;
    }

    /**
     * Moves to the next key of the innermost object.
     *
     * @return false at the object's end, which is then behind the cursor, and after a failure
     */
    public boolean nextKey() {
        final byte c = peek();
        if (c == '}') {
            return leave();
        }
        if (!comma(c)) {
            return false;
        }
        final int opening = JsonGrammar.blank(bytes, position, end);
        final int closing = quoted(opening);
        if (closing < 0) {
            return false;
        }
        keyBytes = slice(opening + 1, closing);
        keyStart = text.start(opening + 1);
        keyLength = text.length(closing - opening - 1);
        return colon(closing + 1);
    }

    /**
     * Moves to the next element of the innermost array.
     *
     * @return false at the array's end, which is then behind the cursor, and after a failure
     */
    public boolean nextElement() {
        final byte c = peek();
        if (c == ']') {
            return leave();
        }
        return comma(c) && !failed();
    }

    private boolean leave() {
        position++;
        depth--;
        first = false;
        return false;
    }

    private boolean comma(final byte c) {
        if (first) {
            first = false;
        } else if (c == ',') {
            position++;
        } else {
            fail(position);
            return false;
        }
        return true;
    }

    private boolean colon(final int from) {
        position = JsonGrammar.blank(bytes, from, end);
        if (position < end && bytes[position] == ':') {
            position++;
            return true;
        }
        fail(position);
        return false;
    }

    /**
     * The current key as a number to switch on: its bytes, big endian, when it has one to four of
     * them ({@code 'p' << 8 | 'u'}); 0 for any other.
     */
    public int shortKey() {
        if (keyLength == 1) {
            return keyBytes[keyStart] & 0xFF;
        }
        if (keyLength > 4 || keyLength == 0 || keyBytes[keyStart] == 0) {
            return 0;
        }
        int packed = 0;
        for (int i = keyStart; i < keyStart + keyLength; i++) {
            packed = packed << 8 | keyBytes[i] & 0xFF;
        }
        return packed;
    }

    /** Whether the current key is these bytes (UTF-8). */
    public boolean keyIs(final byte[] name) {
        return Arrays.equals(keyBytes, keyStart, keyStart + keyLength, name, 0, name.length);
    }

    /** Where the current key lies: the text itself, or a buffer when it had escapes. */
    public byte[] keyBytes() {
        return keyBytes;
    }

    public int keyStart() {
        return keyStart;
    }

    public int keyLength() {
        return keyLength;
    }

    /** The current key as an object: cold paths. */
    public String keyText() {
        return new String(keyBytes, keyStart, keyLength, StandardCharsets.UTF_8);
    }

    /**
     * Reads a string; any other value is consumed and answered with false. The slice stands in
     * {@link #stringBytes()} and stays valid until {@link #reset}.
     */
    public boolean string() {
        stringLength = 0;
        if (peek() != '"') {
            skip();
            return false;
        }
        final int opening = position;
        final int closing = quoted(opening);
        if (closing < 0) {
            return false;
        }
        stringBytes = slice(opening + 1, closing);
        stringStart = text.start(opening + 1);
        stringLength = text.length(closing - opening - 1);
        position = closing + 1;
        return true;
    }

    /** Where the last string lies: the text itself, or a buffer when it had escapes. */
    public byte[] stringBytes() {
        return stringBytes;
    }

    public int stringStart() {
        return stringStart;
    }

    public int stringLength() {
        return stringLength;
    }

    /** Whether the last string is these bytes (UTF-8). */
    public boolean stringIs(final byte[] value) {
        return Arrays.equals(
                stringBytes, stringStart, stringStart + stringLength, value, 0, value.length);
    }

    /** The last string as an object: cold paths. */
    public String stringText() {
        return new String(stringBytes, stringStart, stringLength, StandardCharsets.UTF_8);
    }

    /**
     * Reads a whole number, bare or in a string.
     *
     * @return {@code otherwise} for any other value, for a fraction or an exponent, and for one
     *     that does not fit
     */
    public long longValue(final long otherwise) {
        return number()
                ? wholeNumber(stringBytes, stringStart, stringLength, otherwise)
                : otherwise;
    }

    /** The whole number that these bytes are, {@code otherwise} for anything else. */
    public static long wholeNumber(
            final byte[] bytes, final int offset, final int length, final long otherwise) {
        int at = offset;
        final int to = offset + length;
        final boolean negative = at < to && bytes[at] == '-';
        if (negative) {
            at++;
        }
        if (at == to || to - at > 19) {
            return otherwise;
        }
        long value = 0;
        for (; at < to; at++) {
            final int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            value = value * 10 + digit;
        }
        return value < 0 ? otherwise : negative ? -value : value;
    }

    /**
     * Reads a decimal number, bare or in a string, exactly.
     *
     * @return false, with {@code out} "not given", for any other value
     */
    public boolean decimal(final Decimal out) {
        if (!number()) {
            out.clear();
            return false;
        }
        return out.parse(stringBytes, stringStart, stringLength);
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
        skip();
        if (failed() || c != '-' && (c < '0' || c > '9')) {
            return false;
        }
        stringBytes = bytes;
        stringStart = from;
        stringLength = position - from;
        return true;
    }

    /** Reads true or false; any other value is consumed and answered with {@code otherwise}. */
    public boolean booleanValue(final boolean otherwise) {
        final byte c = peek();
        skip();
        return failed() ? otherwise : c == 't' || c != 'f' && otherwise;
    }

    /** Passes over one value of any kind, holding it to the grammar. */
    public void skip() {
        final int behind = JsonGrammar.value(bytes, position, end, MAX_DEPTH - depth);
        if (behind < 0) {
            fail(-1 - behind);
        } else {
            position = behind;
        }
    }

    /** Whether the text was legal to its end: nothing but white space follows the value read. */
    public boolean end() {
        if (!failed() && (depth != 0 || peek() != 0 || position != end)) {
            fail(position);
        }
        return !failed();
    }

    /** From an opening quote to the closing one; -1 after a failure. */
    private int quoted(final int opening) {
        if (opening >= end || bytes[opening] != '"') {
            return fail(opening);
        }
        final int at = JsonGrammar.special(bytes, opening + 1, end);
        escaped = at < end && bytes[at] == '\\';
        final int behind = JsonGrammar.string(bytes, at, end);
        return behind < 0 ? fail(-1 - behind) : behind - 1;
    }

    /** Prepares the slice between two quotes and answers the array that holds it. */
    private byte[] slice(final int from, final int to) {
        return escaped ? text.unescape(bytes, from, to) : text.plain(bytes);
    }

    private int fail(final int at) {
        if (errorPosition < 0) {
            errorPosition = at;
        }
        position = end;
        return -1;
    }
}
