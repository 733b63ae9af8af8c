package io.plumbline.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of one running monitor: made where it is missing, and locked against a second one. */
final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private DataDirectory(final Path path, final FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static DataDirectory open(final Path path) throws CannotStartException {
        try {
            Files.createDirectories(path);
            final FileChannel channel =
                    FileChannel.open(
                            path.resolve("plumbline.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new CannotStartException(
                        "another monitor runs in "
                                + path
                                + ": stop it, or give this one its own monitor.dataDirectory");
            }
            return new DataDirectory(path, channel);
        } catch (final IOException e) {
            throw new CannotStartException(
                    "cannot write to "
                            + path
                            + " ("
                            + e
                            + "): set monitor.dataDirectory to a directory that this user may"
                            + " write",
                    e);
        }
    }

    private static boolean locked(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (final OverlappingFileLockException e) {
            return false;
        }
    }

    Path resolve(final String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
