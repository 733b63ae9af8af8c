package io.plumbline.market;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact decimal, {@code mantissa x 10^exponent}, in a reusable holder: never a double.
 *
 * <p>Always kept normalised (no trailing zero in the mantissa, zero has exponent 0), so two values
 * are equal exactly when mantissa and exponent are. Up to 18 significant digits are exact; a longer
 * text (a binary float printed in full) keeps its first 18 and says so by {@link #inexact()}, and
 * is then equal to nothing but itself.
 */
public final class Decimal implements Comparable<Decimal> {
    /** Significant digits that are kept exactly. */
    public static final int MAX_DIGITS = 18;

    /** Exponents beyond this are refused: no venue sends them, and they must not cost time. */
    public static final int MAX_EXPONENT = 9_999;

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private long mantissa;
    private int exponent;
    private boolean inexact;
    private boolean given;

    /** A value from its text, for configuration and tests; throws NumberFormatException. */
    public static Decimal of(final String text) {
        final Decimal decimal = new Decimal();
        final byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        if (!decimal.parse(bytes, 0, bytes.length)) {
            throw new NumberFormatException("not a decimal number: " + text);
        }
        return decimal;
    }

    public long mantissa() {
        return mantissa;
    }

    public int exponent() {
        return exponent;
    }

    /** Whether digits beyond the 18th were cut. */
    public boolean inexact() {
        return inexact;
    }

    /** Whether a value was set since {@link #clear()}. */
    public boolean isGiven() {
        return given;
    }

    public int signum() {
        return Long.signum(mantissa);
    }

    /** Back to "not given". */
    public void clear() {
        if (given) {
            mantissa = 0;
            exponent = 0;
            inexact = false;
            given = false;
        }
    }

    public Decimal set(final Decimal other) {
        mantissa = other.mantissa;
        exponent = other.exponent;
        inexact = other.inexact;
        given = other.given;
        return this;
    }

    /** Sets {@code mantissa x 10^exponent}, normalising it. */
    public Decimal set(final long mantissa, final int exponent) {
        inexact = false;
        given = true;
        normalise(mantissa, exponent);
        return this;
    }

    /** (a + b) / 2, exactly where it fits 18 digits: the mid of bid and ask. */
    public Decimal setMid(final Decimal a, final Decimal b) {
        final int common = Math.min(a.exponent, b.exponent);
        final int shiftA = a.exponent - common;
        final int shiftB = b.exponent - common;
        if (digits(a.mantissa) + shiftA <= 17 && digits(b.mantissa) + shiftB <= 17) {
            final long sum = a.mantissa * POWERS[shiftA] + b.mantissa * POWERS[shiftB];
            if ((sum & 1) == 0) {
                set(sum / 2, common);
            } else {
                set(sum * 5, common - 1);
            }
        } else {
            final BigDecimal mid =
                    a.toBigDecimal().add(b.toBigDecimal()).divide(BigDecimal.valueOf(2));
            final byte[] text =
                    mid.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            parse(text, 0, text.length);
        }
        return this;
    }

    /**
     * Reads {@code [+-]digits[.digits][(e|E)[+-]digits]} from exactly these bytes.
     *
     * @return whether they are such a number; when not, the value is "not given"
     */
    public boolean parse(final byte[] bytes, final int offset, final int length) {
        clear();
        final int end = offset + length;
        int at = offset;
        boolean negative = false;
        if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
            negative = bytes[at] == '-';
            at++;
        }
        long value = 0;
        int kept = 0;
        int scale = 0;
        int seen = 0;
        boolean cut = false;
        boolean point = false;
        for (; at < end; at++) {
            final byte c = bytes[at];
            if (c >= '0' && c <= '9') {
                seen++;
                if (point) {
                    scale--;
                }
                if (kept < MAX_DIGITS) {
                    value = value * 10 + (c - '0');
                    if (value != 0) {
                        kept++;
                    }
                } else {
                    cut |= c != '0';
                    scale++;
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (seen == 0) {
            return false;
        }
        int power = 0;
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            boolean negativePower = false;
            if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
                negativePower = bytes[at] == '-';
                at++;
            }
            final int firstDigit = at;
            for (; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
                power = Math.min(power * 10 + (bytes[at] - '0'), 10 * MAX_EXPONENT);
            }
            if (at == firstDigit) {
                return false;
            }
            power = negativePower ? -power : power;
        }
        final int total = scale + power;
        if (at != end || (value != 0 && Math.abs(total) > MAX_EXPONENT)) {
            return false;
        }
        given = true;
        inexact = cut;
        normalise(negative ? -value : value, total);
        return true;
    }

    /** Equal in value, both exact. */
    public boolean sameAs(final Decimal other) {
        return mantissa == other.mantissa
                && exponent == other.exponent
                && !inexact
                && !other.inexact
                && given
                && other.given;
    }

    /** Equal in value to {@code mantissa x 10^exponent}, given normalised. */
    public boolean sameAs(final long otherMantissa, final int otherExponent) {
        return mantissa == otherMantissa && exponent == otherExponent && !inexact && given;
    }

    /** Compares the kept digits; never overflows, whatever the exponents. */
    @Override
    public int compareTo(final Decimal other) {
        return compare(mantissa, exponent, other.mantissa, other.exponent);
    }

    /** Compares two normalised decimals. */
    public static int compare(
            final long mantissaA, final int exponentA, final long mantissaB, final int exponentB) {
        final int signA = Long.signum(mantissaA);
        final int signB = Long.signum(mantissaB);
        if (signA != signB) {
            return Integer.compare(signA, signB);
        }
        if (signA == 0 || exponentA == exponentB) {
            return Long.compare(mantissaA, mantissaB);
        }
        final int digitsA = digits(mantissaA);
        final int digitsB = digits(mantissaB);
        final int magnitude = Integer.compare(digitsA + exponentA, digitsB + exponentB);
        if (magnitude != 0) {
            return magnitude * signA;
        }
        return digitsA < digitsB
                ? Long.compare(mantissaA * POWERS[digitsB - digitsA], mantissaB)
                : Long.compare(mantissaA, mantissaB * POWERS[digitsA - digitsB]);
    }

    /**
     * Whether |this - other| is at most {@code ticks} ticks of {@code tick} or {@code bps} basis
     * points of other, whichever is wider. With both 0 it is plain equality.
     */
    public boolean within(
            final Decimal other, final Decimal tick, final int ticks, final Decimal bps) {
        if (sameAs(other)) {
            return true;
        }
        return ticks > 0
                        && tick.given
                        && tick.mantissa != 0
                        && Tolerance.inTicks(this, other, tick, ticks)
                || bps.given && bps.mantissa != 0 && Tolerance.inBps(this, other, bps);
    }

    /**
     * Whether {@link #scaled} of this exponent is a long of at most 18 digits.
     *
     * @param smaller at most this value's own exponent
     */
    public boolean fits(final int smaller) {
        return mantissa == 0 || digits(mantissa) + exponent - smaller <= MAX_DIGITS;
    }

    /** The mantissa of this value under a smaller exponent, where that {@link #fits}. */
    public long scaled(final int smaller) {
        return mantissa == 0 ? 0 : mantissa * POWERS[exponent - smaller];
    }

    /** 10^n, n from 0 to 18. */
    static long power(final int n) {
        return POWERS[n];
    }

    /** Whether this value is a whole number of ticks: exact, without division of decimals. */
    public boolean onGrid(final Decimal tick) {
        if (!tick.given || tick.mantissa == 0 || mantissa == 0) {
            return true;
        }
        if (inexact) {
            return false;
        }
        final int shift = exponent - tick.exponent;
        if (shift >= 0 && digits(mantissa) + shift <= MAX_DIGITS) {
            return mantissa * POWERS[shift] % tick.mantissa == 0;
        }
        if (shift < 0 && digits(tick.mantissa) - shift <= MAX_DIGITS) {
            return mantissa % (tick.mantissa * POWERS[-shift]) == 0;
        }
        return toBigDecimal().remainder(tick.toBigDecimal()).signum() == 0;
    }

    /** The value for cold paths. */
    public BigDecimal toBigDecimal() {
        return new BigDecimal(BigInteger.valueOf(mantissa), -exponent);
    }

    /** Plain digits without exponent and without trailing zeros; "" when not given. */
    @Override
    public String toString() {
        return given ? text(mantissa, exponent) : "";
    }

    /** The same for a pair. */
    public static String text(final long mantissa, final int exponent) {
        return new BigDecimal(BigInteger.valueOf(mantissa), -exponent).toPlainString();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Decimal
                && given == ((Decimal) other).given
                && mantissa == ((Decimal) other).mantissa
                && exponent == ((Decimal) other).exponent
                && inexact == ((Decimal) other).inexact;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(mantissa) * 31 + exponent;
    }

    private void normalise(final long value, final int power) {
        long m = value;
        int e = power;
        if (m == 0) {
            e = 0;
        } else if ((m & 1) == 0 && m % 10 == 0) {
            if (m % 100_000_000L == 0) {
                m /= 100_000_000L;
                e += 8;
            }
            while (m % 10 == 0) {
                m /= 10;
                e++;
            }
        }
        mantissa = m;
        exponent = e;
    }

    private static int digits(final long value) {
        final long positive = Math.abs(value);
        int count = 1;
        while (count < POWERS.length && positive >= POWERS[count]) {
            count++;
        }
        return count;
    }
}
