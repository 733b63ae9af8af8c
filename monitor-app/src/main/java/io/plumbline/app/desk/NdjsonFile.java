package io.plumbline.app.desk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file of JSON lines that is only appended to and holds whole lines: what a failed write leaves
 * behind is cut off again, a line torn by a crash is ended before the next. Above its size it
 * becomes {@code name.1}, that {@code name.2} and so on; the last one is deleted. One thread.
 */
public final class NdjsonFile implements AutoCloseable {
    private final Path file;
    private final long maxBytes;
    private final int kept;
    private FileChannel channel;
    private long size;

    /**
     * @param maxBytes above which the file is rotated; {@link Long#MAX_VALUE} for never
     * @param kept how many rotated files stay
     */
    public NdjsonFile(final Path file, final long maxBytes, final int kept) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.kept = kept;
    }

    /**
     * Appends {@code lines}, each with its line end, all or none.
     *
     * @param durable whether they are on the disk on return
     */
    public void append(final CharSequence lines, final boolean durable) throws IOException {
        final byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        open();
        if (size > 0 && size + bytes.length > maxBytes) {
            rotate();
            open();
        }
        try {
            final ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer, size + buffer.position());
            }
            if (durable) {
                channel.force(false);
            }
            size += bytes.length;
        } catch (final IOException e) {
            cutBack(e);
            throw e;
        }
    }

    private void cutBack(final IOException cause) {
        try {
            channel.truncate(size);
            channel.close();
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
        channel = null;
    }

    private void open() throws IOException {
        if (channel != null) {
            return;
        }
        final Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        final FileChannel opened =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            size = opened.size();
            final ByteBuffer last = ByteBuffer.allocate(1);
            if (size > 0 && opened.read(last, size - 1) == 1 && last.get(0) != '\n') {
                size += opened.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
            }
        } catch (final IOException e) {
            opened.close();
            throw e;
        }
        channel = opened;
    }

    private void rotate() throws IOException {
        close();
        for (int i = kept; i > 0; i--) {
            final Path from = i == 1 ? file : rotated(i - 1);
            if (Files.exists(from)) {
                Files.move(from, rotated(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (kept == 0) {
            Files.deleteIfExists(file);
        }
    }

    private Path rotated(final int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
