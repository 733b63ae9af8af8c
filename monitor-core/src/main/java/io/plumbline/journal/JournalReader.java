package io.plumbline.journal;

import io.plumbline.inbound.InboundMessage;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads journals, segment after segment, closed and open. What is damaged is reported, never
 * thrown: a segment is left at its first bad record and the next one is read on. One thread;
 * allocates nothing per record.
 */
public final class JournalReader implements Closeable {
    /** More damages than these are only counted. */
    public static final int MAX_DAMAGES = 1_000;

    /** Stamps of several sources may cross the border of two segments by as much. */
    private static final long STAMP_SLACK_NS = 1_000_000_000L;

    private final List<Path> segments;
    private final long totalBytes;
    private final List<Damage> damages = new ArrayList<>();
    private final SegmentScanner scanner = new SegmentScanner();
    private long damageCount;

    private int index = -1;
    private boolean inSegment;
    private long bytesBefore;

    private int lastCrc;
    private long lastExpected;
    private boolean lastWhole;

    private JournalReader(final List<Path> segments, final long totalBytes) {
        this.segments = segments;
        this.totalBytes = totalBytes;
    }

    /**
     * @param files segments, or directories of them
     * @throws IOException when there is nothing to read at one of them
     */
    public static JournalReader open(final Path... files) throws IOException {
        return openFrom(Long.MIN_VALUE, files);
    }

    /**
     * Skips whole segments that end before {@code fromNs}; the first one read may still begin with
     * records from before it.
     */
    public static JournalReader openFrom(final long fromNs, final Path... files)
            throws IOException {
        final List<Path> segments = new ArrayList<>();
        for (final Path file : files) {
            if (Files.isDirectory(file)) {
                final List<Path> found = SegmentDirectory.segments(file);
                if (found.isEmpty()) {
                    throw new FileNotFoundException(
                            "no journal segments (*.plj) in " + file + ": is it the right folder?");
                }
                segments.addAll(found);
            } else if (Files.isReadable(file)) {
                segments.add(file);
            } else {
                throw new FileNotFoundException(
                        "cannot read " + file + ": give a journal segment or a folder of them");
            }
        }
        final List<Path> wanted = from(fromNs, segments);
        long bytes = 0;
        for (final Path segment : wanted) {
            bytes += Files.size(segment);
        }
        return new JournalReader(wanted, bytes);
    }

    private static List<Path> from(final long fromNs, final List<Path> segments)
            throws IOException {
        int first = 0;
        if (fromNs > Long.MIN_VALUE + STAMP_SLACK_NS) {
            try (SegmentScanner scanner = new SegmentScanner()) {
                for (int i = 1; i < segments.size(); i++) {
                    if (scanner.open(segments.get(i))
                            && scanner.anchorNs() < fromNs - STAMP_SLACK_NS) {
                        first = i;
                    }
                }
            }
        }
        return List.copyOf(segments.subList(first, segments.size()));
    }

    /**
     * Shows the next record, prelude of every segment included; its bytes stay valid until the next
     * call.
     *
     * @return false at the end of the last segment
     */
    public boolean next(final InboundMessage into) {
        while (inSegment || index + 1 < segments.size()) {
            try {
                if (!inSegment) {
                    openNext();
                } else if (step(into)) {
                    return true;
                }
            } catch (final IOException failure) {
                damage(scanner.offset(), "cannot be read: " + failure, rest());
                leave(false);
            }
        }
        return false;
    }

    private boolean step(final InboundMessage into) throws IOException {
        switch (scanner.next(into)) {
            case RECORD -> {
                if (scanner.missing() > 0) {
                    damage(scanner.offset(), notWritten(scanner.missing()), 0);
                }
                return true;
            }
            case END -> leave(true);
            case BAD -> {
                damage(scanner.offset(), scanner.reason(), rest());
                leave(false);
            }
        }
        return false;
    }

    private void openNext() throws IOException {
        index++;
        inSegment = true;
        if (!scanner.open(segments.get(index))) {
            damage(0, scanner.reason(), rest());
            leave(false);
            return;
        }
        if (lastWhole && scanner.previousCrc() != 0) {
            if (scanner.previousCrc() != lastCrc) {
                damage(0, "does not continue the segment before it: is one missing?", 0);
            } else if (scanner.expected() != lastExpected) {
                damage(0, notWritten(scanner.expected() - lastExpected), 0);
            }
        }
    }

    private static String notWritten(final long count) {
        return "the writer lost messages right before this place: " + count;
    }

    private void leave(final boolean whole) {
        inSegment = false;
        bytesBefore += scanner.size();
        lastWhole = whole;
        lastCrc = scanner.lastCrc();
        lastExpected = scanner.expected();
    }

    private long rest() {
        return scanner.size() - scanner.offset();
    }

    private void damage(final long offset, final String reason, final long bytesSkipped) {
        damageCount++;
        if (damages.size() < MAX_DAMAGES) {
            damages.add(new Damage(segments.get(index), offset, reason, bytesSkipped));
        }
    }

    /** Number of the last record in its run; 0 for prelude. */
    public long sequence() {
        return scanner.sequence();
    }

    /** The segments that are read, in order. */
    public List<Path> segments() {
        return segments;
    }

    /** What was found so far, up to {@link #MAX_DAMAGES}. */
    public List<Damage> damages() {
        return List.copyOf(damages);
    }

    /** All that was found so far. */
    public long damageCount() {
        return damageCount;
    }

    /** Bytes behind the reader, skipped ones included. */
    public long bytesRead() {
        return bytesBefore + (inSegment ? scanner.taken() : 0);
    }

    /** Bytes of all segments when they were opened. */
    public long totalBytes() {
        return totalBytes;
    }

    @Override
    public void close() throws IOException {
        scanner.close();
    }
}
