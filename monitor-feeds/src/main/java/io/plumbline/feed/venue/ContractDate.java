package io.plumbline.feed.venue;

/** The day on which a contract ends, as ccxt writes it: YYMMDD, a day that there is. */
final class ContractDate {
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int CENTURY = 2_000;

    private ContractDate() {}

    static boolean isDate(final String text) {
        if (text.length() != 6 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        final int month = number(text, 2);
        return month >= 1
                && month <= DAYS.length
                && number(text, 4) >= 1
                && number(text, 4) <= days(CENTURY + number(text, 0), month);
    }

    /** Leap years of this century: the one of its end is one too. */
    private static int days(final int year, final int month) {
        return DAYS[month - 1] + (month == 2 && year % 4 == 0 ? 1 : 0);
    }

    private static int number(final String text, final int from) {
        return (text.charAt(from) - '0') * 10 + text.charAt(from + 1) - '0';
    }
}
