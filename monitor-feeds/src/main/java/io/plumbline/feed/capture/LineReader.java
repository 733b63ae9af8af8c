package io.plumbline.feed.capture;

import com.github.luben.zstd.ZstdIOException;
import io.plumbline.market.EightBytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.zip.ZipException;

/** Cuts a stream into lines of bounded length, in one buffer that grows to the longest of them. */
final class LineReader implements Lines {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long LINE_ENDS = '\n' * ONES;

    private final InputStream in;
    private final int limit;
    private final LongSupplier taken;
    private byte[] buffer;
    private int start;
    private int filled;
    private int lineStart;
    private int lineEnd;
    private String damage = "";

    /**
     * @param limit the longest line that is handed out, bytes
     * @param taken bytes that were taken of the file so far
     */
    LineReader(final InputStream in, final int limit, final LongSupplier taken) {
        this.in = in;
        this.taken = taken;
        this.limit = limit;
        this.buffer = new byte[Math.min(1 << 16, limit + 2)];
    }

    @Override
    public byte[] bytes() {
        return buffer;
    }

    @Override
    public int lineStart() {
        return lineStart;
    }

    @Override
    public int lineEnd() {
        return lineEnd;
    }

    @Override
    public String damage() {
        return damage;
    }

    @Override
    public long taken() {
        return taken.getAsLong();
    }

    @Override
    public Step next() throws IOException {
        int scan = start;
        boolean tooLong = false;
        while (true) {
            scan = lineEnd(scan);
            if (scan < filled) {
                take(scan, scan + 1);
                return tooLong || lineEnd - lineStart > limit ? Step.TOO_LONG : Step.LINE;
            }
            if (filled - start > limit + 1) {
                tooLong = true;
                start = filled;
            }
            scan -= makeRoom();
            final int count = read();
            if (count < 0) {
                final boolean torn = !damage.isEmpty();
                final boolean rest = filled > start && !torn;
                take(filled, filled);
                if (tooLong || rest && lineEnd - lineStart > limit) {
                    return Step.TOO_LONG;
                }
                return rest ? Step.LINE : Step.END;
            }
            filled += count;
        }
    }

    /** Where the first line end stands from {@code from} on; {@link #filled} where none does. */
    private int lineEnd(final int from) {
        int at = from;
        while (at + Long.BYTES <= filled) {
            final long found = EightBytes.word(buffer, at) ^ LINE_ENDS;
            final long marks = found - ONES & ~found & HIGHS;
            if (marks != 0) {
                return at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < filled && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private void take(final int end, final int next) {
        lineStart = start;
        lineEnd = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
        start = next;
    }

    /** Makes room behind what is kept; answers by how much that moved to the front. */
    private int makeRoom() {
        if (filled < buffer.length) {
            return 0;
        }
        final int moved = start;
        if (moved > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= moved;
            start = 0;
        } else {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, limit + 2));
        }
        return moved;
    }

    private int read() throws IOException {
        if (!damage.isEmpty()) {
            return -1;
        }
        try {
            return in.read(buffer, filled, buffer.length - filled);
        } catch (final EOFException | ZipException | ZstdIOException e) {
            damage = "the archive is torn or damaged: " + e.getMessage();
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
