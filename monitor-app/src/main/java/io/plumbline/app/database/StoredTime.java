package io.plumbline.app.database;

import io.plumbline.market.probe.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.TimeZone;

/** A time as tables hold it: a timestamp, a text in ISO form, or a number since the epoch. */
final class StoredTime {
    private static final long SECOND_NS = 1_000_000_000L;

    private StoredTime() {}

    /** Nanoseconds since the epoch, UTC where no zone is given; NONE where it is no time. */
    static long epochNs(final ResultSet rows, final int column) throws SQLException {
        final Object value = rows.getObject(column);
        if (value instanceof Timestamp) {
            return ns(
                    rows.getTimestamp(column, Calendar.getInstance(TimeZone.getTimeZone("UTC")))
                            .toInstant());
        }
        if (value instanceof Number number) {
            return scaled(number.longValue());
        }
        return value instanceof String text ? parsed(text) : Reading.NONE;
    }

    /** Seconds, milliseconds, microseconds or nanoseconds, by their size. */
    static long scaled(final long number) {
        if (number <= 0) {
            return Reading.NONE;
        }
        if (number < 100_000_000_000L) {
            return number * SECOND_NS;
        }
        if (number < 100_000_000_000_000L) {
            return number * 1_000_000L;
        }
        return number < 100_000_000_000_000_000L ? number * 1_000L : number;
    }

    static long parsed(final String text) {
        if (text.matches("\\d{9,19}")) {
            return scaled(Long.parseLong(text));
        }
        final String iso = text.strip().replace(' ', 'T');
        try {
            return ns(OffsetDateTime.parse(iso).toInstant());
        } catch (final DateTimeException withoutZone) {
            try {
                return ns(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
            } catch (final DateTimeException none) {
                return Reading.NONE;
            }
        }
    }

    private static long ns(final Instant instant) {
        return instant.getEpochSecond() * SECOND_NS + instant.getNano();
    }
}
