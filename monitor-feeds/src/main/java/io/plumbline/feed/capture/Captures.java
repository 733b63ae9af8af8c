package io.plumbline.feed.capture;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import io.plumbline.inbound.Threads;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens recordings, recognising compression and format by content; names mean nothing. */
public final class Captures {
    /** Bytes that are looked at to recognise a format. */
    private static final int PEEK = 1 << 16;

    private static final int BUFFER = 1 << 16;

    private Captures() {}

    /**
     * Opens a recording.
     *
     * @throws IOException where it cannot be read, and where it is none that we know
     */
    public static CaptureReader open(final Path path) throws IOException {
        return open(path, null);
    }

    /**
     * Opens a recording.
     *
     * @param threads makes the thread that unpacks and cuts into lines ahead of the reader; null to
     *     do so on the reader's own
     * @throws IOException where it cannot be read, and where it is none that we know
     */
    public static CaptureReader open(final Path path, final Threads threads) throws IOException {
        final CountedInput file = new CountedInput(Files.newInputStream(path));
        final BufferedInputStream in = plain(path, file);
        try {
            final CaptureFormat format = format(in);
            if (format == null) {
                throw new IOException(
                        path
                                + " is no recording that Plumbline knows: its lines are neither"
                                + " \"<receive time> <json>\", nor Tardis raw, nor cryptofeed text"
                                + " or jsonl");
            }
            final Lines lines = new LineReader(in, CaptureReader.MAX_LINE_BYTES, file::bytes);
            return new CaptureReader(
                    threads == null ? lines : new LinesAhead(lines, threads), format);
        } catch (final IOException e) {
            in.close();
            throw e;
        }
    }

    /** The format of a file, empty where it is no recording that we know. */
    public static Optional<CaptureFormat> recognise(final Path path) throws IOException {
        try (BufferedInputStream in = plain(path, Files.newInputStream(path))) {
            return Optional.ofNullable(format(in));
        }
    }

    /** The content without its compression. */
    private static BufferedInputStream plain(final Path path, final InputStream file)
            throws IOException {
        final BufferedInputStream in = new BufferedInputStream(file, BUFFER);
        try {
            in.mark(4);
            final byte[] magic = in.readNBytes(4);
            in.reset();
            if (starts(magic, 0x1F, 0x8B)) {
                return new BufferedInputStream(new GZIPInputStream(in, BUFFER), PEEK);
            }
            if (starts(magic, 0x28, 0xB5, 0x2F, 0xFD)) {
                return new BufferedInputStream(new ZstdInputStream(in), PEEK);
            }
            return in;
        } catch (final IOException e) {
            in.close();
            throw new IOException(path + " cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private static boolean starts(final byte[] bytes, final int... magic) {
        boolean equal = bytes.length >= magic.length;
        for (int i = 0; equal && i < magic.length; i++) {
            equal = (bytes[i] & 0xFF) == magic[i];
        }
        return equal;
    }

    /** Looks at the first lines without consuming them; null where no format knows any. */
    private static CaptureFormat format(final BufferedInputStream in) throws IOException {
        final byte[] head = new byte[PEEK];
        in.mark(PEEK);
        int length = 0;
        try {
            for (int count = 0; count >= 0 && length < PEEK; length += Math.max(count, 0)) {
                count = in.read(head, length, PEEK - length);
            }
        } catch (final EOFException | ZipException | ZstdIOException e) {
            if (length == 0) {
                throw e;
            }
        }
        in.reset();
        for (int from = 0; from < length; ) {
            int to = from;
            while (to < length && head[to] != '\n') {
                to++;
            }
            for (final CaptureFormat format : CaptureFormat.values()) {
                if (to > from && format.lines().recognises(head, from, to)) {
                    return format;
                }
            }
            from = to + 1;
        }
        return null;
    }
}
