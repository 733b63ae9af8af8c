package io.plumbline.feed.json;

import io.plumbline.market.EightBytes;

/**
 * The walk through one JSON text: into objects and arrays, from key to key, over values, and to the
 * first offence. {@link JsonCursor} reads the values. What is written in the usual way (no white
 * space, no escapes) is walked eight bytes at a time; for the rest, and for what lies at the end of
 * its array, there is {@link JsonGrammar}.
 */
abstract class JsonScan {
    /** Arrays and objects within one another beyond this are refused as a failure. */
    public static final int MAX_DEPTH = 64;

    private static final byte[] NOTHING = {};

    byte[] bytes = NOTHING;
    private int start;
    int position;
    int end;

    /**
     * Before it, words may be read; what is short or lies at the end of its array goes the general
     * way.
     */
    int wordsEnd;

    private int errorPosition = -1;
    private int depth;

    /** Whether the innermost container was just entered: no comma stands before what follows. */
    private boolean first;

    /** Whether the string last scanned holds an escape. */
    private boolean escaped;

    final JsonText text = new JsonText();
    final JsonSlice key = new JsonSlice();

    /** Begins a new text; slices of the one before are void. */
    public void reset(final byte[] source, final int offset, final int length) {
        if (bytes != source) {
            bytes = source;
        }
        start = offset;
        position = offset;
        end = offset + length;
        wordsEnd = Math.min(end, source.length - EightBytes.SLACK);
        errorPosition = -1;
        depth = 0;
        first = false;
        key.clear();
        text.clear();
    }

    /**
     * Whether so much lies behind the text that all of it may be read eight bytes at a time. A
     * decoder with a fast way of its own takes it only then, so that the same message without room
     * shows what the general way makes of it.
     */
    public final boolean isRoomy() {
        return wordsEnd == end;
    }

    public final boolean failed() {
        return errorPosition >= 0;
    }

    /** Bytes from the beginning of the text to the first offence, or -1. */
    public final int errorPosition() {
        return errorPosition < 0 ? -1 : errorPosition - start;
    }

    /**
     * Where the cursor stands in the array: before or behind a value, its raw text lies between.
     */
    public final int position() {
        return position;
    }

    /**
     * The first byte of the value that comes next, which tells its kind: one of <code>
     * { [ " t f n -</code> and the digits in legal JSON; 0 at the end of the text. Consumes nothing
     * but white space.
     */
    public final byte peek() {
        position = JsonGrammar.blank(bytes, position, end);
        return position < end ? bytes[position] : 0;
    }

    /** Enters an object; any other value is consumed and answered with false. */
    public final boolean beginObject() {
        return begin((byte) '{');
    }

    /** Enters an array; any other value is consumed and answered with false. */
    public final boolean beginArray() {
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
    public final boolean nextKey() {
        final int opening = first ? position : position + 1;
        if (opening < wordsEnd && (first || bytes[position] == ',') && bytes[opening] == '"') {
            final int closing = JsonSlice.quote(bytes, opening + 1, wordsEnd, end);
            if (closing >= 0 && closing + 1 < end && bytes[closing + 1] == ':') {
                first = false;
                key.set(bytes, opening + 1, closing - opening - 1);
                position = closing + 2;
                return true;
            }
        }
        return anyKey();
    }

    /** The same in whatever way it is written. */
    private boolean anyKey() {
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
        final byte[] slice = slice(opening + 1, closing);
        key.set(slice, text.start(opening + 1), text.length(closing - opening - 1));
        return colon(closing + 1);
    }

    /**
     * Moves to the next element of the innermost array.
     *
     * @return false at the array's end, which is then behind the cursor, and after a failure
     */
    public final boolean nextElement() {
        final byte c = peek();
        if (c == ']') {
            return leave();
        }
        return comma(c) && !failed();
    }

    /** Elements of the array that was just entered lie behind the cursor: the last ends here. */
    final void passed(final int behind) {
        first = false;
        position = behind;
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

    /** Passes over one value of any kind, holding it to the grammar. */
    public final void skip() {
        if (position < wordsEnd) {
            final byte c = bytes[position];
            final int plainly =
                    c == '"'
                            ? JsonSlice.quote(bytes, position + 1, wordsEnd, end) + 1
                            : c > '0' && c <= '9' ? digits() : 0;
            if (plainly > 0) {
                position = plainly;
                return;
            }
        }
        final int behind = JsonGrammar.value(bytes, position, end, MAX_DEPTH - depth);
        if (behind < 0) {
            fail(-1 - behind);
        } else {
            position = behind;
        }
    }

    /** Behind a whole number of a few digits, or 0 where the general way must look. */
    private int digits() {
        final int count = EightBytes.digits(EightBytes.word(bytes, position));
        final int behind = position + count;
        final boolean plain =
                count < EightBytes.NONE
                        && behind < end
                        && (bytes[behind] == ',' || bytes[behind] == '}' || bytes[behind] == ']');
        return plain ? behind : 0;
    }

    /** Whether the text was legal to its end: nothing but white space follows the value read. */
    public final boolean end() {
        if (!failed() && (depth != 0 || peek() != 0 || position != end)) {
            fail(position);
        }
        return !failed();
    }

    /** From an opening quote to the closing one; -1 after a failure. */
    final int quoted(final int opening) {
        if (opening >= end || bytes[opening] != '"') {
            return fail(opening);
        }
        final int at = JsonGrammar.special(bytes, opening + 1, end);
        escaped = at < end && bytes[at] == '\\';
        final int behind = JsonGrammar.string(bytes, at, end);
        return behind < 0 ? fail(-1 - behind) : behind - 1;
    }

    /** Prepares the slice between two quotes and answers the array that holds it. */
    final byte[] slice(final int from, final int to) {
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
