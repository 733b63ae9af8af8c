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

    /**
     * The disk's own answer. Which store the directory lies on is asked once: for that the JDK
     * reads the list of all mounts, and made garbage of it every second. How much room there is it
     * asks at the directory itself, whatever is mounted there by now.
     */
    static DiskSpace real() {
        return new DiskSpace() {
            private FileStore store;

            @Override
            public Room measure(final Path directory) throws IOException {
                if (store == null) {
                    store = Files.getFileStore(directory);
                }
                return new Room(store.getUsableSpace(), store.getTotalSpace());
            }
        };
    }

    /** Disk thread, about once a second; of one journal, so always the same directory. */
    Room measure(Path directory) throws IOException;
}
