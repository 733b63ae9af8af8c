package io.plumbline.journal;

import io.plumbline.inbound.InboundMessage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The bytes of a journal, so that a reader in any language can be written from this page. Numbers
 * are little endian; times are nanoseconds since the epoch.
 *
 * <p>A journal is a directory of segments {@code NNNNNNNNNN.plj}, read in the order of their
 * numbers; one that is still written, or was when its writer died, ends in {@code .plj.open}.
 *
 * <pre>
 * segment header, 64 bytes
 *    0  u64  magic "PLUMLINE"
 *    8  u32  version, 1
 *   12  u32  header bytes, 64
 *   16  u64  number of this segment, the one in its file name
 *   24  u64  sequence of its first record that is not prelude
 *   32  i64  anchor: the stamp of that record
 *   40  u32  crc of the last record of the segment before it; 0: the first segment of a run
 *   44       16 bytes 0
 *   60  u32  CRC32C of bytes 0 to 60
 *
 * record, from offset 64 on, each beginning at a multiple of 8
 *    0  u32  length: of this head and the payload (36 to 16 MiB); 0: no record here
 *    4  u32  CRC32C of the whole record, padding included, with these four bytes as 0
 *    8  u64  sequence: from 1, one more per message in the order of the ring; 0: prelude
 *   16  i64  stamp
 *   24  u8   type: the code of InboundType
 *   25  u8   flags: bit 0 prelude
 *   26  u16  source
 *   28  u32  epoch of the connection
 *   32  u32  messages of this source that the ring dropped before it
 *   36       payload, then 0 to 7 bytes 0
 * </pre>
 *
 * <p>Every segment begins with prelude: CONFIG and SOURCES, which were never in the ring and so
 * have no sequence. A sequence that jumps tells how many messages the writer could not write. Each
 * start of a monitor begins a run, a new segment and again sequence 1.
 */
public final class JournalLayout {
    public static final long MAGIC = 0x454E494C4D554C50L;
    public static final int VERSION = 1;
    public static final int HEADER_BYTES = 64;

    /** Longer payloads are not written. */
    public static final int MAX_PAYLOAD_BYTES = (16 << 20) - 64;

    public static final String SUFFIX = ".plj";
    public static final String OPEN_SUFFIX = ".plj.open";
    public static final String CORRUPT_SUFFIX = ".corrupt";

    static final int NUMBER = 16;
    static final int FIRST_SEQUENCE = 24;
    static final int ANCHOR = 32;
    static final int PREVIOUS_CRC = 40;
    static final int HEADER_CRC = 60;

    static final int CRC = 4;
    static final int SEQUENCE = 8;
    static final int STAMP = 16;
    static final int TYPE = 24;
    static final int FLAGS = 25;
    static final int SOURCE = 26;
    static final int EPOCH = 28;
    static final int DROPPED = 32;
    static final int PAYLOAD = 36;

    static final int PRELUDE_FLAG = 1;
    static final int ALIGNMENT = 8;

    static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private JournalLayout() {}

    /** The bytes that a record of {@code length} takes, with its padding. */
    static int padded(final int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** The file name of a closed segment. */
    static String fileName(final long number) {
        return String.format("%010d%s", number, SUFFIX);
    }

    static ByteBuffer header(
            final long number,
            final long firstSequence,
            final long anchorNs,
            final int previousCrc) {
        final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(0, MAGIC).putInt(8, VERSION).putInt(12, HEADER_BYTES);
        header.putLong(NUMBER, number).putLong(FIRST_SEQUENCE, firstSequence);
        header.putLong(ANCHOR, anchorNs).putInt(PREVIOUS_CRC, previousCrc);
        return header.putInt(HEADER_CRC, headerCrc(header.array()));
    }

    static int headerCrc(final byte[] header) {
        final CRC32C crc = new CRC32C();
        crc.update(header, 0, HEADER_CRC);
        return (int) crc.getValue();
    }

    /**
     * Appends {@code message} as a record; allocates nothing.
     *
     * @param into little endian, with room for it
     */
    static void put(
            final ByteBuffer into,
            final CRC32C crc,
            final long sequence,
            final int flags,
            final InboundMessage message) {
        final int start = into.position();
        final int length = PAYLOAD + message.length;
        into.putInt(length).putInt(0).putLong(sequence).putLong(message.stampNs);
        into.put((byte) message.type.code()).put((byte) flags).putShort((short) message.source);
        into.putInt(message.epoch).putInt(message.droppedBefore);
        into.put(message.bytes, message.offset, message.length);
        for (int i = padded(length) - length; i > 0; i--) {
            into.put((byte) 0);
        }
        final int end = into.position();
        final int limit = into.limit();
        crc.reset();
        crc.update(into.position(start).limit(end));
        into.limit(limit).putInt(start + CRC, (int) crc.getValue());
    }
}
