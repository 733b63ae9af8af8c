package io.plumbline.feed.venue;

import io.plumbline.market.EightBytes;
import io.plumbline.market.MarketEvent;

/** The ways in which venues write times, to ns since the epoch. Allocates nothing. */
public final class VenueTime {
    private static final long NONE = MarketEvent.NONE;
    private static final long SECOND_NS = 1_000_000_000L;

    // Where a time of the usual form has its day, its seconds, its fraction.
    private static final int DAY = 8;
    private static final int SECOND = 16;
    private static final int BEFORE_FRACTION = 20;

    // What leaves nothing but digits of the form, and what, added, lifts any other byte over 15.
    private static final long DATE = EightBytes.word("0000-00-");
    private static final long TIME = EightBytes.word("00T00:00");
    private static final int SECONDS = (int) EightBytes.word(":00.\0\0\0\0");
    private static final long DATE_LIMITS = 0x0F06_060F_0606_0606L;
    private static final long TIME_LIMITS = 0x0606_0F06_060F_0606L;
    private static final int SECOND_LIMITS = 0x0F06_060F;
    private static final long FOUR_BYTES = 0xFFFF_FFFFL;
    private static final long UPPER_HALVES = 0xF0F0_F0F0_F0F0_F0F0L;

    private VenueTime() {}

    /**
     * A whole number, its unit told by its size: milliseconds up to the year 2262, microseconds,
     * nanoseconds; NONE for zero and below.
     */
    static long epochNs(final long time) {
        if (time <= 0) {
            return NONE;
        }
        if (time <= Long.MAX_VALUE / 1_000_000) {
            return time * 1_000_000;
        }
        return time <= Long.MAX_VALUE / 1_000 ? time * 1_000 : time;
    }

    /** Seconds with a fraction ({@code 1534614057.321597}); NONE for anything else. */
    public static long secondsNs(final byte[] bytes, final int offset, final int length) {
        int at = offset;
        final int end = offset + length;
        long seconds = 0;
        for (; at < end && isDigit(bytes[at]) && at - offset < 11; at++) {
            seconds = seconds * 10 + (bytes[at] - '0');
        }
        if (at == offset || seconds > Long.MAX_VALUE / SECOND_NS - 1) {
            return NONE;
        }
        if (at == end) {
            return seconds * SECOND_NS;
        }
        final long fraction = bytes[at] == '.' ? fraction(bytes, at + 1, end) : NONE;
        return fraction == NONE ? NONE : seconds * SECOND_NS + fraction;
    }

    /**
     * RFC 3339 ({@code 2026-08-19T20:51:31.4173693+00:00}, 0 to 9 digits of a fraction, Z or an
     * offset); NONE for anything else.
     */
    public static long rfc3339Ns(final byte[] bytes, final int offset, final int length) {
        final long usual = usualNs(bytes, offset, length);
        return usual == NONE ? anyNs(bytes, offset, length) : usual;
    }

    /**
     * {@code 2026-08-19T20:51:31.417369Z} with 1 to 8 digits of a fraction, read eight bytes at a
     * time; NONE where the general way must look.
     */
    private static long usualNs(final byte[] bytes, final int offset, final int length) {
        if (length < BEFORE_FRACTION + 2 || offset + EightBytes.SLACK > bytes.length) {
            return NONE;
        }
        final long date = EightBytes.word(bytes, offset) ^ DATE;
        final long time = EightBytes.word(bytes, offset + DAY) ^ TIME;
        final long second = (EightBytes.half(bytes, offset + SECOND) ^ SECONDS) & FOUR_BYTES;
        final long word = EightBytes.word(bytes, offset + BEFORE_FRACTION);
        final int places = EightBytes.digits(word);
        final long wrong =
                (date + DATE_LIMITS | date)
                        | (time + TIME_LIMITS | time)
                        | (second + SECOND_LIMITS | second);
        final int zone = BEFORE_FRACTION + places;
        if ((wrong & UPPER_HALVES) != 0
                || places == 0
                || length != zone + 1
                || bytes[offset + zone] != 'Z') {
            return NONE;
        }
        final long whole = seconds(date, time, second);
        final long fraction = EightBytes.number(word, places) * EightBytes.power(8 - places) * 10;
        return whole == NONE ? NONE : whole * SECOND_NS + fraction;
    }

