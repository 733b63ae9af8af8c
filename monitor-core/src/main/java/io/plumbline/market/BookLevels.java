package io.plumbline.market;

import java.util.Arrays;

/**
 * The levels of one message in the order of the wire: a reused list of primitives. Prices and sizes
 * keep their digits as they were sent, trailing zeros included ({@code 65083.10} is 6508310 with
 * exponent -2), because the venues' checksums are over the text. Engine thread.
 *
 * <p>A decoder fills it level by level, price and size in any order:
 *
 * <pre>{@code
 * if (levels.begin(true) && levels.price(bytes, start, length) && levels.size(...)) ...
 * }</pre>
 */
public final class BookLevels {
    /**
     * The most levels in one message; one more is refused. The longest known message has 46,000.
     */
    public static final int LIMIT = 262_144;

    /**
     * Longer digits than this are refused, because they would not be exact; only zeros behind the
     * point may go on (sizes of cheap coins: {@code 12345678901.00000000}), and are left out.
     */
    public static final int MAX_DIGITS = Decimal.MAX_DIGITS;

    private static final int GIVEN_PRICE = 1;
    private static final int GIVEN_SIZE = 2;
    private static final int GIVEN_BOTH = GIVEN_PRICE | GIVEN_SIZE;

    private int count;
    private boolean[] bids = new boolean[64];
    private long[] prices = new long[64];
    private int[] priceExponents = new int[64];
    private long[] sizes = new long[64];
    private int[] sizeExponents = new int[64];
    private int given = GIVEN_BOTH;
    private long mantissa;
    private int exponent;
    private final PlainNumber plain = new PlainNumber();

    /** Back to no level; the room stays. */
    public void clear() {
        count = 0;
        given = GIVEN_BOTH;
    }

    public int count() {
        return count;
    }

    /**
     * Begins the next level.
     *
     * @return false where the one before lacks price or size, or the list is full
     */
    public boolean begin(final boolean bid) {
        if (given != GIVEN_BOTH || count == LIMIT) {
            return false;
        }
        if (count == prices.length) {
            grow();
        }
        bids[count++] = bid;
        given = 0;
        return true;
    }

    /**
     * A whole level: {@code price x 10^priceExponent} and size, not normalised.
     *
     * @return false where the one before lacks price or size, or the list is full
     */
    public boolean add(
            final boolean bid,
            final long price,
            final int priceExponent,
            final long size,
            final int sizeExponent) {
        if (given != GIVEN_BOTH || count == LIMIT) {
            return false;
        }
        if (count == prices.length) {
            grow();
        }
        final int at = count++;
        bids[at] = bid;
        prices[at] = price;
        priceExponents[at] = priceExponent;
        sizes[at] = size;
        sizeExponents[at] = sizeExponent;
        return true;
    }

    /** The side of the level just begun, where it is known only after its numbers. */
    public void side(final boolean bid) {
        bids[count - 1] = bid;
    }

    /** The price of the level just begun; false for what is no decimal of 18 digits at most. */
    public boolean price(final byte[] bytes, final int offset, final int length) {
        if (!parse(bytes, offset, length)) {
            return false;
        }
        price(mantissa, exponent);
        return true;
    }

    /** The size of the level just begun; false for what is no decimal of 18 digits at most. */
    public boolean size(final byte[] bytes, final int offset, final int length) {
        if (!parse(bytes, offset, length)) {
            return false;
        }
        size(mantissa, exponent);
        return true;
    }

    /** The price of the level just begun: {@code mantissa x 10^exponent}, not normalised. */
    public void price(final long mantissa, final int exponent) {
        prices[count - 1] = mantissa;
        priceExponents[count - 1] = exponent;
        given |= GIVEN_PRICE;
    }

    /** The size of the level just begun; zero takes the level out of the book. */
    public void size(final long mantissa, final int exponent) {
        sizes[count - 1] = mantissa;
        sizeExponents[count - 1] = exponent;
        given |= GIVEN_SIZE;
    }

    /** Whether every level has price and size. */
    public boolean isComplete() {
        return given == GIVEN_BOTH;
    }

    public boolean isBid(final int index) {
        return bids[index];
    }

    public long price(final int index) {
        return prices[index];
    }

    public int priceExponent(final int index) {
        return priceExponents[index];
    }

    public long size(final int index) {
        return sizes[index];
    }

    public int sizeExponent(final int index) {
        return sizeExponents[index];
    }

    private void grow() {
        final int room = Math.min(LIMIT, prices.length * 2);
        bids = Arrays.copyOf(bids, room);
        prices = Arrays.copyOf(prices, room);
        priceExponents = Arrays.copyOf(priceExponents, room);
        sizes = Arrays.copyOf(sizes, room);
        sizeExponents = Arrays.copyOf(sizeExponents, room);
    }

    /** {@code [+-]digits[.digits][(e|E)[+-]digits]}, all digits kept. */
    private boolean parse(final byte[] bytes, final int offset, final int length) {
        if (offset + length + EightBytes.SLACK <= bytes.length
                && plain.decimal(bytes, offset, false) == offset + length) {
            mantissa = plain.mantissa;
            exponent = plain.exponent;
            return true;
        }
        final int end = offset + length;
        int at = offset;
        boolean negative = false;
        if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
            negative = bytes[at++] == '-';
        }
        long value = 0;
        int kept = 0;
        int seen = 0;
        int scale = 0;
        boolean point = false;
        for (; at < end; at++) {
            final byte c = bytes[at];
            if (c == '0' && point && kept == MAX_DIGITS) {
                continue;
            }
            if (c >= '0' && c <= '9') {
                seen++;
                value = value * 10 + (c - '0');
                kept += value == 0 ? 0 : 1;
                scale -= point ? 1 : 0;
                if (kept > MAX_DIGITS) {
                    return false;
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        int power = 0;
        if (seen > 0 && at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            boolean negativePower = false;
            if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
                negativePower = bytes[at++] == '-';
            }
            final int firstDigit = at;
            for (; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
                power = Math.min(power * 10 + (bytes[at] - '0'), 10 * Decimal.MAX_EXPONENT);
            }
            if (at == firstDigit) {
                return false;
            }
            power = negativePower ? -power : power;
        }
        if (seen == 0 || at != end || Math.abs(scale + power) > Decimal.MAX_EXPONENT) {
            return false;
        }
        mantissa = negative ? -value : value;
        exponent = scale + power;
        return true;
    }
}
