package io.plumbline.feed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The HTTP header of that name: seconds, or a date. */
public final class RetryAfter {
    /** The longest that is believed: the longest ban that venues announce. */
    private static final long MOST_SECONDS = 3 * 24 * 3600L;

    private static final int MOST_DIGITS = 12;

    private RetryAfter() {}

    /** How long {@code header} asks to wait, ns; 0 where it is absent, unreadable or past. */
    public static long parseNs(final String header, final long nowNs) {
        if (header == null || header.isBlank()) {
            return 0;
        }
        final String text = header.trim();
        if (text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Math.min(Long.parseLong(text), MOST_SECONDS) * 1_000_000_000L;
        }
        try {
            final Instant at =
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            final long seconds = at.getEpochSecond() - nowNs / 1_000_000_000L;
            return Math.max(0, Math.min(seconds, MOST_SECONDS)) * 1_000_000_000L;
        } catch (final DateTimeException unreadable) {
            return 0;
        }
    }
}
