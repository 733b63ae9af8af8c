package io.plumbline.app.http;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as people read them; null is what cannot be told. */
final class Scale {
    private static final int DIGITS = 3;

    private Scale() {}

    /** {@code part} of {@code whole} in percent, two digits; null of nothing. */
    static BigDecimal percent(final long part, final long whole) {
        return whole <= 0
                ? null
                : BigDecimal.valueOf(part)
                        .movePointRight(2)
                        .divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }

    /** ns in ms; null below zero, which is not known. */
    static BigDecimal millis(final long ns) {
        return ns < 0 ? null : BigDecimal.valueOf(ns, 6).setScale(DIGITS, RoundingMode.HALF_UP);
    }

    /** ns in s; null below zero, which is not known. */
    static BigDecimal seconds(final long ns) {
        return ns < 0 ? null : BigDecimal.valueOf(ns, 9).setScale(DIGITS, RoundingMode.HALF_UP);
    }

    /** How often in a second; null without time. */
    static BigDecimal perSecond(final long count, final long ns) {
        return ns <= 0
                ? null
                : BigDecimal.valueOf(count)
                        .movePointRight(9)
                        .divide(BigDecimal.valueOf(ns), 1, RoundingMode.HALF_UP);
    }
}
