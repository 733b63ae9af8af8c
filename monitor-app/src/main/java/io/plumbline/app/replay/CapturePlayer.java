package io.plumbline.app.replay;

import io.plumbline.feed.capture.CaptureReader;
import io.plumbline.feed.capture.CaptureRecord;
import io.plumbline.feed.capture.Captures;
import io.plumbline.inbound.Threads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One recording at play: where its reader stands, and whether its connection is up. */
final class CapturePlayer implements AutoCloseable {
    final Recording recording;
    final CaptureRecord record = new CaptureRecord();
    final int source;
    int epoch = 1;
    boolean up;
    private final CaptureReader reader;

    /**
     * @param threads makes the thread that unpacks the file; null to unpack on the caller's
     */
    CapturePlayer(final Recording recording, final int source, final Threads threads)
            throws IOException {
        this.recording = recording;
        this.reader = Captures.open(recording.path(), threads);
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

    /** What of it could not be read, a sentence each. */
    List<String> damages() {
        final List<String> sentences = new ArrayList<>();
        if (reader.unreadable() > 0) {
            sentences.add(
                    recording.path()
                            + ": "
                            + reader.unreadable()
                            + " lines are not of its format, the first is line "
                            + reader.firstUnreadable());
        }
        if (reader.tooLong() > 0) {
            sentences.add(
                    recording.path()
                            + ": "
                            + reader.tooLong()
                            + " lines are longer than "
                            + CaptureReader.MAX_LINE_BYTES
                            + " bytes and were passed over");
        }
        if (!reader.damage().isEmpty()) {
            sentences.add(recording.path() + " ends early: " + reader.damage());
        }
        return sentences;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
