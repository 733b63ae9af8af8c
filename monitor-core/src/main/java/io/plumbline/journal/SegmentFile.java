package io.plumbline.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The segment being written. Disk thread only. */
final class SegmentFile {
    private final long number;
    private final Path openPath;
    private final FileChannel channel;
    private long bytes;
    private boolean dirty;

    SegmentFile(final Path directory, final long number, final SegmentOpener opener)
            throws IOException {
        this.number = number;
        this.openPath =
                directory.resolve(
                        JournalLayout.fileName(number)
                                .replace(JournalLayout.SUFFIX, JournalLayout.OPEN_SUFFIX));
        this.channel = opener.open(openPath);
    }

    long number() {
        return number;
    }

    long bytes() {
        return bytes;
    }

    /** Writes all of it or throws, having cut off the part that was written. */
    void write(final ByteBuffer records) throws IOException {
        final int length = records.remaining();
        dirty = true;
        try {
            while (records.hasRemaining()) {
                channel.write(records);
            }
        } catch (final IOException failure) {
            try {
                channel.truncate(bytes);
            } catch (final IOException again) {
                failure.addSuppressed(again);
            }
            throw failure;
        }
        bytes += length;
    }

    void force() throws IOException {
        if (dirty) {
            channel.force(false);
            dirty = false;
        }
    }

    /** Makes it durable under its final name. */
    Path finish() throws IOException {
        try (channel) {
            channel.force(true);
        }
        return close(openPath);
    }

    Path openPath() {
        return openPath;
    }

    /**
     * Closes what can no longer be written. Its whole records stay, under the open name, because
     * nobody can say that they are durable; a file without any goes.
     */
    void abandon(final Throwable cause) {
        try {
            channel.close();
            if (bytes == 0) {
                Files.deleteIfExists(openPath);
            }
        } catch (final IOException again) {
            cause.addSuppressed(again);
        }
    }

    /** Gives an open segment, already durable, its final name. */
    static Path close(final Path openPath) throws IOException {
        final String name = openPath.getFileName().toString();
        final Path path =
                openPath.resolveSibling(
                        name.substring(0, name.length() - JournalLayout.OPEN_SUFFIX.length())
                                + JournalLayout.SUFFIX);
        Files.move(openPath, path, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(path.toAbsolutePath().getParent());
        return path;
    }

    private static void forceDirectory(final Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
