package io.plumbline.app.desk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Every finding as one JSON line in a file. Written per batch; a disk that does not take them costs
 * those lines, which are counted, and nothing else. Desk thread, {@link #lost()} any.
 */
public final class FindingLog implements AutoCloseable {
    /** Above this many characters a batch is written before it ends. */
    private static final int FLUSH_CHARS = 64 * 1024;

    private final NdjsonFile file;
    private final Consumer<String> onFault;
    private final StringBuilder pending = new StringBuilder();
    private int pendingLines;
    private boolean failing;
    private volatile long lost;

    /**
     * @param file where the lines go, or null to write none
     * @param maxBytes above which the file is rotated; {@link Long#MAX_VALUE} for never
     * @param kept how many rotated files stay
     * @param onFault told once when writing begins to fail, with file, cause and remedy
     */
    public FindingLog(
            final Path file, final long maxBytes, final int kept, final Consumer<String> onFault) {
        this.file = file == null ? null : new NdjsonFile(file, maxBytes, kept);
        this.onFault = onFault;
    }

    /** No file: tests, and runs that only want cases. */
    public static FindingLog none() {
        return new FindingLog(null, Long.MAX_VALUE, 0, fault -> {});
    }

    /** Takes one line without its end. */
    public void append(final CharSequence line) {
        if (file != null) {
            pending.append(line).append('\n');
            pendingLines++;
            if (pending.length() >= FLUSH_CHARS) {
                flush();
            }
        }
    }

    /** Writes what was taken. */
    public void flush() {
        if (pendingLines == 0) {
            return;
        }
        try {
            file.append(pending, false);
            failing = false;
        } catch (final IOException e) {
            lost = lost + pendingLines;
            if (!failing) {
                failing = true;
                onFault.accept(
                        "findings file "
                                + file
                                + ": "
                                + e.getMessage()
                                + "; findings go on but are not in the file. Free space or correct"
                                + " the path.");
            }
        }
        pending.setLength(0);
        pendingLines = 0;
    }

    /** Lines that the disk did not take. */
    public long lost() {
        return lost;
    }

    @Override
    public void close() {
        flush();
        if (file != null) {
            try {
                file.close();
            } catch (final IOException e) {
                onFault.accept("findings file " + file + ": " + e.getMessage() + " at close");
            }
        }
    }
}
