package io.plumbline.diagnose;

import io.plumbline.market.Decimal;

/**
 * How much a coincidence would have to explain, in tenths of decimal digits: whole numbers, so that
 * a replay weighs alike on every machine.
 *
 * <p>An error that puts a value at a distance of d ticks might as well have put it at any of 2 d +
 * 1 places; that it is one of the places where a writer may have read a price, and not any other,
 * is worth a little more. But within a tenth of the price there are no more places than ticks: a
 * price of few digits tells little.
 */
final class Weight {
    private static final int KNOWN_SEAM = 4;

    /** What is within a tenth of the price is near it. */
    private static final int NEAR = 10;

    /** 10^(i/10) times ten, rounded up. */
    private static final int[] TENTHS = {10, 13, 16, 20, 26, 32, 40, 51, 64, 80};

    private Weight() {}

    /** Decimal digits of a number. */
    static int digits(final long number) {
        int count = 1;
        for (long rest = Math.abs(number); rest >= 10; rest /= 10) {
            count++;
        }
        return count;
    }

    /** log10 of a number from one on, in tenths, rounded down. */
    static int log(final long number) {
        final int digits = digits(Math.max(1, number));
        long lead = Math.max(1, number);
        for (int i = 2; i < digits; i++) {
            lead /= 10;
        }
        if (digits == 1) {
            lead *= 10;
        }
        int tenth = TENTHS.length - 1;
        while (TENTHS[tenth] > lead) {
            tenth--;
        }
        return 10 * (digits - 1) + tenth;
    }

    /** What hitting a value this far from the expected one tells. */
    static int distance(final WrongValue wrong) {
        final Decimal value = wrong.value;
        final Decimal expected = wrong.expected;
        int unit = Math.min(value.exponent(), expected.exponent());
        final boolean onTicks =
                wrong.tick.isGiven() && wrong.tick.signum() > 0 && value.onGrid(wrong.tick);
        unit = onTicks ? Math.min(unit, wrong.tick.exponent()) : unit;
        if (!value.fits(unit) || !expected.fits(unit)) {
            return Integer.MAX_VALUE;
        }
        final long distance = Math.abs(value.scaled(unit) - expected.scaled(unit));
        final long tick = onTicks && wrong.tick.fits(unit) ? wrong.tick.scaled(unit) : 1;
        final long price = Math.abs(expected.scaled(unit));
        final int free = KNOWN_SEAM + log(2 * (distance / tick) + 1);
        return distance > price / NEAR ? free : Math.min(free, log(2 * price / NEAR / tick));
    }
}
