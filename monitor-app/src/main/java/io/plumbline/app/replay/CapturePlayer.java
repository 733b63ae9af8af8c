package io.plumbline.app.replay;

import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import java.io.IOException;

/** One recording at play: where its reader stands, and whether its connection is up. */
final class CapturePlayer implements AutoCloseable {
    final Recording recording;
    final CaptureRecord record = new CaptureRecord();
    final int source;
    int epoch = 1;
    boolean up;
    private final CaptureReader reader;

    CapturePlayer(final Recording recording, final int source) throws IOException {
        this.recording = recording;
        this.reader = Captures.open(recording.path());
        this.source = source;
    }

    /** Moves {@link #record} on to the next one; false at the end of the file. */
    boolean next() throws IOException {
        while (reader.next(record)) {
            if (recording.holds().test(record)) {
                return true;
            }
        }
        return false;
    }

    /** What is said of the file it reads. */
    CaptureReader reader() {
        return reader;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