    /** Since the epoch, by the digits of the three words; NONE for what is no time of a day. */
    private static long seconds(final long date, final long time, final long second) {
        final int year = two(date, 0) * 100 + two(date, 2);
        final int month = two(date, 5);
        final int day = two(time, 0);
        final int hour = two(time, 3);
        final int minute = two(time, 6);
        final int seconds = two(second, 1);
        if (year < 1970 || year > 2261 || month < 1 || month > 12 || day < 1 || day > 31) {
            return NONE;
        }
        if (hour > 23 || minute > 59 || seconds > 60) {
            return NONE;
        }
        return ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + seconds;
    }

    private static int digit(final long word, final int at) {
        return (int) (word >>> (at << 3)) & 0xF;
    }

    private static int two(final long word, final int at) {
        return digit(word, at) * 10 + digit(word, at + 1);
    }

    private static long anyNs(final byte[] bytes, final int offset, final int length) {
        final int end = offset + length;
        if (length < 20
                || bytes[offset + 4] != '-'
                || bytes[offset + 7] != '-'
                || bytes[offset + 10] != 'T' && bytes[offset + 10] != ' '
                || bytes[offset + 13] != ':'
                || bytes[offset + 16] != ':') {
            return NONE;
        }
        final int year = number(bytes, offset, 4);
        final int month = number(bytes, offset + 5, 2);
        final int day = number(bytes, offset + 8, 2);
        final int hour = number(bytes, offset + 11, 2);
        final int minute = number(bytes, offset + 14, 2);
        final int second = number(bytes, offset + 17, 2);
        if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31) {
            return NONE;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return NONE;
        }
        int at = offset + 19;
        long fraction = 0;
        if (at < end && bytes[at] == '.') {
            final int from = ++at;
            while (at < end && isDigit(bytes[at])) {
                at++;
            }
            fraction = fraction(bytes, from, at);
        }
        final long zone = zoneSeconds(bytes, at, end);
        if (fraction == NONE || zone == NONE || year > 2261) {
            return NONE;
        }
        final long seconds =
                ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - zone;
        return seconds * SECOND_NS + fraction;
    }

    /** Seconds east of Greenwich: Z, +hh:mm, +hhmm or +hh. */
    private static long zoneSeconds(final byte[] bytes, final int at, final int end) {
        if (at >= end) {
            return NONE;
        }
        if (bytes[at] == 'Z' || bytes[at] == 'z') {
            return at + 1 == end ? 0 : NONE;
        }
        if (bytes[at] != '+' && bytes[at] != '-' || end - at < 3) {
            return NONE;
        }
        final int hours = number(bytes, at + 1, 2);
        final int from = end - at > 3 && bytes[at + 3] == ':' ? at + 4 : at + 3;
        final int minutes = from == end ? 0 : from + 2 == end ? number(bytes, from, 2) : -1;
        if (hours < 0 || minutes < 0 || hours > 18 || minutes > 59) {
            return NONE;
        }
        final long seconds = (hours * 60L + minutes) * 60;
        return bytes[at] == '-' ? -seconds : seconds;
    }

    /** Digits behind the point as ns; further ones than nine are cut; NONE where one is none. */
    private static long fraction(final byte[] bytes, final int from, final int end) {
        long fraction = 0;
        for (int i = 0; i < 9; i++) {
            final int at = from + i;
            if (at < end && !isDigit(bytes[at])) {
                return NONE;
            }
            fraction = fraction * 10 + (at < end ? bytes[at] - '0' : 0);
        }
        for (int at = from + 9; at < end; at++) {
            if (!isDigit(bytes[at])) {
                return NONE;
            }
        }
        return fraction;
    }

    /** Days since the epoch in the Gregorian calendar, counted from March. */
    private static long days(final int year, final int month, final int day) {
        final long shifted = month <= 2 ? year - 1L : year;
        final long era = shifted / 400;
        final long yearOfEra = shifted - era * 400;
        final long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        final long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    private static int number(final byte[] bytes, final int from, final int count) {
        int value = 0;
        for (int at = from; at < from + count; at++) {
            if (!isDigit(bytes[at])) {
                return -1;
            }
            value = value * 10 + (bytes[at] - '0');
        }
        return value;
    }

    private static boolean isDigit(final byte c) {
        return c >= '0' && c <= '9';
    }
}
