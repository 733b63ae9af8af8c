package io.plumbline.feed.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks once over a whole JSON text and remembers where the values of a few member paths stand. The
 * text must be legal JSON from end to end, so an illegal text is told from a missing member. Of a
 * name that occurs twice the last one counts, as in most readers. A name written with escapes
 * matches nothing.
 *
 * <p>Engine thread only; allocates nothing after construction.
 */
final class JsonPath {
    /** What stands at a path. */
    enum Kind {
        MISSING,
        NUMBER,
        STRING,
        /** A string with escapes in it. */
        ESCAPED_STRING,
        /** NaN or Infinity, as Python's json module writes them: not legal JSON. */
        NOT_FINITE,
        /** true, false, null, an object or an array. */
        OTHER
    }

    private static final int DEEPEST = 64;
    private static final byte[] NAN = ascii("NaN");
    private static final byte[] INFINITY = ascii("Infinity");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");

    private final PathMatch paths;
    private final Kind[] kinds;
    private final int[] starts;
    private final int[] ends;
    private byte[] bytes;
    private int at;
    private int end;
    private boolean escaped;

    /**
     * @param paths as {@link PathMatch} reads them; an empty one is never found
     */
    JsonPath(final String... paths) {
        this(new PathMatch(paths));
    }

    JsonPath(final PathMatch paths) {
        this.paths = paths;
        kinds = new Kind[paths.size()];
        starts = new int[paths.size()];
        ends = new int[paths.size()];
    }

    /**
     * Reads {@code bytes[offset, offset + length)}.
     *
     * @return whether it is legal JSON, but for a {@link Kind#NOT_FINITE} at one of the paths
     */
    boolean scan(final byte[] bytes, final int offset, final int length) {
        this.bytes = bytes;
        at = offset;
        end = offset + length;
        paths.reset();
        Arrays.fill(kinds, Kind.MISSING);
        skipSpace();
        if (!value(0)) {
            return false;
        }
        skipSpace();
        return at == end;
    }

    Kind kind(final int path) {
        return kinds[path];
    }

    /** Where the value begins; for strings behind the quote. */
    int start(final int path) {
        return starts[path];
    }

    /** Where the value ends; for strings before the quote. */
    int end(final int path) {
        return ends[path];
    }

    private boolean value(final int depth) {
        if (at >= end || depth > DEEPEST) {
            return false;
        }
        final int from = at;
        switch (bytes[at]) {
            case '{':
                return object(depth) && capture(depth, Kind.OTHER, from, at);
            case '[':
                return array(depth) && capture(depth, Kind.OTHER, from, at);
            case '"':
                return string()
                        && capture(
                                depth,
                                escaped ? Kind.ESCAPED_STRING : Kind.STRING,
                                from + 1,
                                at - 1);
            case 't':
                return literal(TRUE) && capture(depth, Kind.OTHER, from, at);
            case 'f':
                return literal(FALSE) && capture(depth, Kind.OTHER, from, at);
            case 'n':
                return literal(NULL) && capture(depth, Kind.OTHER, from, at);
            case 'N':
                return literal(NAN) && declared(depth, from);
            case 'I':
                return literal(INFINITY) && declared(depth, from);
            default:
                return number(depth);
        }
    }

    private boolean object(final int depth) {
        at++;
        skipSpace();
        if (take('}')) {
            return true;
        }
        while (true) {
            final int name = at + 1;
            if (at >= end || bytes[at] != '"' || !string()) {
                return false;
            }
            final int nameEnd = at - 1;
            skipSpace();
            if (!take(':')) {
                return false;
            }
            descend(depth, name, nameEnd);
            skipSpace();
            if (!value(depth + 1)) {
                return false;
            }
            paths.leave(depth);
            skipSpace();
            if (take('}')) {
                return true;
            }
            if (!take(',')) {
                return false;
            }
            skipSpace();
        }
    }

    private boolean array(final int depth) {
        at++;
        skipSpace();
        if (take(']')) {
            return true;
        }
        for (int index = 0; element(depth, index); index++) {
            skipSpace();
            if (take(']')) {
                return true;
            }
            if (!take(',')) {
                return false;
            }
            skipSpace();
        }
        return false;
    }

    private boolean element(final int depth, final int index) {
        for (int i = 0; i < kinds.length; i++) {
            paths.enter(i, depth, index);
        }
        final boolean whole = value(depth + 1);
        paths.leave(depth);
        return whole;
    }

    private boolean string() {
        escaped = false;
        at++;
        while (at < end && bytes[at] != '"') {
            if (bytes[at] >= 0 && bytes[at] < ' ') {
                return false;
            }
            if (bytes[at] == '\\') {
                escaped = true;
                at++;
                if (at >= end || "\"\\/bfnrtu".indexOf(bytes[at]) < 0) {
                    return false;
                }
                if (bytes[at] == 'u' && !hexDigits()) {
                    return false;
                }
            }
            at++;
        }
        return take('"');
    }

    private boolean hexDigits() {
        if (at + 4 >= end) {
            return false;
        }
        for (int i = 0; i < 4; i++) {
            at++;
            if (Character.digit(bytes[at], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean number(final int depth) {
        final int from = at;
        take('-');
        if (at < end && bytes[at] == 'I') {
            return literal(INFINITY) && declared(depth, from);
        }
        final boolean zero = at < end && bytes[at] == '0';
        final int whole = digits();
        if (whole == 0 || (zero && whole > 1)) {
            return false;
        }
        if (take('.') && digits() == 0) {
            return false;
        }
        if (take('e') || take('E')) {
            if (!take('-')) {
                take('+');
            }
            if (digits() == 0) {
                return false;
            }
        }
        return capture(depth, Kind.NUMBER, from, at);
    }

    private int digits() {
        final int from = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at - from;
    }

    private boolean literal(final byte[] text) {
        for (final byte letter : text) {
            if (!take((char) letter)) {
                return false;
            }
        }
        return true;
    }

    /** A value that is no JSON: passes only where a path points at it. */
    private boolean declared(final int depth, final int from) {
        boolean found = false;
        for (int i = 0; i < kinds.length; i++) {
            found |= paths.isHere(i, depth);
        }
        return capture(depth, Kind.NOT_FINITE, from, at) && found;
    }

    private boolean capture(final int depth, final Kind kind, final int from, final int to) {
        for (int i = 0; i < kinds.length; i++) {
            if (paths.isHere(i, depth)) {
                kinds[i] = kind;
                starts[i] = from;
                ends[i] = to;
            }
        }
        return true;
    }

    private void descend(final int depth, final int name, final int nameEnd) {
        for (int i = 0; i < kinds.length; i++) {
            if (paths.enter(i, depth, bytes, name, nameEnd)) {
                kinds[i] = Kind.MISSING;
            }
        }
    }

    private void skipSpace() {
        while (at < end
                && (bytes[at] == ' '
                        || bytes[at] == '\n'
                        || bytes[at] == '\r'
                        || bytes[at] == '\t')) {
            at++;
        }
    }

    private boolean take(final char c) {
        if (at < end && bytes[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
