package io.plumbline.app.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: a whole number and a unit, {@code 128MiB}, {@code 20GB}. */
final class Sizes {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,18})(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)");
    private static final String[] UNITS = {"TiB", "TB", "GiB", "GB", "MiB", "MB", "KiB", "KB", "B"};
    private static final long[] BYTES = {
        1L << 40,
        1_000_000_000_000L,
        1L << 30,
        1_000_000_000L,
        1L << 20,
        1_000_000L,
        1L << 10,
        1_000L,
        1L
    };

    private Sizes() {}

    /** Reads the text form, bytes. */
    static long parse(final String text) {
        final Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new BadValue(
                    "is no size; write a whole number with a unit (B, KB, MB, GB, TB, KiB, MiB,"
                            + " GiB, TiB), for example 128MiB");
        }
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(form.group(2))) {
                try {
                    return Math.multiplyExact(Long.parseLong(form.group(1)), BYTES[i]);
                } catch (final ArithmeticException e) {
                    throw new BadValue("is more than 8 EiB; write a smaller size");
                }
            }
        }
        throw new AssertionError(form.group(2));
    }

    /** The text form in the largest unit that is exact. */
    static String print(final long bytes) {
        if (bytes == 0) {
            return "0B";
        }
        int unit = 0;
        while (bytes % BYTES[unit] != 0) {
            unit++;
        }
        return bytes / BYTES[unit] + UNITS[unit];
    }
}
