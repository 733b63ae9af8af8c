package io.plumbline.app.alert;

import io.plumbline.app.desk.NdjsonFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Appends every alert to a file, one JSON object a line, on the disk before it is delivered. */
public final class NdjsonFileHook implements AlertChannel {
    private static final int UNLIMITED = 60_000;

    private final String name;
    private final NdjsonFile file;

    /**
     * @param maxBytes above which the file is rotated; {@link Long#MAX_VALUE} for never
     * @param kept how many rotated files stay
     */
    public NdjsonFileHook(final String name, final Path file, final long maxBytes, final int kept) {
        this.name = name;
        this.file = new NdjsonFile(file, maxBytes, kept);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean acknowledges() {
        return true;
    }

    @Override
    public synchronized Delivery deliver(final Alert alert, final byte[] body) {
        try {
            file.append(new String(body, StandardCharsets.UTF_8) + '\n', true);
            return Delivery.delivered();
        } catch (final IOException e) {
            return Delivery.retry(0, "alert file " + file + ": " + e.getMessage());
        }
    }

    @Override
    public int attemptsPerMinute() {
        return UNLIMITED;
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException("alert file " + file, e);
        }
    }

    @Override
    public String toString() {
        return name + " (file " + file + ')';
    }
}
