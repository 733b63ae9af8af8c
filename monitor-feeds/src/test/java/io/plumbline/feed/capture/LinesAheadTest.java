package io.plumbline.feed.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading ahead shows what reading does. */
class LinesAheadTest {
    @TempDir private Path folder;
    private final List<Thread> threads = new ArrayList<>();

    private Thread start(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    private static final class Endless extends InputStream {
        private final IOException after;
        private int left = 1_000_000;

        Endless(final IOException after) {
            this.after = after;
        }

        @Override
        public int read() {
            return '\n';
        }

        @Override
        public int read(final byte[] into, final int offset, final int length) throws IOException {
            left -= after == null ? 0 : length;
            if (left < 0) {
                throw after;
            }
            Arrays.fill(into, offset, offset + length, (byte) '\n');
            return length;
        }
    }

    private LinesAhead lines(final IOException after) {
        return new LinesAhead(new LineReader(new Endless(after), 1_000, () -> 0), this::start);
    }

    @Test
    void shouldMeetAFailureAfterAllThatCameBefore() throws IOException {
        try (LinesAhead lines = lines(new IOException("the disk is gone"))) {
            int seen = 0;
            while (seen < 900_000) {
                assertEquals(Lines.Step.LINE, lines.next());
                seen++;
            }
            final IOException failure =
                    assertThrows(
                            IOException.class,
                            () -> {
                                while (lines.next() == Lines.Step.LINE) {}
                            });
            assertEquals("the disk is gone", failure.getMessage());
        }
        assertFalse(threads.get(0).isAlive());
    }

    @Test
    void shouldStopWhenClosedEarly() throws IOException {
        try (LinesAhead lines = lines(null)) {
            assertEquals(Lines.Step.LINE, lines.next());
        }
        assertFalse(threads.get(0).isAlive());
    }

    @Test
    void shouldReadPackedRecordingsAsWithoutAThread() throws IOException {
        final StringBuilder text = new StringBuilder();
        final Random random = new Random(42);
        for (int i = 0; i < 10_000; i++) {
            text.append(1723161256172216566L + i).append(" {\"a\":").append(random.nextLong());
            text.append("}\n");
        }
        final byte[] plain = text.toString().getBytes(StandardCharsets.US_ASCII);
        final ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(plain);
        }
        for (final byte[] packed : List.of(gzip.toByteArray(), Zstd.compress(plain))) {
            final byte[] spoiled = packed.clone();
            Arrays.fill(spoiled, packed.length / 2, packed.length / 2 + 64, (byte) 0x55);
            for (final byte[] bytes :
                    List.of(packed, Arrays.copyOf(packed, packed.length / 3), spoiled)) {
                final Path file = folder.resolve("recording");
                Files.write(file, bytes);
                try (CaptureReader expected = Captures.open(file);
                        CaptureReader reader = Captures.open(file, this::start)) {
                    final CaptureRecord one = new CaptureRecord();
                    final CaptureRecord other = new CaptureRecord();
                    while (expected.next(one)) {
                        assertEquals(true, reader.next(other));
                        assertEquals(one.stampNs, other.stampNs);
                        assertEquals(one.text(), other.text());
                    }
                    assertFalse(reader.next(other));
                    assertEquals(expected.damage(), reader.damage());
                    assertEquals(expected.lines(), reader.lines());
                    assertEquals(expected.bytesRead(), reader.bytesRead());
                    assertEquals(expected.tooLong(), reader.tooLong());
                }
            }
        }
    }
}
