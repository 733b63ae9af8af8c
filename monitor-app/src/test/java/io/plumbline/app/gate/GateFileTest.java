package io.plumbline.app.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the file as its description says, by offsets alone. */
class GateFileTest {
    private static final List<String> SYMBOLS =
            List.of("ETH/USDT:USDT", "1000PEPE/USDT:USDT", "币安/USDT", "btc/usdt");

    @TempDir Path folder;

    private final AtomicLong monotonicNs = new AtomicLong(5_000);

    private static GateReading reading(
            final String symbol, final GateState state, final String reason, final long epoch) {
        return new GateReading(symbol, state, reason, List.of(), epoch, 77);
    }

    private ByteBuffer map() throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve("gate"))) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static String text(final ByteBuffer map, final int at, final int length) {
        final byte[] text = new byte[length];
        map.get(at, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static int slot(final ByteBuffer map, final String symbol) {
        for (int i = 0; i < map.getInt(12); i++) {
            final int at = 64 + 256 * i;
            if (text(map, at + 40, map.getShort(at + 32)).equals(symbol)) {
                return at;
            }
        }
        throw new AssertionError("no slot of " + symbol);
    }

    @Test
    void layout() throws IOException {
        final GateFile file = new GateFile(folder.resolve("gate"), SYMBOLS, monotonicNs::get);
        final ByteBuffer map = map();
        assertEquals("PLUMGATE", text(map, 0, 8));
        assertEquals(1, map.getInt(8));
        assertEquals(4, map.getInt(12));
        assertEquals(64 + 4 * 256, map.capacity());
        assertEquals(0, map.getLong(16), "no heartbeat before the first judgement");
        assertEquals(GateFile.PATIENCE_NS, map.getLong(24));
        assertEquals(2, map.getLong(40), "closed");
        assertEquals("1000PEPE/USDT:USDT", text(map, 64 + 40, map.getShort(64 + 32)), "sorted");
        for (final String symbol : SYMBOLS) {
            assertEquals(2, map.getLong(slot(map, symbol) + 8), symbol);
        }
        file.onChange(2, reading(SYMBOLS.get(2), GateState.CAUTION, "é".repeat(100), 41));
        file.onJudged(reading("", GateState.CAUTION, "", 9), true, 0);
        final int slot = slot(map, SYMBOLS.get(2));
        assertEquals(2, map.getLong(slot), "two steps: begun and done");
        assertEquals(1, map.getLong(slot + 8));
        assertEquals(41, map.getLong(slot + 16));
        assertEquals(77, map.getLong(slot + 24));
        assertEquals(
                "é".repeat(76), text(map, slot + 104, map.getShort(slot + 34)), "whole characters");
        assertEquals(1, map.getLong(40));
        assertEquals(9, map.getLong(48));
        assertEquals(5_000, map.getLong(16));
        monotonicNs.set(6_000);
        file.onJudged(reading("", GateState.CLOSED, "", 10), false, 0);
        assertEquals(5_000, map.getLong(16), "who cannot vouch has no heartbeat");
        file.close();
        assertEquals(0, map.getLong(16));
    }

    @Test
    void aRestartMakesANewFileAndTheOldOneFallsSilent() throws IOException {
        final GateFile first = new GateFile(folder.resolve("gate"), SYMBOLS, monotonicNs::get);
        first.onJudged(reading("", GateState.OPEN, "", 1), true, 0);
        final ByteBuffer old = map();
        final GateFile second = new GateFile(folder.resolve("gate"), SYMBOLS, monotonicNs::get);
        monotonicNs.set(9_000);
        second.onJudged(reading("", GateState.OPEN, "", 2), true, 0);
        assertEquals(5_000, old.getLong(16));
        assertEquals(9_000, map().getLong(16));
        first.close();
        second.close();
    }

    @Test
    void whatDoesNotFitIsSaid() {
        final String said =
                assertThrows(
                                IOException.class,
                                () ->
                                        new GateFile(
                                                folder.resolve("gate"),
                                                List.of("x".repeat(65)),
                                                monotonicNs::get))
                        .getMessage();
        assertTrue(said.endsWith("has 65 bytes, the gate file holds at most 64"), said);
    }

    /** A reader that follows the protocol never sees half of a change. */
    @Test
    void seqlock() throws Exception {
        final GateFile file = new GateFile(folder.resolve("gate"), SYMBOLS, monotonicNs::get);
        final int slot = slot(map(), SYMBOLS.get(0));
        final AtomicBoolean done = new AtomicBoolean();
        final Thread writer =
                new Thread(
                        () -> {
                            for (int i = 0; i < 200_000; i++) {
                                file.onChange(
                                        0,
                                        reading(SYMBOLS.get(0), GateState.values()[i % 3], "", i));
                            }
                            done.set(true);
                        });
        writer.start();
        long reads = 0;
        final GateFileReader reader = new GateFileReader(folder.resolve("gate"));
        while (!done.get()) {
            final long[] seen = reader.read(slot);
            assertTrue(seen[1] == 0 || seen[0] == seen[1] % 3, seen[0] + " of epoch " + seen[1]);
            reads++;
        }
        writer.join();
        assertTrue(reads > 1_000, reads + " reads");
        file.close();
    }
}
