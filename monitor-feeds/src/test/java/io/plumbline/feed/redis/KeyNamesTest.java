package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns, prefixes and notification flags. */
final class KeyNamesTest {
    @Test
    void shouldSpellKeysAndFindSymbols() {
        final KeyPattern pattern = KeyPattern.parse("pms[a]*:{symbol}:last");
        assertEquals("pms[a]*:BTC/USDT:USDT:last", pattern.keyOf("BTC/USDT:USDT"));
        assertEquals("BTC/USDT:USDT", pattern.symbolOf("pms[a]*:BTC/USDT:USDT:last"));
        assertNull(pattern.symbolOf("pms[a]*::last"));
        assertNull(pattern.symbolOf("pms[a]*:last"));
        assertNull(pattern.symbolOf("other:BTC:last"));
        assertEquals("pms[a]*:", pattern.prefix());
        assertEquals("pms\\[a\\]\\*:*:last", pattern.glob());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pms:price", "{symbol}:{symbol}", ""})
    void shouldRefusePatternsWithoutExactlyOneSymbol(final String text) {
        final IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> KeyPattern.parse(text));
        assertTrue(refused.getMessage().contains("exactly once"), refused.getMessage());
    }

    @Test
    void shouldFindTheFewestUsefulPrefixes() {
        assertEquals(
                List.of("pms:price:"), KeyPrefixes.of(List.of("pms:price:BTC", "pms:price:ETH")));
        assertEquals(
                List.of("oms:", "pms:price:"),
                KeyPrefixes.of(List.of("pms:price:B", "oms:x", "pms:price:E", "oms:y")));
        assertEquals(List.of("alone"), KeyPrefixes.of(List.of("alone")));
        assertEquals(List.of("ab"), KeyPrefixes.of(List.of("ab", "abc")));
    }

    @Test
    void shouldKeepTheLimitOfPrefixes() {
        final List<String> names = new ArrayList<>();
        for (char c = 'A'; c <= 'Z'; c++) {
            names.add(c + "USDT");
        }
        assertEquals(List.of(""), KeyPrefixes.of(names));
    }

    @Test
    void shouldCompareFlagsAsASet() {
        assertEquals("", NotifyFlags.of("xg$Khe").missing(true));
        assertEquals("", NotifyFlags.of("AKE").missing(true));
        assertEquals("", NotifyFlags.of("K$gxe").missing(false));
        assertEquals("h", NotifyFlags.of("K$gxe").missing(true));
        assertEquals("K", NotifyFlags.of("AE").missing(true));
        assertEquals("K$ghxe", NotifyFlags.of("").missing(true));
        assertEquals("CONFIG SET notify-keyspace-events K$ghxeEt", NotifyFlags.of("Etg").remedy());
    }
}
