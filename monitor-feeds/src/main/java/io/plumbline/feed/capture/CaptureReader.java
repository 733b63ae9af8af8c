package io.plumbline.feed.capture;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads one recording from beginning to end, in the order in which it was written. One thread.
 *
 * <p>Lines that cannot be read are counted and passed over, and so are lines beyond {@link
 * #MAX_LINE_BYTES}; a torn archive ends the recording early and {@link #damage()} says so.
 */
public final class CaptureReader implements AutoCloseable {
    /** The longest line that is read; venues' largest snapshots take a third of it. */
    public static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

    private final CaptureFormat format;
    private final CaptureLine lines;
    private final Lines reader;
    private long line;
    private long unreadable;
    private long tooLong;
    private long firstUnreadable;

    CaptureReader(final InputStream in, final CaptureFormat format) {
        this(in, format, MAX_LINE_BYTES);
    }

    CaptureReader(final InputStream in, final CaptureFormat format, final int maxLineBytes) {
        this(new LineReader(in, maxLineBytes, () -> 0), format);
    }

    CaptureReader(final Lines reader, final CaptureFormat format) {
        this.reader = reader;
        this.format = format;
        this.lines = format.lines();
    }

    public CaptureFormat format() {
        return format;
    }

    /**
     * Fills {@code out} with the next record.
     *
     * @return false at the end
     */
    public boolean next(final CaptureRecord out) throws IOException {
        while (true) {
            final Lines.Step step = reader.next();
            if (step == Lines.Step.END) {
                return false;
            }
            line++;
            if (step == Lines.Step.TOO_LONG) {
                tooLong++;
                continue;
            }
            final CaptureLine.Outcome outcome =
                    lines.read(reader.bytes(), reader.lineStart(), reader.lineEnd(), out);
            if (outcome == CaptureLine.Outcome.RECORD) {
                return true;
            }
            if (outcome == CaptureLine.Outcome.UNREADABLE) {
                unreadable++;
                firstUnreadable = unreadable == 1 ? line : firstUnreadable;
            }
        }
    }

    /** What the recorder said of itself in the lines read so far, "" where nothing. */
    public String header() {
        return lines.header();
    }

    /** Bytes of the file behind the reader, as they lie on the disk. */
    public long bytesRead() {
        return reader.taken();
    }

    /** Lines read so far, of all kinds. */
    public long lines() {
        return line;
    }

    /** Lines that are not of this format. */
    public long unreadable() {
        return unreadable;
    }

    /** The number of the first of them, from 1; 0 when there is none. */
    public long firstUnreadable() {
        return firstUnreadable;
    }

    /** Lines passed over for their length. */
    public long tooLong() {
        return tooLong;
    }

    /** Why the recording ended before its end, "" when it did not. */
    public String damage() {
        return reader.damage();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
