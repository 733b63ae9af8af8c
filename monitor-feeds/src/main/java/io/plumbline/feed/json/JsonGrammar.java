package io.plumbline.feed.json;

import io.plumbline.market.EightBytes;

/**
 * The grammar of RFC 8259 over bytes: each method takes the position where something must begin and
 * answers the position behind it, or, where it is not legal, -1 - the position of the first
 * offence. No state, no allocation, no recursion.
 */
final class JsonGrammar {
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private JsonGrammar() {}

    /** White space, which may be none: the first byte that is not, or {@code to}. */
    static int blank(final byte[] bytes, final int from, final int to) {
        int at = from;
        while (at < to) {
            final byte c = bytes[at];
            if (c > ' ' || c < 0 || c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                break;
            }
            at++;
        }
        return at;
    }

    /**
     * One value of any kind, white space before it included.
     *
     * @param maxDepth containers within one another beyond this are an offence; at most 64
     */
    static int value(final byte[] bytes, final int from, final int to, final int maxDepth) {
        long objects = 0;
        int depth = 0;
        int at = from;
        while (true) {
            at = blank(bytes, at, to);
            final byte c = at < to ? bytes[at] : 0;
            if (c == '{' || c == '[') {
                if (depth == maxDepth) {
                    return -1 - at;
                }
                depth++;
                objects = objects << 1 | (c == '{' ? 1 : 0);
                at = blank(bytes, at + 1, to);
                if (at >= to || bytes[at] != c + 2) {
                    at = c == '{' ? member(bytes, at, to) : at;
                    if (at < 0) {
                        return at;
                    }
                    continue;
                }
            } else {
                at = scalar(bytes, at, to, c);
                if (depth == 0 || at < 0) {
                    return at;
                }
                at = blank(bytes, at, to);
            }
            // Behind a value, or before the bracket that closes an empty container.
            while (at < to && bytes[at] == ((objects & 1) != 0 ? '}' : ']')) {
                objects >>>= 1;
                depth--;
                if (depth == 0) {
                    return at + 1;
                }
                at = blank(bytes, at + 1, to);
            }
            if (at >= to || bytes[at] != ',') {
                return -1 - at;
            }
            at = (objects & 1) != 0 ? member(bytes, blank(bytes, at + 1, to), to) : at + 1;
            if (at < 0) {
                return at;
            }
        }
    }

    /** A key and its colon. */
    private static int member(final byte[] bytes, final int from, final int to) {
        if (from >= to || bytes[from] != '"') {
            return -1 - from;
        }
        final int behind = string(bytes, from + 1, to);
        if (behind < 0) {
            return behind;
        }
        final int colon = blank(bytes, behind, to);
        return colon < to && bytes[colon] == ':' ? colon + 1 : -1 - colon;
    }

    private static int scalar(final byte[] bytes, final int at, final int to, final byte c) {
        return switch (c) {
            case '"' -> string(bytes, at + 1, to);
            case 't' -> literal(bytes, at, to, TRUE);
            case 'f' -> literal(bytes, at, to, FALSE);
            case 'n' -> literal(bytes, at, to, NULL);
            default -> number(bytes, at, to);
        };
    }

    private static int literal(
            final byte[] bytes, final int from, final int to, final byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (from + i >= to || bytes[from + i] != word[i]) {
                return -1 - from - i;
            }
        }
        return from + word.length;
    }

    /** The rest of a string, from behind its opening quote to behind its closing one. */
    static int string(final byte[] bytes, final int from, final int to) {
        int at = from;
        while (true) {
            at = special(bytes, at, to);
            if (at >= to) {
                return -1 - to;
            }
            if (bytes[at] == '"') {
                return at + 1;
            }
            final int behind = bytes[at] == '\\' ? escape(bytes, at, to) : -1;
            if (behind < 0) {
                return -1 - at;
            }
            at = behind;
        }
    }

    /** The first quote, backslash or control character from {@code from} on, or {@code to}. */
    static int special(final byte[] bytes, final int from, final int to) {
        int at = from;
        while (at <= to - Long.BYTES) {
            final int special = EightBytes.special(EightBytes.word(bytes, at));
            if (special < EightBytes.NONE) {
                return at + special;
            }
            at += Long.BYTES;
        }
        while (at < to) {
            final byte c = bytes[at];
            if (c == '"' || c == '\\' || c >= 0 && c < ' ') {
                break;
            }
            at++;
        }
        return at;
    }

    /** An escape, its backslash first; -1 when it is none. */
    private static int escape(final byte[] bytes, final int at, final int to) {
        if (to - at < 2) {
            return -1;
        }
        switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
                return at + 2;
            case 'u':
                return to - at >= 6 && JsonText.hex(bytes, at + 2) >= 0 ? at + 6 : -1;
            default:
                return -1;
        }
    }

    private static int number(final byte[] bytes, final int from, final int to) {
        int at = from < to && bytes[from] == '-' ? from + 1 : from;
        final boolean zero = at < to && bytes[at] == '0';
        int behind = zero ? at + 1 : digits(bytes, at, to);
        if (behind == at) {
            return -1 - at;
        }
        at = behind;
        if (at < to && bytes[at] == '.') {
            behind = digits(bytes, at + 1, to);
            if (behind == at + 1) {
                return -1 - behind;
            }
            at = behind;
        }
        if (at < to && (bytes[at] | 0x20) == 'e') {
            at++;
            if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            behind = digits(bytes, at, to);
            if (behind == at) {
                return -1 - at;
            }
            at = behind;
        }
        return at;
    }

    private static int digits(final byte[] bytes, final int from, final int to) {
        int at = from;
        while (at <= to - Long.BYTES) {
            final int count = EightBytes.digits(EightBytes.word(bytes, at));
            at += count;
            if (count < EightBytes.NONE) {
                return at;
            }
        }
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }
}
