package io.plumbline.feed.capture;

import java.io.IOException;

/** The lines of a recording, one after the other. One thread. */
interface Lines extends AutoCloseable {
    /** What {@link #next} came upon. */
    enum Step {
        LINE,
        /** A line beyond the limit: passed over. */
        TOO_LONG,
        END
    }

    /** Moves on to the next line. */
    Step next() throws IOException;

    /** The array that holds the current line, valid until {@link #next}. */
    byte[] bytes();

    int lineStart();

    /** Behind the line's last byte; line ends, also Windows ones, do not belong to it. */
    int lineEnd();

    /** Why the input ended before its end (a torn archive), "" when it did not. */
    String damage();

    /** Bytes of the file behind the reader, as they lie on the disk. */
    long taken();

    @Override
    void close() throws IOException;
}
