package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Known checksums of the venues' own documents, and the texts behind them. */
class BookChecksumTest {
    private final BookChecksum checksum = new BookChecksum();
    private final OrderBook book = new OrderBook(1_000);
    private final BookLevels levels = new BookLevels();

    /** The book of Kraken's guide. */
    @Test
    void krakenTakesTheTopTenWithoutPointAndLeadingZeros() {
        for (int i = 0; i < 10; i++) {
            level(false, "0.0" + (5_005 + 5 * i), "0.00000500");
        }
        for (final String price :
                new String[] {
                    "0.05000", "0.04995", "0.04990", "0.04980", "0.04975", "0.04970", "0.04965",
                    "0.04960", "0.04955", "0.04950"
                }) {
            level(true, price, "0.00000500");
        }
        level(true, "0.04945", "9.00000000");
        level(false, "0.06000", "9.00000000");
        assertEquals(974_947_235L, of(ChecksumRule.KRAKEN));
    }

    @Test
    void krakenKeepsTrailingZeros() {
        level(false, "65083.10", "0.00500000");
        level(true, "0.00120", "12.00000000");
        assertEquals(crc("6508310" + "500000" + "120" + "1200000000"), of(ChecksumRule.KRAKEN));
    }

    /** The text of OKX's own example. */
    @Test
    void okxTakesBothSidesByTurns() {
        level(true, "3366.1", "7");
        level(true, "3366", "6");
        level(false, "3366.8", "9");
        level(false, "3368", "8");
        assertEquals(-1_881_014_294, (int) of(ChecksumRule.OKX));
    }

    @Test
    void okxPassesOverASideThatRanOut() {
        level(true, "0.0010", "7");
        level(true, "0.0009", "120");
        level(false, "12", "0.50");
        for (int i = 0; i < 30; i++) {
            level(false, "" + (13 + i), "1");
        }
        final StringBuilder text = new StringBuilder("0.0010:7:12:0.50:0.0009:120");
        for (int i = 0; i < 24; i++) {
            text.append(':').append(13 + i).append(":1");
        }
        assertEquals(crc(text.toString()), of(ChecksumRule.OKX));
    }

    @Test
    void bitfinexPrintsNumbersAsJavaScriptDoes() {
        level(true, "57413", "0.50");
        level(true, "57412.0", "1E+3");
        level(true, "0.000001", "0.0000001");
        level(true, "0.00000012", "123456789.5");
        level(false, "57420", "12e20");
        level(false, "57421", "1e20");
        assertEquals(
                crc(
                        "57413:0.5:57420:-1.2e+21:57412:1000:57421:-100000000000000000000"
                                + ":0.000001:1e-7:1.2e-7:123456789.5"),
                of(ChecksumRule.BITFINEX));
    }

    private long of(final ChecksumRule rule) {
        assertTrue(book.apply(levels, true));
        return checksum.of(book, rule);
    }

    private void level(final boolean bid, final String price, final String size) {
        final byte[] p = price.getBytes(StandardCharsets.US_ASCII);
        final byte[] s = size.getBytes(StandardCharsets.US_ASCII);
        assertTrue(
                levels.begin(bid) && levels.price(p, 0, p.length) && levels.size(s, 0, s.length));
    }

    private static long crc(final String text) {
        final CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }
}
