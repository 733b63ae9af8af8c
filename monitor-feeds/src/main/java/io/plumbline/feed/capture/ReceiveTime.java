package io.plumbline.feed.capture;

import java.time.LocalDate;

/** Reads receive times exactly, from digits to nanoseconds; no floating point on the way. */
final class ReceiveTime {
    private static final long DAY_S = 86_400;
    private static final long SECOND_NS = 1_000_000_000;

    private long ns;
    private int day = -1;
    private long dayStartS;

    /** The time last read, ns since the epoch. */
    long ns() {
        return ns;
    }

    /**
     * Reads {@code digits[.digits]}; the size of the whole part tells s, ms, us or ns.
     *
     * @return the position behind it, or -1
     */
    int number(final byte[] bytes, final int from, final int to) {
        int at = from;
        long whole = 0;
        while (at < to && isDigit(bytes[at]) && at - from < 19) {
            whole = whole * 10 + bytes[at++] - '0';
        }
        if (at == from || whole < 0 || at < to && isDigit(bytes[at])) {
            return -1;
        }
        long unit = unitNs(whole);
        if (whole > Long.MAX_VALUE / unit - 1) {
            return -1;
        }
        ns = whole * unit;
        return at < to && bytes[at] == '.' ? fraction(bytes, at + 1, to, unit) : at;
    }

    private static long unitNs(final long whole) {
        if (whole < 100_000_000_000L) {
            return SECOND_NS;
        }
        if (whole < 100_000_000_000_000L) {
            return 1_000_000;
        }
        return whole < 100_000_000_000_000_000L ? 1_000 : 1;
    }

    private int fraction(final byte[] bytes, final int from, final int to, final long unit) {
        int at = from;
        for (long place = unit / 10; at < to && isDigit(bytes[at]); place /= 10) {
            ns += place * (bytes[at++] - '0');
        }
        return at == from ? -1 : at;
    }

    /**
     * Reads {@code YYYY-MM-DDTHH:MM:SS[.digits]Z}.
     *
     * @return the position behind it, or -1
     */
    int iso(final byte[] bytes, final int from, final int to) {
        if (to - from < 20
                || bytes[from + 4] != '-'
                || bytes[from + 7] != '-'
                || bytes[from + 10] != 'T'
                || bytes[from + 13] != ':'
                || bytes[from + 16] != ':') {
            return -1;
        }
        final int hour = twoDigits(bytes, from + 11);
        final int minute = twoDigits(bytes, from + 14);
        final int second = twoDigits(bytes, from + 17);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return -1;
        }
        final int century = twoDigits(bytes, from);
        final int year = twoDigits(bytes, from + 2);
        if (century < 19 || century > 21 || year < 0 || !date(bytes, from, century * 100 + year)) {
            return -1;
        }
        ns = (dayStartS + hour * 3_600L + minute * 60L + second) * SECOND_NS;
        int at = from + 19;
        if (bytes[at] == '.') {
            at = fraction(bytes, at + 1, to, SECOND_NS);
        }
        return at > 0 && at < to && bytes[at] == 'Z' ? at + 1 : -1;
    }

    /** Finds the start of the day; recordings rarely leave one, so the last is kept. */
    private boolean date(final byte[] bytes, final int from, final int year) {
        final int month = twoDigits(bytes, from + 5);
        final int dayOfMonth = twoDigits(bytes, from + 8);
        final int wanted = year * 10_000 + month * 100 + dayOfMonth;
        if (wanted == day && month > 0) {
            return true;
        }
        if (month < 1
                || month > 12
                || dayOfMonth < 1
                || dayOfMonth > LocalDate.of(year, month, 1).lengthOfMonth()) {
            return false;
        }
        day = wanted;
        dayStartS = LocalDate.of(year, month, dayOfMonth).toEpochDay() * DAY_S;
        return true;
    }

    private static int twoDigits(final byte[] bytes, final int at) {
        return isDigit(bytes[at]) && isDigit(bytes[at + 1])
                ? (bytes[at] - '0') * 10 + bytes[at + 1] - '0'
                : -1;
    }

    private static boolean isDigit(final byte c) {
        return c >= '0' && c <= '9';
    }
}
