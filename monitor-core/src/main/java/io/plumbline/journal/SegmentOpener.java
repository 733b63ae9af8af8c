package io.plumbline.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens the file of a new segment for writing. */
@FunctionalInterface
public interface SegmentOpener {
    /** The real one: a file that must not be there yet. */
    SegmentOpener FILES =
            path -> FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /**
     * @throws IOException when it cannot be opened: recording pauses and is tried again
     */
    FileChannel open(Path path) throws IOException;
}
