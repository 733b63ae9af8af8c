package io.plumbline.market;

import java.util.zip.CRC32;

/**
 * Computes the checksums of venues over the top of a book, from the digits as they were sent. Text
 * and CRC are reused: nothing is allocated. Engine thread.
 *
 * <p>Facts: Kraken's guide to the book checksum (versions 1 and 2 of its feed agree), OKX's notice
 * on the deprecation of the field and recordings of before, Bitfinex's page on WebSocket checksums.
 */
public final class BookChecksum {
    private static final int KRAKEN_LEVELS = 10;
    private static final int ALTERNATING_LEVELS = 25;

    /** JavaScript prints a number of more digits before the point than this with an exponent. */
    private static final int JS_LARGEST_POINT = 21;

    /** And one with more zeros behind the point than this. */
    private static final int JS_MOST_ZEROS = 5;

    /** Decimals longer than this are no price or size: their text is cut, and cannot agree. */
    private static final int LONGEST = 64;

    private final CRC32 crc = new CRC32();
    private final byte[] text = new byte[ALTERNATING_LEVELS * 4 * (LONGEST + 2)];
    private final byte[] digits = new byte[Decimal.MAX_DIGITS + 2];
    private int length;

    /** The checksum of the book as it stands, as 32 bits unsigned. */
    public long of(final OrderBook book, final ChecksumRule rule) {
        length = 0;
        switch (rule) {
            case KRAKEN:
                kraken(book.asks());
                kraken(book.bids());
                break;
            case OKX:
            case BITFINEX:
                alternating(book, rule == ChecksumRule.BITFINEX);
                break;
            default:
                break;
        }
        crc.reset();
        crc.update(text, 0, length);
        return crc.getValue();
    }

    private void kraken(final BookSide side) {
        for (int rank = 0; rank < Math.min(KRAKEN_LEVELS, side.count()); rank++) {
            bare(side.sentPrice(rank));
            bare(side.sentSize(rank));
        }
    }

    private void alternating(final OrderBook book, final boolean javaScript) {
        for (int rank = 0; rank < ALTERNATING_LEVELS; rank++) {
            level(book.bids(), rank, javaScript, false);
            level(book.asks(), rank, javaScript, javaScript);
        }
    }

    private void level(
            final BookSide side, final int rank, final boolean javaScript, final boolean negative) {
        if (rank >= side.count()) {
            return;
        }
        colon();
        number(side.sentPrice(rank), side.sentPriceExponent(rank), javaScript);
        colon();
        if (negative) {
            put('-');
        }
        number(side.sentSize(rank), side.sentSizeExponent(rank), javaScript);
    }

    private void colon() {
        if (length > 0) {
            put(':');
        }
    }

    private void number(final long mantissa, final int exponent, final boolean javaScript) {
        if (javaScript) {
            javaScript(mantissa, exponent);
        } else {
            plain(mantissa, exponent);
        }
    }

    /** The digits alone; none at all for zero. */
    private void bare(final long mantissa) {
        final int count = digits(mantissa);
        for (int i = 0; mantissa != 0 && i < count; i++) {
            put(digits[i]);
        }
    }

    /** As a decimal with all digits that were sent. */
    private void plain(final long mantissa, final int exponent) {
        final int count = digits(mantissa);
        if (mantissa < 0) {
            put('-');
        }
        point(count, count + exponent);
    }

    /** As {@code Number.prototype.toString} does: the shortest digits, exponents where long. */
    private void javaScript(final long mantissa, final int exponent) {
        long shortest = mantissa;
        int power = exponent;
        while (shortest != 0 && shortest % 10 == 0) {
            shortest /= 10;
            power++;
        }
        final int count = digits(shortest);
        final int point = shortest == 0 ? 1 : count + power;
        if (shortest < 0) {
            put('-');
        }
        if (point <= JS_LARGEST_POINT && point >= -JS_MOST_ZEROS) {
            point(count, point);
            return;
        }
        put(digits[0]);
        for (int i = 1; i < count; i++) {
            if (i == 1) {
                put('.');
            }
            put(digits[i]);
        }
        put('e');
        put(point > 0 ? '+' : '-');
        bare(Math.abs((long) point - 1));
    }

    /** The digits with the point behind the first {@code point} of them, zeros where needed. */
    private void point(final int count, final int point) {
        if (Math.abs(point) > LONGEST - Decimal.MAX_DIGITS) {
            return;
        }
        for (int i = Math.min(point - 1, 0); i < Math.max(count, point); i++) {
            put(i >= 0 && i < count ? digits[i] : '0');
            if (i == point - 1 && point < count) {
                put('.');
            }
        }
    }

    private int digits(final long mantissa) {
        int count = 1;
        for (long rest = Math.abs(mantissa) / 10; rest > 0; rest /= 10) {
            count++;
        }
        long rest = Math.abs(mantissa);
        for (int i = count - 1; i >= 0; i--) {
            digits[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return count;
    }

    private void put(final int character) {
        text[length++] = (byte) character;
    }
}
