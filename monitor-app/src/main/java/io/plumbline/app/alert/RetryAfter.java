package io.plumbline.app.alert;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/** The Retry-After header: seconds or a date. */
final class RetryAfter {
    /** No server can silence a pager for longer. */
    static final long LONGEST_NS = TimeUnit.HOURS.toNanos(1);

    private RetryAfter() {}

    /**
     * How long to wait from {@code nowNs}, at most an hour.
     *
     * @return 0 for a header that is absent, unreadable or past
     */
    static long nanos(final String header, final long nowNs) {
        if (header == null) {
            return 0;
        }
        final String value = header.strip();
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            final long seconds = value.length() > 9 ? 999_999_999L : Long.parseLong(value);
            return Math.min(LONGEST_NS, TimeUnit.SECONDS.toNanos(seconds));
        }
        try {
            final ZonedDateTime date =
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            final long atNs = TimeUnit.SECONDS.toNanos(date.toEpochSecond());
            return Math.max(0, Math.min(LONGEST_NS, atNs - nowNs));
        } catch (final DateTimeException e) {
            return 0;
        }
    }
}
