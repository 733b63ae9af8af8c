package io.plumbline.market;

/**
 * Numbers as they nearly always come, read eight bytes at a time into a reused pair: digits, at
 * most one point with digits on both sides, and no more of them than two words hold before the
 * point or behind it. Whatever is written otherwise (exponents, longer numbers) is answered with
 * {@link #NO} and belongs to the general way. It may look at {@link EightBytes#SLACK} bytes behind
 * what it reads. One thread.
 */
public final class PlainNumber {
    /** Instead of a position: no number of this form. */
    public static final int NO = -1;

    private static final int TWO_WORDS = 16;
    private static final int MOST_BEFORE_POINT = 10;

    /** More digits than these do not fit. */
    private static final int MOST_DIGITS = Decimal.MAX_DIGITS;

    /** The value is {@code mantissa x 10^exponent}. */
    public long mantissa;

    public int exponent;

    /**
     * Up to 15 digits. Zeros before them are passed over, which bare numbers of JSON must not have.
     *
     * @return the position behind them
     */
    public int whole(final byte[] bytes, final int at) {
        final long word = EightBytes.word(bytes, at);
        int count = EightBytes.digits(word);
        if (count == 0) {
            return NO;
        }
        exponent = 0;
        mantissa = EightBytes.number(word, count);
        if (count == EightBytes.NONE) {
            final long next = EightBytes.word(bytes, at + count);
            final int more = EightBytes.digits(next);
            if (more > 0) {
                mantissa = mantissa * EightBytes.power(more) + EightBytes.number(next, more);
                count += more;
            }
        }
        return count == TWO_WORDS ? NO : at + count;
    }

    /**
     * Up to 15 digits, or up to 10 and behind a point up to 15, 18 in all.
     *
     * @param normal without the zeros at the end of the fraction
     * @return the position behind them
     */
    public int decimal(final byte[] bytes, final int from, final boolean normal) {
        final long word = EightBytes.word(bytes, from);
        int count = EightBytes.digits(word);
        if (count == 0) {
            return NO;
        }
        if (count == EightBytes.NONE) {
            count = whole(bytes, from) - from;
        } else {
            mantissa = EightBytes.number(word, count);
            exponent = 0;
        }
        final int point = from + count;
        if (count < 0 || bytes[point] != '.') {
            return count < 0 ? NO : point;
        }
        final long fraction = EightBytes.word(bytes, point + 1);
        final int places = EightBytes.digits(fraction);
        if (places == 0 || count > MOST_BEFORE_POINT) {
            return NO;
        }
        if (places == EightBytes.NONE && isDigit(bytes[point + 1 + places])) {
            return longer(bytes, point, count, normal);
        }
        final int kept = normal ? EightBytes.withoutZeros(fraction, places) : places;
        if (kept > 0) {
            mantissa = mantissa * EightBytes.power(kept) + EightBytes.number(fraction, kept);
            exponent = -kept;
        }
        return point + 1 + places;
    }

    /**
     * A decimal of exactly so many digits. That the next one is of the form of the last is guessed
     * by the processor, which then need not wait for this one's end to read what follows.
     *
     * @param before digits before the point, 1 to 7; any other number is never met
     * @param places digits behind it, 1 to 7; any other number is never met
     * @return the position behind it, or {@link #NO}
     */
    public int decimalOf(final byte[] bytes, final int from, final int before, final int places) {
        if ((before - 1 | places - 1 | 7 - before | 7 - places) < 0) {
            return NO;
        }
        final int point = from + before;
        final long word = EightBytes.word(bytes, from);
        final long fraction = EightBytes.word(bytes, point + 1);
        if (EightBytes.digits(word) != before
                || bytes[point] != '.'
                || EightBytes.digits(fraction) != places) {
            return NO;
        }
        mantissa =
                EightBytes.number(word, before) * EightBytes.power(places)
                        + EightBytes.number(fraction, places);
        exponent = -places;
        return point + 1 + places;
    }

    /** More than eight digits behind the point; the mantissa holds those before it. */
    private int longer(
            final byte[] bytes, final int point, final int before, final boolean normal) {
        final long first = EightBytes.word(bytes, point + 1);
        final long second = EightBytes.word(bytes, point + 1 + Long.BYTES);
        final int more = EightBytes.digits(second);
        if (more == EightBytes.NONE || before + Long.BYTES + more > MOST_DIGITS) {
            return NO;
        }
        final int keptOfSecond = normal ? EightBytes.withoutZeros(second, more) : more;
        final int kept =
                normal && keptOfSecond == 0
                        ? EightBytes.withoutZeros(first, Long.BYTES)
                        : Long.BYTES;
        if (kept > 0) {
            mantissa = mantissa * EightBytes.power(kept) + EightBytes.number(first, kept);
        }
        if (keptOfSecond > 0) {
            mantissa =
                    mantissa * EightBytes.power(keptOfSecond)
                            + EightBytes.number(second, keptOfSecond);
        }
        exponent = -kept - keptOfSecond;
        return point + 1 + Long.BYTES + more;
    }

    private static boolean isDigit(final byte c) {
        return c >= '0' && c <= '9';
    }
}
