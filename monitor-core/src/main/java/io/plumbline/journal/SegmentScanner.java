package io.plumbline.journal;

import static io.plumbline.journal.JournalLayout.ANCHOR;
import static io.plumbline.journal.JournalLayout.CRC;
import static io.plumbline.journal.JournalLayout.DROPPED;
import static io.plumbline.journal.JournalLayout.EPOCH;
import static io.plumbline.journal.JournalLayout.FIRST_SEQUENCE;
import static io.plumbline.journal.JournalLayout.FLAGS;
import static io.plumbline.journal.JournalLayout.HEADER_BYTES;
import static io.plumbline.journal.JournalLayout.HEADER_CRC;
import static io.plumbline.journal.JournalLayout.INT;
import static io.plumbline.journal.JournalLayout.LONG;
import static io.plumbline.journal.JournalLayout.MAGIC;
import static io.plumbline.journal.JournalLayout.MAX_PAYLOAD_BYTES;
import static io.plumbline.journal.JournalLayout.PAYLOAD;
import static io.plumbline.journal.JournalLayout.PRELUDE_FLAG;
import static io.plumbline.journal.JournalLayout.PREVIOUS_CRC;
import static io.plumbline.journal.JournalLayout.SEQUENCE;
import static io.plumbline.journal.JournalLayout.SHORT;
import static io.plumbline.journal.JournalLayout.SOURCE;
import static io.plumbline.journal.JournalLayout.STAMP;
import static io.plumbline.journal.JournalLayout.TYPE;
import static io.plumbline.journal.JournalLayout.VERSION;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Walks the records of one segment after the other through one large buffer, and believes none that
 * it has not checked. Reads with a channel, not a mapping: a file that is cut short meanwhile must
 * not bring the process down. One thread; allocates nothing per record.
 */
final class SegmentScanner implements Closeable {
    /** What {@link #next} came upon. */
    enum Step {
        RECORD,
        /** The segment ends after a whole record. */
        END,
        /** Nothing from {@link #offset()} on can be believed: see {@link #reason()}. */
        BAD
    }

    private static final int BUFFER_BYTES = 1 << 20;

    private final CRC32C crc = new CRC32C();
    private byte[] buffer = new byte[BUFFER_BYTES];
    private ByteBuffer view = ByteBuffer.wrap(buffer);
    private int start;
    private int end;

    private FileChannel channel;
    private long size;
    private long offset;
    private int recordBytes;
    private String reason = "";

    private long anchorNs;
    private long expected;
    private int previousCrc;

    private long sequence;
    private long missing;
    private int lastCrc;

    /** Opens a segment and checks its header; false: it is BAD from offset 0 on. */
    boolean open(final Path path) throws IOException {
        close();
        size = 0;
        start = 0;
        end = 0;
        offset = 0;
        recordBytes = 0;
        sequence = 0;
        missing = 0;
        lastCrc = 0;
        reason = "";
        channel = FileChannel.open(path, StandardOpenOption.READ);
        size = channel.size();
        if (!available(HEADER_BYTES)) {
            return bad("the file ends inside the segment header");
        }
        if ((long) LONG.get(buffer, 0) != MAGIC) {
            return bad("not a journal segment: the first eight bytes are not PLUMLINE");
        }
        final int version = (int) INT.get(buffer, 8);
        if (version != VERSION) {
            return bad("version " + version + " of the layout, this build reads " + VERSION);
        }
        if ((int) INT.get(buffer, HEADER_CRC) != JournalLayout.headerCrc(buffer)) {
            return bad("the checksum of the segment header is wrong");
        }
        expected = (long) LONG.get(buffer, FIRST_SEQUENCE);
        anchorNs = (long) LONG.get(buffer, ANCHOR);
        previousCrc = (int) INT.get(buffer, PREVIOUS_CRC);
        recordBytes = HEADER_BYTES;
        return true;
    }

    /** Shows the next record; its bytes stay valid until the next call. */
    Step next(final InboundMessage into) throws IOException {
        offset += recordBytes;
        start += recordBytes;
        recordBytes = 0;
        if (offset >= size) {
            return Step.END;
        }
        if (!available(PAYLOAD)) {
            return stop("the file ends inside a record");
        }
        final int length = (int) INT.get(buffer, start);
        if (length == 0) {
            return stop("zeros where a record should begin");
        }
        if (length < PAYLOAD || length - PAYLOAD > MAX_PAYLOAD_BYTES) {
            return stop("impossible record length");
        }
        final int padded = JournalLayout.padded(length);
        if (!available(padded)) {
            return stop("the file ends inside a record");
        }
        final int told = (int) INT.get(buffer, start + CRC);
        INT.set(buffer, start + CRC, 0);
        crc.reset();
        crc.update(buffer, start, padded);
        if ((int) crc.getValue() != told) {
            return stop("the checksum of a record is wrong");
        }
        final InboundType type = InboundType.ofCode(buffer[start + TYPE]);
        if (type == null) {
            return stop("unknown message type " + buffer[start + TYPE]);
        }
        if (!follows((long) LONG.get(buffer, start + SEQUENCE))) {
            return stop("the sequence of records goes backwards");
        }
        lastCrc = told;
        recordBytes = padded;
        into.set(
                type,
                Short.toUnsignedInt((short) SHORT.get(buffer, start + SOURCE)),
                (int) INT.get(buffer, start + EPOCH),
                (int) INT.get(buffer, start + DROPPED),
                (long) LONG.get(buffer, start + STAMP),
                buffer,
                start + PAYLOAD,
                length - PAYLOAD);
        return Step.RECORD;
    }

    private boolean follows(final long found) {
        missing = 0;
        if ((buffer[start + FLAGS] & PRELUDE_FLAG) != 0) {
            sequence = 0;
            return found == 0;
        }
        if (found < expected) {
            return false;
        }
        missing = found - expected;
        sequence = found;
        expected = found + 1;
        return true;
    }

    /**
     * Has {@code count} bytes from {@link #start} on in the buffer; false: the file ends before.
     */
    private boolean available(final int count) throws IOException {
        if (end - start >= count) {
            return true;
        }
        if (size - offset < count) {
            return false;
        }
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (buffer.length < count) {
            buffer = Arrays.copyOf(buffer, Math.max(count, 2 * buffer.length));
            view = ByteBuffer.wrap(buffer);
        }
        view.limit(buffer.length).position(end);
        while (end < count) {
            final int read = channel.read(view);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    private boolean bad(final String why) {
        reason = why;
        return false;
    }

    private Step stop(final String why) {
        reason = why;
        return Step.BAD;
    }

    /** Where the record in hand begins; after END or BAD, where the good part ends. */
    long offset() {
        return offset;
    }

    /** Bytes of the segment taken so far, with the record in hand. */
    long taken() {
        return offset + recordBytes;
    }

    long size() {
        return size;
    }

    String reason() {
        return reason;
    }

    long anchorNs() {
        return anchorNs;
    }

    int previousCrc() {
        return previousCrc;
    }

    /** Of the record in hand; 0 for prelude. */
    long sequence() {
        return sequence;
    }

    /** What the next record is expected to be. */
    long expected() {
        return expected;
    }

    /** Records that the writer lost right before the one in hand. */
    long missing() {
        return missing;
    }

    /** Of the last good record. */
    int lastCrc() {
        return lastCrc;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
