package io.plumbline.feed.capture;

import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/** Cuts a stream into lines of bounded length, in one buffer that grows to the longest of them. */
final class LineReader implements AutoCloseable {
    /** What {@link #next} came upon. */
    enum Step {
        LINE,
        /** A line beyond the limit: passed over. */
        TOO_LONG,
        END
    }

    private final InputStream in;
    private final int limit;
    private byte[] buffer;
    private int start;
    private int filled;
    private int lineStart;
    private int lineEnd;
    private String damage = "";

    /**
     * @param limit the longest line that is handed out, bytes
     */
    LineReader(final InputStream in, final int limit) {
        this.in = in;
        this.limit = limit;
        this.buffer = new byte[Math.min(1 << 16, limit + 2)];
    }

    /** The array that holds the current line, valid until {@link #next}. */
    byte[] bytes() {
        return buffer;
    }

    int lineStart() {
        return lineStart;
    }

    /** Behind the line's last byte; line ends, also Windows ones, do not belong to it. */
    int lineEnd() {
        return lineEnd;
    }

    /** Why the input ended before its end (a torn archive), "" when it did not. */
    String damage() {
        return damage;
    }

    Step next() throws IOException {
        int scan = start;
        boolean tooLong = false;
        while (true) {
            while (scan < filled && buffer[scan] != '\n') {
                scan++;
            }
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
