package io.plumbline.app.replay;

import io.plumbline.feed.capture.CaptureWriter;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.journal.JournalReader;
import io.plumbline.market.SessionState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The frames of one source, out of a journal and into a capture, as the engine saw them: frames of
 * a connection that had ended are left out, and a connection that ends while its successor is
 * already there ends nothing. One thread, used once.
 */
public final class JournalExport {
    private final JournalReader reader;
    private final String source;
    private final long fromNs;
    private final long toNs;
    private final CaptureWriter writer;
    private final InboundMessage message = new InboundMessage();
    private final RecordedSources sources = new RecordedSources();
    private long frames;
    private long binary;
    private long late;
    private long dropped;
    private int unmarkedEnds;
    private int runs = 1;
    private long sequence;
    private boolean inConnection;
    private boolean endUnmarked;
    private int newest = -1;
    private int oldestAlive;

    /**
     * @param source the whole name of the source
     * @param fromNs first receive time to write
     * @param toNs last receive time to write
     */
    public JournalExport(
            final JournalReader reader,
            final String source,
            final long fromNs,
            final long toNs,
            final CaptureWriter writer) {
        this.reader = reader;
        this.source = source;
        this.fromNs = fromNs;
        this.toNs = toNs;
        this.writer = writer;
    }

    /** Whether a source of this name is a connection to a venue, and so has frames. */
    public static boolean isVenue(final String source) {
        return source.indexOf('/') > 0
                && !source.startsWith("redis/")
                && !source.startsWith("probe/");
    }

    /**
     * Writes them all.
     *
     * @return how many frames were written
     * @throws IOException when the capture cannot be written
     */
    public long run() throws IOException {
        while (reader.next(message)) {
            if (reader.sequence() == 0) {
                if (message.type == InboundType.SOURCES) {
                    sources.learn(message);
                }
                continue;
            }
            if (reader.sequence() <= sequence) {
                newRun();
            }
            sequence = reader.sequence();
            if (source.equals(sources.name(message.source))) {
                take(message.stampNs >= fromNs && message.stampNs <= toNs);
            }
        }
        return frames;
    }

    private void take(final boolean wanted) throws IOException {
        dropped += wanted ? message.droppedBefore : 0;
        switch (message.type) {
            case FRAME_TEXT:
                if (message.epoch < oldestAlive) {
                    late += wanted ? 1 : 0;
                } else {
                    newest = Math.max(newest, message.epoch);
                    frame(wanted);
                }
                break;
            case FRAME_BINARY:
                binary += wanted ? 1 : 0;
                break;
            case SESSION:
                session();
                break;
            default:
                break;
        }
    }

    private void frame(final boolean wanted) throws IOException {
        if (wanted) {
            unmarkedEnds += endUnmarked ? 1 : 0;
            endUnmarked = false;
            inConnection = true;
            frames++;
            writer.write(message);
        }
    }

    private void session() throws IOException {
        newest = Math.max(newest, message.epoch);
        final String text = message.text();
        final String down = SessionState.DOWN.name();
        if (text.equals(down) || text.startsWith(down + ' ')) {
            oldestAlive = Math.max(oldestAlive, message.epoch + 1);
            if (message.epoch == newest) {
                endConnection();
            }
        }
    }

    /** A monitor that was killed wrote no end of its connections. */
    private void newRun() throws IOException {
        runs++;
        newest = -1;
        oldestAlive = 0;
        endConnection();
    }

    private void endConnection() throws IOException {
        if (inConnection) {
            final byte[] down = SessionState.DOWN.name().getBytes(StandardCharsets.US_ASCII);
            endUnmarked =
                    !writer.write(
                            new InboundMessage()
                                    .set(
                                            InboundType.SESSION,
                                            message.source,
                                            message.epoch,
                                            0,
                                            message.stampNs,
                                            down,
                                            0,
                                            down.length));
            inConnection = false;
        }
    }

    /** What the capture cannot say, or the journal could not: one sentence each, after the run. */
    public List<String> losses() {
        final List<String> sentences = new ArrayList<>();
        tell(sentences, dropped, " messages were dropped by the monitor before they were recorded");
        tell(sentences, binary, " binary frames were left out: a capture holds text");
        tell(sentences, late, " frames were left out: their connection had ended");
        tell(
                sentences,
                unmarkedEnds,
                " times a connection ended between frames; only --format tardis shows where");
        if (runs > 1) {
            tell(
                    sentences,
                    runs,
                    " runs of the monitor follow each other; a replay takes the export as one");
        }
        reader.damages().forEach(damage -> sentences.add(damage.sentence()));
        return sentences;
    }

    private static void tell(final List<String> sentences, final long count, final String what) {
        if (count > 0) {
            sentences.add(count + what);
        }
    }
}
