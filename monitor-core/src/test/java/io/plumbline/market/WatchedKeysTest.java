package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A key is found by its name alone, however long it is and wherever its bytes lie. */
final class WatchedKeysTest {
    private final WatchedKeys keys = new WatchedKeys();

    @Test
    void findsNamesOfEveryLengthAtEveryPlace() {
        for (int length = 1; length <= 300; length++) {
            add("k".repeat(length));
        }
        for (int length = 1; length <= 300; length++) {
            final String name = "k".repeat(length);
            for (int offset = 0; offset < 9; offset++) {
                final byte[] bytes = bytes("?".repeat(offset) + name + "?");
                assertEquals(length - 1, keys.find(bytes, offset, length), name);
            }
            assertEquals(-1, keys.find(bytes("j" + name), 0, length + 1));
        }
    }

    @Test
    void tellsNamesApartByAnyOfTheirBytes() {
        final String name = "pms:price:BTC/USDT:USDT";
        for (int at = 0; at < name.length(); at++) {
            add(name.substring(0, at) + '#' + name.substring(at + 1));
        }
        for (int at = 0; at < name.length(); at++) {
            assertEquals(at, find(name.substring(0, at) + '#' + name.substring(at + 1)));
        }
        assertEquals(-1, find(name));
    }

    private void add(final String name) {
        keys.add(
                new WatchedKeys.WatchedKey(
                        keys.size(),
                        name,
                        0,
                        0,
                        Field.LAST,
                        0,
                        0,
                        0,
                        new Decimal(),
                        false,
                        0,
                        "writer"));
    }

    private int find(final String name) {
        final byte[] bytes = bytes(name);
        return keys.find(bytes, 0, bytes.length);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
