package io.plumbline.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SymbolTableTest {
    private final SymbolTable table = new SymbolTable();

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private int find(final String venue, final String name) {
        final byte[] within = bytes("{\"s\":\"" + name + "\"}");
        return table.find(venue, within, 6, bytes(name).length);
    }

    @Test
    void shouldTellVenuesApartAndKnowNoOther() {
        table.put("okx", bytes("BTCUSDT"), 0);
        table.put("bybit", bytes("BTCUSDT"), 1);
        assertEquals(0, find("okx", "BTCUSDT"));
        assertEquals(1, find(new String("bybit"), "BTCUSDT"));
        assertEquals(-1, find("kraken", "BTCUSDT"));
        assertEquals(-1, find("okx", "BTCUSD"));
        assertEquals(-1, find("okx", ""));
        assertEquals(-1, table.find("okx", null, 0, 0));
    }

    @Test
    void shouldFindEachOfManyWhereverItGrew() {
        final int many = 5_000;
        for (int id = 0; id < many; id++) {
            table.put(id % 2 == 0 ? "okx" : "bybit", bytes("S" + id + "-USDT-SWAP"), id);
        }
        for (int id = 0; id < many; id++) {
            assertEquals(id, find(id % 2 == 0 ? "okx" : "bybit", "S" + id + "-USDT-SWAP"));
            assertEquals(-1, find(id % 2 == 1 ? "okx" : "bybit", "S" + id + "-USDT-SWAP"));
        }
    }

    @Test
    void shouldTellLongNamesApartInTheirMiddle() {
        table.put("deribit", bytes("BTC-27DEC24-100000-C"), 0);
        table.put("deribit", bytes("BTC-27DEC26-100000-C"), 1);
        table.put("deribit", bytes("BTC-27DEC-100000-C"), 2);
        assertEquals(0, find("deribit", "BTC-27DEC24-100000-C"));
        assertEquals(1, find("deribit", "BTC-27DEC26-100000-C"));
        assertEquals(2, find("deribit", "BTC-27DEC-100000-C"));
        assertEquals(-1, find("deribit", "BTC-27DEC25-100000-C"));
    }
}
