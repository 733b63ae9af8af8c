package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast book does what the plain one does, and says so where it cannot. */
class OrderBookTest {
    private static final long SEED = 20_261_124L;
    private final BookLevels levels = new BookLevels();
    private final Decimal best = new Decimal();

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 100, 1_000})
    void shouldBeTheNaiveBook(final int limit) {
        final Random random = new Random(SEED + limit);
        final OrderBook fast = new OrderBook(limit);
        final NaiveOrderBook naive = new NaiveOrderBook(limit);

        for (int round = 0; round < 6_000; round++) {
            final boolean snapshot =
                    round == 0 || fast.fault() != BookReason.NONE || random.nextInt(400) == 0;
            message(random, snapshot ? random.nextInt(3 * limit) : random.nextInt(12), snapshot);
            assertEquals(!apply(naive, snapshot), fast.apply(levels, snapshot), "seed " + SEED);
            if (random.nextInt(50) == 0) {
                final int depth = 1 + random.nextInt(limit);
                fast.truncate(depth);
                naive.truncate(depth);
            }
            final String at = "seed " + SEED + ", round " + round;
            assertEquals(naive.bids(), text(fast.bids()), at);
            assertEquals(naive.asks(), text(fast.asks()), at);
            assertEquals(naive.isCrossed(), fast.isCrossed(), at);
            assertEquals(naive.orphanDeletes(), fast.orphanDeletes(), at);
        }
        assertTrue(naive.orphanDeletes() > 100, "orphans " + naive.orphanDeletes());
        assertEquals(naive.cutLevels() > 0, fast.cutLevels() > 0);
    }

    private boolean apply(final NaiveOrderBook naive, final boolean snapshot) {
        naive.apply(levels, snapshot);
        return naive.isBlind();
    }

    /** Prices of three precisions around 100, in order now and then, the same ones often. */
    private void message(final Random random, final int count, final boolean snapshot) {
        levels.clear();
        final int order = random.nextInt(3);
        final String[] prices = new String[count];
        for (int i = 0; i < count; i++) {
            final int scale = random.nextInt(4);
            final int spread = scale == 3 ? 400_000 : 200;
            prices[i] =
                    BigDecimal.valueOf(
                                    100 * (long) Math.pow(10, scale)
                                            + random.nextInt(spread)
                                            - spread / 2,
                                    scale)
                            .toPlainString();
        }
        if (snapshot && order < 2) {
            Arrays.sort(prices, java.util.Comparator.comparing(BigDecimal::new));
        }
        for (int i = 0; i < count; i++) {
            final boolean bid = snapshot && order < 2 ? i < count / 2 : random.nextBoolean();
            final String price = prices[order == 1 ? count - 1 - i : i];
            final String size =
                    random.nextInt(3) == 0
                            ? "0.000"
                            : BigDecimal.valueOf(1 + random.nextInt(100_000), random.nextInt(9))
                                    .toPlainString();
            level(bid, price, size);
            if (random.nextInt(20) == 0) {
                level(bid, price, random.nextBoolean() ? "0" : "77.700");
            }
        }
    }

    @Test
    void shouldKeepTheDigitsAsSent() {
        final OrderBook book = new OrderBook(100);
        level(true, "65083.10", "0.00500000");
        level(true, "65083", "12.0");
        level(false, "65083.2000000", "1");
        level(false, "7E4", "1e-3");
        assertTrue(book.apply(levels, true));
        assertEquals(List.of("6508310e-2 500000e-8", "65083e0 120e-1"), sent(book.bids()));
        assertEquals(List.of("650832000000e-7 1e0", "7e4 1e-3"), sent(book.asks()));
        levels.clear();
        level(true, "65083.12345678", "2");
        assertTrue(book.apply(levels, false));
        assertEquals(
                List.of("6508312345678e-8 2e0", "6508310e-2 500000e-8", "65083e0 120e-1"),
                sent(book.bids()));
        assertTrue(book.bestBid(best));
        assertEquals("65083.12345678", best.toString());
        assertTrue(book.bestAsk(best));
        assertEquals("65083.2", best.toString());
    }

    @Test
    void shouldLeaveOutZerosBeyondEighteenDigits() {
        level(true, "0.00000123", "12345678901.00000000");
        assertEquals(
                "12345678901",
                Decimal.text(levels.size(0), levels.sizeExponent(0)).replaceAll("\\.?0*$", ""));
        final byte[] tooFine = "12345678901.00000001".getBytes(StandardCharsets.US_ASCII);
        assertFalse(levels.size(tooFine, 0, tooFine.length));
        final byte[] tooLarge = "1234567890123456780".getBytes(StandardCharsets.US_ASCII);
        assertFalse(levels.size(tooLarge, 0, tooLarge.length));
    }

    @Test
    void shouldSayWhatItCannotHoldExactly() {
        final OrderBook book = new OrderBook(100);
        level(true, "1000000000000", "1");
        level(true, "0.0000001", "1");
        assertFalse(book.apply(levels, true));
        assertEquals(BookReason.INEXACT, book.fault());
        levels.clear();
        level(true, "100000000000", "1");
        level(true, "0.000001", "1");
        assertTrue(book.apply(levels, true));
        assertEquals(BookReason.NONE, book.fault());
        levels.clear();
        level(false, "1e300", "1");
        assertFalse(book.apply(levels, false));
        levels.clear();
        level(true, "5", "-1");
        assertFalse(book.apply(levels, true));
        levels.clear();
        assertTrue(book.apply(levels, true));
        assertFalse(book.bestBid(best));
        assertFalse(best.isGiven());
    }

    /** What lies beyond a cut level is not known, so it must not be believed later on. */
    @Test
    void shouldBeBlindOnceAllAboveTheCutIsGone() {
        final OrderBook book = new OrderBook(2);
        for (int price = 1; price <= 4; price++) {
            level(true, "" + price, "1");
        }
        assertTrue(book.apply(levels, true));
        assertEquals(List.of("4 x 1", "3 x 1"), text(book.bids()));
        assertEquals(2, book.cutLevels());
        levels.clear();
        level(true, "4", "0");
        level(true, "1.5", "9");
        assertTrue(book.apply(levels, false));
        assertEquals(List.of("3 x 1"), text(book.bids()));
        levels.clear();
        level(true, "3", "0");
        assertFalse(book.apply(levels, false));
        assertEquals(BookReason.CUT, book.fault());
    }

    @Test
    void shouldCutWhereTheRoomOfAllBooksEnds() {
        final BookRoom room = new BookRoom(100, 0);
        final OrderBook deep = new OrderBook(10_000, room);
        final OrderBook late = new OrderBook(10_000, room);
        for (int price = 1; price <= 300; price++) {
            level(false, "" + price, "1");
        }
        assertTrue(deep.apply(levels, true));
        assertTrue(late.apply(levels, true));
        assertEquals(List.of(128, 64), List.of(deep.asks().count(), late.asks().count()));
        assertEquals("1 x 1", text(late.asks()).get(0));
        assertEquals(300 - 64, late.cutLevels());
    }

    private void level(final boolean bid, final String price, final String size) {
        final byte[] p = price.getBytes(StandardCharsets.US_ASCII);
        final byte[] s = size.getBytes(StandardCharsets.US_ASCII);
        assertTrue(
                levels.begin(bid) && levels.price(p, 0, p.length) && levels.size(s, 0, s.length));
    }

    private static List<String> text(final BookSide side) {
        final List<String> text = new ArrayList<>();
        final Decimal price = new Decimal();
        for (int rank = 0; rank < side.count(); rank++) {
            text.add(
                    side.price(rank, price)
                            + " x "
                            + Decimal.text(side.sentSize(rank), side.sentSizeExponent(rank)));
        }
        return text;
    }

    private static List<String> sent(final BookSide side) {
        final List<String> text = new ArrayList<>();
        for (int rank = 0; rank < side.count(); rank++) {
            text.add(
                    side.sentPrice(rank)
                            + "e"
                            + side.sentPriceExponent(rank)
                            + " "
                            + side.sentSize(rank)
                            + "e"
                            + side.sentSizeExponent(rank));
        }
        return text;
    }
}
