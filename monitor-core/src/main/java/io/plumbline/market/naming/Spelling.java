package io.plumbline.market.naming;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What two names have in common that only look different: case, white space and quotes around them,
 * URL escapes, letters of another alphabet that look the same; on request also separators. Cold
 * paths; it allocates.
 */
final class Spelling {
    /** Cyrillic and Greek letters, and below each the Latin one that it is taken for. */
    private static final String ALIKE =
            "АВЕЅІЈКМНОРСТУХасеорхуіјѕһԁԛԝѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχ∕⁄∶꞉‐‑‒–—−";

    private static final String LATIN =
            "abesijkmhopctyxaceopxyijshdqwvabezhikmnoptyxaiknoptux//::------";

    private static final int UNESCAPED_AT_MOST = 2;

    private Spelling() {}

    /** Without anything that only looks different; separators stay. */
    static String plain(final String name) {
        final String latin = latin(unescaped(name));
        int from = 0;
        int to = latin.length();
        while (from < to && wraps(latin.charAt(from))) {
            from++;
        }
        while (to > from && wraps(latin.charAt(to - 1))) {
            to--;
        }
        return latin.substring(from, to);
    }

    /** The same without separators: letters and digits alone. */
    static String bare(final String name) {
        final String plain = plain(name);
        final StringBuilder out = new StringBuilder(plain.length());
        plain.codePoints().filter(Character::isLetterOrDigit).forEach(out::appendCodePoint);
        return out.toString();
    }

    /** Letters of other alphabets as the Latin ones they look like, in lower case. */
    static String latin(final String name) {
        final String composed = Normalizer.normalize(name, Normalizer.Form.NFKC);
        final StringBuilder out = new StringBuilder(composed.length());
        composed.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .forEach(
                        c -> {
                            final int at = ALIKE.indexOf(c);
                            out.appendCodePoint(at < 0 ? c : LATIN.charAt(at));
                        });
        return out.toString().toLowerCase(Locale.ROOT);
    }

    /** Without URL escapes: {@code BTC%2FUSDT} is BTC/USDT. */
    static String unescaped(final String name) {
        String text = name;
        for (int i = 0; i < UNESCAPED_AT_MOST && text.indexOf('%') >= 0; i++) {
            text = unescapedOnce(text);
        }
        return text;
    }

    private static String unescapedOnce(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            final int high = bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1]) : -1;
            final int low = high < 0 ? -1 : hex(bytes[i + 2]);
            if (low < 0) {
                out.write(bytes[i]);
            } else {
                out.write(high << 4 | low);
                i += 2;
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int hex(final byte digit) {
        return Character.digit(digit, 16);
    }

    private static boolean wraps(final char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || c == '"'
                || c == '\''
                || c == '`';
    }
}
