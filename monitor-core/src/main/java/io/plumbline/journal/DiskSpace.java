package io.plumbline.journal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room the disk has that a journal stands on. */
@FunctionalInterface
public interface DiskSpace {
    /** What was measured, bytes. */
    record Room(long usableBytes, long totalBytes) {}

    /** The disk's own answer. */
    DiskSpace REAL =
            directory -> {
                final FileStore store = Files.getFileStore(directory);
                return new Room(store.getUsableSpace(), store.getTotalSpace());
            };

    /** Disk thread, about once a second. */
    Room measure(Path directory) throws IOException;
}
