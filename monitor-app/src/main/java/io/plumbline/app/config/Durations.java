package io.plumbline.app.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number and a unit, {@code 250ms}, {@code 5s}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,19})(ns|us|ms|s|m|h|d)");
    private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us", "ns"};
    private static final long[] NANOS = {
        86_400_000_000_000L,
        3_600_000_000_000L,
        60_000_000_000L,
        1_000_000_000L,
        1_000_000L,
        1_000L,
        1L
    };

    private Durations() {}

    /**
     * Reads the text form; the result always fits a long of nanoseconds.
     *
     * @throws BadValue with what is wrong and the remedy
     */
    public static Duration parse(final String text) {
        final Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new BadValue(
                    "is no duration; write a whole number with a unit (ns, us, ms, s, m, h, d),"
                            + " for example 250ms");
        }
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(form.group(2))) {
                try {
                    return Duration.ofNanos(
                            Math.multiplyExact(Long.parseLong(form.group(1)), NANOS[i]));
                } catch (final ArithmeticException | NumberFormatException e) {
                    throw new BadValue("is longer than 292 years; write a shorter one");
                }
            }
        }
        throw new AssertionError(form.group(2));
    }

    /** The text form in the largest unit that is exact. */
    public static String print(final Duration duration) {
        final long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        int unit = 0;
        while (nanos % NANOS[unit] != 0) {
            unit++;
        }
        return nanos / NANOS[unit] + UNITS[unit];
    }
}
