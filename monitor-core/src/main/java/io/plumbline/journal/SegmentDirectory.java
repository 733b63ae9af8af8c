package io.plumbline.journal;

import io.plumbline.inbound.InboundMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one journal: found, recovered, and deleted when they are old or too many. The
 * starting thread until the disk thread runs, then that one.
 */
final class SegmentDirectory {
    private static final Pattern NAME = Pattern.compile("(\\d{10})\\.plj(\\.open|\\.corrupt)?");
    private static final int NUMBER_DIGITS = 10;
    private static final String LOCK = "journal.lock";

    private record Closed(Path path, long bytes, long endNs) {}

    private final Path directory;
    private final Deque<Closed> closed = new ArrayDeque<>();
    private long closedBytes;
    private long lastNumber;
    private FileChannel lockChannel;

    SegmentDirectory(final Path directory) {
        this.directory = directory;
    }

    /** The segments in {@code directory}, closed and open, in order. */
    static List<Path> segments(final Path directory) throws IOException {
        return files(directory).stream()
                .filter(path -> !path.toString().endsWith(JournalLayout.CORRUPT_SUFFIX))
                .toList();
    }

    private static List<Path> files(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> NAME.matcher(path.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        } catch (final UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    /**
     * Makes the directory this process's own and finishes what an earlier one left open. Closed
     * segments are only listed, so that a start beside a huge journal is quick.
     */
    List<Recovery> open() throws IOException {
        Files.createDirectories(directory);
        lock();
        final List<Recovery> recoveries = new ArrayList<>();
        for (final Path path : files(directory)) {
            lastNumber = Long.parseLong(path.getFileName().toString().substring(0, NUMBER_DIGITS));
        }
        for (final Path path : segments(directory)) {
            if (path.toString().endsWith(JournalLayout.OPEN_SUFFIX)) {
                recoveries.add(recover(path));
            }
        }
        for (final Path path : segments(directory)) {
            final FileTime end = Files.getLastModifiedTime(path);
            closed(path, Files.size(path), end.to(TimeUnit.NANOSECONDS));
        }
        return recoveries;
    }

    private void lock() throws IOException {
        lockChannel =
                FileChannel.open(
                        directory.resolve(LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = lockChannel.tryLock();
        } catch (final OverlappingFileLockException held) {
            // This very process holds it: the same answer as for another one.
        }
        if (lock == null) {
            lockChannel.close();
            throw new IOException(
                    "journal directory "
                            + directory
                            + " is in use by another monitor: stop it, or give this one a"
                            + " directory of its own");
        }
    }

    /** Keeps every record before the first bad one; what is cut off is put beside it. */
    private static Recovery recover(final Path open) throws IOException {
        final String openName = open.toString();
        final Path corrupt =
                Path.of(
                        openName.substring(0, openName.length() - ".open".length())
                                + JournalLayout.CORRUPT_SUFFIX);
        long records = 0;
        final long good;
        final String reason;
        try (SegmentScanner scanner = new SegmentScanner()) {
            final InboundMessage message = new InboundMessage();
            if (!scanner.open(open)) {
                if (scanner.size() == 0) {
                    Files.delete(open);
                    return new Recovery(open, 0, 0, "empty", Optional.empty());
                }
                Files.move(open, corrupt, StandardCopyOption.REPLACE_EXISTING);
                return new Recovery(
                        corrupt, 0, scanner.size(), scanner.reason(), Optional.of(corrupt));
            }
            SegmentScanner.Step step = scanner.next(message);
            while (step == SegmentScanner.Step.RECORD) {
                records += scanner.sequence() == 0 ? 0 : 1;
                step = scanner.next(message);
            }
            good = scanner.offset();
            reason = step == SegmentScanner.Step.END ? "clean" : scanner.reason();
        }
        final long lost = Files.size(open) - good;
        try (FileChannel channel =
                FileChannel.open(open, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (lost > 0) {
                copyTail(channel, good, lost, corrupt);
                channel.truncate(good);
            }
            channel.force(true);
        }
        return new Recovery(
                SegmentFile.close(open),
                records,
                lost,
                reason,
                lost > 0 ? Optional.of(corrupt) : Optional.empty());
    }

    private static void copyTail(
            final FileChannel from, final long offset, final long length, final Path to)
            throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        to,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            long copied = 0;
            while (copied < length) {
                final long step = from.transferTo(offset + copied, length - copied, out);
                if (step <= 0) {
                    break;
                }
                copied += step;
            }
            out.force(true);
        }
    }

    long nextNumber() {
        return ++lastNumber;
    }

    /** Takes a closed segment under retention. */
    void closed(final Path path, final long bytes, final long endNs) {
        closed.addLast(new Closed(path, bytes, endNs));
        closedBytes += bytes;
    }

    /**
     * Deletes the oldest closed segments until the rest is young and small enough.
     *
     * @param openBytes what the open segment takes; it is never deleted
     * @return how many were deleted
     */
    int retain(final long oldestNs, final long maxBytes, final long openBytes) throws IOException {
        int deleted = 0;
        while (!closed.isEmpty()
                && (closed.getFirst().endNs() < oldestNs || closedBytes + openBytes > maxBytes)) {
            final Closed oldest = closed.getFirst();
            try {
                Files.delete(oldest.path());
            } catch (final NoSuchFileException gone) {
                // Somebody moved it away, as one may.
            }
            Files.deleteIfExists(
                    oldest.path()
                            .resolveSibling(
                                    oldest.path().getFileName() + JournalLayout.CORRUPT_SUFFIX));
            closed.removeFirst();
            closedBytes -= oldest.bytes();
            deleted++;
        }
        return deleted;
    }

    long closedBytes() {
        return closedBytes;
    }

    void release() throws IOException {
        if (lockChannel != null) {
            lockChannel.close();
        }
    }
}
