package io.plumbline.market.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyNamesTest {
    private static final String RIGHT = "pms:price:BTC/USDT:USDT";
    private static final List<KeyNames.Form> FORMS =
            List.of(
                    new KeyNames.Form("BTC/USDT", "no settlement currency"),
                    new KeyNames.Form("BTCUSDT", "as binance-usdm writes it"),
                    new KeyNames.Form("BTC-USDT-SWAP", "as okx writes it"),
                    new KeyNames.Form("BTC-USDT-PERP", "PERP"),
                    new KeyNames.Form("PF_XBTUSD", "as kraken-futures writes it"),
                    new KeyNames.Form("XBT/USD", "XBT"));

    private static KeyNames perpetual() {
        final KeyNames names = new KeyNames();
        names.add(RIGHT, "BTC/USDT:USDT", FORMS);
        return names;
    }

    private static KeyNames both() {
        final KeyNames names = perpetual();
        names.add(
                "pms:price:BTC/USDT",
                "BTC/USDT",
                List.of(new KeyNames.Form("BTCUSDT", "as binance-spot writes it")));
        return names;
    }

    private static String difference(final String name) {
        final Meant meant = perpetual().meant(name);
        if (meant == null) {
            return "nothing";
        }
        assertEquals(List.of(0), meant.keys(), name);
        return (meant.doubtful() ? "perhaps: " : "") + meant.difference();
    }

    @Test
    void theNamesOfOtherLayers() {
        assertEquals("no settlement currency", difference("pms:price:BTCUSDT"));
        assertEquals("perhaps: no settlement currency", difference("pms:price:BTC/USDT"));
        assertEquals("no settlement currency", difference("pms:price:btc_usdt"));
        assertEquals("as okx writes it", difference("pms:price:BTC-USDT-SWAP"));
        assertEquals("as kraken-futures writes it", difference("pms:price:PF_XBTUSD"));
        assertEquals("XBT", difference("pms:price:XBT/USD"));
        assertEquals("PERP", difference("pms:price:BTCUSDTPERP"));
    }

    @Test
    void whatOnlyLooksDifferent() {
        assertEquals("upper and lower case", difference("pms:price:btc/usdt:usdt"));
        assertEquals("upper and lower case", difference("PMS:PRICE:BTC/USDT:USDT"));
        assertEquals("white space", difference(RIGHT + " "));
        assertEquals("white space", difference(RIGHT + "\n"));
        assertEquals("URL-escaped", difference("pms:price:BTC%2FUSDT%3AUSDT"));
        assertEquals("URL-escaped", difference("pms:price:BTC%252FUSDT%253AUSDT"));
        assertEquals(
                "U+0421, which looks like something else",
                difference("pms:price:BT\u0421/USDT:USDT"));
        assertEquals(
                "U+FF0F, which looks like something else",
                difference("pms:price:BTC\uFF0FUSDT:USDT"));
        assertEquals(
                "U+200B, which looks like something else",
                difference("pms:price:BTC/USDT:USDT\u200B"));
        assertEquals(
                "quotes, white space or other control characters", difference('"' + RIGHT + '"'));
        assertEquals("other separators", difference("pms:price:\"BTC/USDT:USDT\""));
        assertEquals("other separators", difference("pms:price:{BTC/USDT:USDT}"));
        assertEquals("other separators", difference("pms.price.BTC-USDT-USDT"));
        assertEquals("other separators", difference("pmsprice:BTC/USDT:USDT"));
    }

    @Test
    void prefixes() {
        assertEquals("a part of the prefix is missing", difference("price:BTC/USDT:USDT"));
        assertEquals("the prefix twice", difference("pms:pms:price:BTC/USDT:USDT"));
        assertEquals("the prefix twice", difference("pms:price:pms:price:BTC/USDT:USDT"));
        assertEquals("the prefix twice", difference("pms:price:price:BTC/USDT:USDT"));
        assertEquals(
                "a part of the prefix is missing, no settlement currency",
                difference("price:BTCUSDT"));
        assertEquals("perhaps: the prefix is missing", difference("BTC/USDT:USDT"));
        assertEquals(
                "perhaps: no settlement currency, the prefix is missing", difference("BTCUSDT"));
    }

    @Test
    void othersAreLeftAlone() {
        for (final String name :
                List.of(
                        RIGHT,
                        "pms:mark:BTC/USDT:USDT",
                        "pms:price:ETH/USDT:USDT",
                        "pms:price:BTC",
                        "pms:price:BTC/USDT:USDT:1m",
                        "pms:price:1000BTC/USDT:USDT",
                        "pms:risk:17",
                        "candles:BTCUSDT",
                        "BTC",
                        "",
                        "x".repeat(300))) {
            assertNull(perpetual().meant(name), name);
        }
    }

    @Test
    void whatAnotherRuleWatchesIsNotMisnamed() {
        assertNull(both().meant("pms:price:BTC/USDT"));
        assertEquals(List.of(0), both().meant("pms:price:btc/usdt:usdt").keys());
        assertEquals(List.of(1), both().meant("pms:price:btc/usdt").keys());
        assertEquals(List.of(0, 1), both().meant("pms:price:BTCUSDT").keys());
    }

    @Test
    void edgeSymbols() {
        final KeyNames names = new KeyNames();
        final List<String> symbols =
                List.of(
                        "1000PEPE/USDT:USDT",
                        "BTC/USDT:USDT-261225",
                        "BTC/USD:BTC",
                        "币安人生/USDT:USDT",
                        "PEPE/USDT:USDT");
        symbols.forEach(symbol -> names.add("px-" + symbol + "-last", symbol, List.of()));
        final List<Integer> found = new ArrayList<>();
        for (final String name :
                List.of(
                        "px:1000pepe_usdt_usdt:last",
                        "px-BTC-USDT-USDT-261225-last",
                        "px-btc/usd:btc-last",
                        "px-币安人生-USDT-USDT-last",
                        "px-PEPE-USDT-USDT-last")) {
            found.add(names.meant(name).keys().get(0));
        }
        assertEquals(List.of(0, 1, 2, 3, 4), found);
        assertNull(names.meant("px-PEPE-USDT-USDT"));
    }
}
