package io.plumbline.market.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private final ReadingWriter writer = new ReadingWriter();
    private final Reading reading = new Reading();

    @Test
    void whatWasWrittenIsRead() {
        final int length =
                writer.begin(ProbeKind.PROBE_STATE, "täsks:queue", "workers")
                        .with(Measure.EXISTS, 1)
                        .with(Measure.SERVER_NS, -5)
                        .text("{\"a\":1}")
                        .finish();
        assertTrue(reading.wrap(writer.buffer(), 0, length));
        assertEquals(ProbeKind.PROBE_STATE, reading.kind);
        assertEquals("täsks:queue", reading.target());
        assertEquals("workers", reading.item());
        assertEquals("{\"a\":1}", reading.text());
        assertEquals(1, reading.value(Measure.EXISTS));
        assertEquals(-5, reading.value(Measure.SERVER_NS));
        assertFalse(reading.failed());
    }

    @Test
    void aNodeStandsBehindTheText() {
        final int placed =
                writer.begin(ProbeKind.KEY_NAME, "a").text("1.5").at("10.0.0.7:7001").finish();
        assertTrue(reading.wrap(writer.buffer(), 0, placed));
        assertEquals("1.5", reading.text());
        assertEquals("10.0.0.7:7001", reading.node());
        assertFalse(reading.wrap(writer.buffer(), 0, placed - 1));
        final int without = writer.begin(ProbeKind.KEY_NAME, "a").text("1.5").finish();
        assertTrue(reading.wrap(writer.buffer(), 0, without));
        assertEquals("", reading.node());
    }

    @Test
    void whatWasNotGivenIsNotZero() {
        final int length = writer.begin(ProbeKind.PROBE_STATE, "x").failed("NOPERM").finish();
        reading.set(Measure.EXISTS, 7);
        assertTrue(reading.wrap(writer.buffer(), 0, length));
        assertTrue(reading.failed());
        assertFalse(reading.has(Measure.EXISTS));
        assertEquals(Reading.NONE, reading.value(Measure.EXISTS));
        assertEquals("", reading.item());
    }

    @Test
    void aLongTextIsCutAndSaysSo() {
        final byte[] text = new byte[Reading.LONGEST_TEXT + 1];
        final int length = writer.begin(ProbeKind.PROBE_STATE, "x").text(text).finish();
        assertTrue(reading.wrap(writer.buffer(), 0, length));
        assertTrue(reading.textCut());
        assertEquals(Reading.LONGEST_TEXT, reading.textLength);
    }

    @Test
    void otherBytesAreNoReading() {
        final int length =
                writer.begin(ProbeKind.PROBE_STATE, "x").with(Measure.EXISTS, 1).finish();
        final byte[] whole = Arrays.copyOf(writer.buffer(), length);
        for (int cut = 0; cut < length; cut++) {
            assertFalse(reading.wrap(whole, 0, cut), "cut at " + cut);
        }
        final long seed = 4;
        final Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            final byte[] noise = whole.clone();
            noise[random.nextInt(length)] = (byte) random.nextInt();
            noise[random.nextInt(length)] = (byte) random.nextInt();
            if (reading.wrap(noise, 0, length)) {
                reading.target();
                reading.text();
            }
        }
        whole[3] = (byte) 255;
        assertTrue(reading.wrap(whole, 0, length), "a kind of a later build");
        assertNull(reading.kind);
    }

    @Test
    void codesAreUniqueAndFit() {
        final Set<Integer> kinds = new HashSet<>();
        for (final ProbeKind kind : ProbeKind.values()) {
            assertTrue(kinds.add(kind.code()), kind + " has another's code");
            assertEquals(kind, ProbeKind.ofCode(kind.code()));
        }
        final Set<Integer> measures = new HashSet<>();
        for (final Measure measure : Measure.values()) {
            assertTrue(measures.add(measure.code()), measure + " has another's code");
            assertEquals(measure, Measure.ofCode(measure.code()));
        }
    }

    @Test
    void aTableKeepsNamesApartAndIsBounded() {
        final NameTable table = new NameTable(100);
        for (int i = 0; i < 100; i++) {
            assertEquals(i, table.intern("name" + i));
        }
        assertEquals(-1, table.intern("one more"));
        final byte[] known = "name42".getBytes(StandardCharsets.UTF_8);
        assertEquals(42, table.find(known, 0, known.length));
        assertEquals(-1, table.find(known, 0, 2));
        assertEquals("name42", table.name(42));
    }
}
