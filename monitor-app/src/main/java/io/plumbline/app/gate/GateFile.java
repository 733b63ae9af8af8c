package io.plumbline.app.gate;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The gate in a file for engines on the same host: mapped by both, read in some ten nanoseconds
 * without a system call. A slot per symbol, sorted by its bytes, each under a seqlock. Little
 * endian; every number of eight bytes stands at a multiple of eight.
 *
 * <pre>
 *   at  size  header, 64 bytes
 *    0     8  the text PLUMGATE
 *    8     4  version, now 1
 *   12     4  n, number of slots
 *   16     8  heartbeat: CLOCK_MONOTONIC of this host, ns; renewed five times a second
 *   24     8  patience, ns: with an older heartbeat everything is CLOSED
 *   32     8  sequence of the header's next two numbers, odd while they are written
 *   40     8  state of all symbols: 0 OPEN, 1 CAUTION, 2 CLOSED
 *   48     8  epoch of that state
 *
 *   at  size  slot i, 256 bytes, at 64 + 256 * i
 *    0     8  sequence, odd while the slot is written
 *    8     8  state
 *   16     8  epoch, grows with every change
 *   24     8  since when, ns since the epoch
 *   32     2  bytes of the symbol, then at 40 the symbol, UTF-8, at most 64
 *   34     2  bytes of the reason, then at 104 the reason, UTF-8, at most 152
 * </pre>
 *
 * <p>To read a slot: its sequence, again while it is odd; what is wanted; the sequence once more,
 * and all of it again when it is another. Then the heartbeat: CLOSED when older than the patience.
 * A monitor that starts makes a new file and renames it over the old, whose heartbeat has stopped:
 * a reader that finds a heartbeat too old opens the file anew.
 *
 * <p>Desk's threads, one at a time.
 */
public final class GateFile implements Gate.Listener, AutoCloseable {
    /** With an older heartbeat a reader takes everything for closed. */
    public static final long PATIENCE_NS = 1_000_000_000L;

    private static final byte[] MAGIC = "PLUMGATE".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEADER = 64;
    private static final int SLOT = 256;
    private static final int HEARTBEAT_AT = 16;
    private static final int PATIENCE_AT = 24;
    private static final int OVERALL_AT = 32;
    private static final int SYMBOL_AT = 40;
    private static final int LONGEST_SYMBOL = 64;
    private static final int REASON_AT = 104;
    private static final int LONGEST_REASON = 152;
    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final MappedByteBuffer map;
    private final LongSupplier monotonicNs;
    private final int[] slots;

    /**
     * Makes the file anew, everything closed.
     *
     * @param symbols by the gate's index
     * @param monotonicNs this host's CLOCK_MONOTONIC
     * @throws IOException where it cannot be made, or a symbol is too long for it
     */
    public GateFile(final Path file, final List<String> symbols, final LongSupplier monotonicNs)
            throws IOException {
        this.monotonicNs = monotonicNs;
        slots = new int[symbols.size()];
        final Path parent = file.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        final Path fresh = parent.resolve(file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            final int length = HEADER + SLOT * symbols.size();
            allocate(channel, length);
            map = channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
        } catch (final IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        map.order(ByteOrder.LITTLE_ENDIAN);
        lay(symbols);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Takes the blocks before anything is mapped: a full disk is an error here, and the end of the
     * process where a mapped page is written that has none.
     */
    private static void allocate(final FileChannel channel, final int length) throws IOException {
        final ByteBuffer zeros = ByteBuffer.allocate(length);
        while (zeros.hasRemaining()) {
            channel.write(zeros);
        }
    }

    private void lay(final List<String> symbols) throws IOException {
        final List<Integer> sorted = new ArrayList<>();
        final List<byte[]> names = new ArrayList<>();
        for (final String symbol : symbols) {
            final byte[] name = symbol.getBytes(StandardCharsets.UTF_8);
            if (name.length > LONGEST_SYMBOL) {
                throw new IOException(
                        "the symbol "
                                + symbol
                                + " has "
                                + name.length
                                + " bytes, the gate file holds at most "
                                + LONGEST_SYMBOL);
            }
            sorted.add(names.size());
            names.add(name);
        }
        sorted.sort((a, b) -> java.util.Arrays.compareUnsigned(names.get(a), names.get(b)));
        for (int slot = 0; slot < sorted.size(); slot++) {
            final int at = HEADER + SLOT * slot;
            final byte[] name = names.get(sorted.get(slot));
            slots[sorted.get(slot)] = at;
            map.putLong(at + 8, GateState.CLOSED.ordinal());
            map.putShort(at + 32, (short) name.length);
            map.put(at + SYMBOL_AT, name);
        }
        map.putLong(OVERALL_AT + 8, GateState.CLOSED.ordinal());
        map.putLong(PATIENCE_AT, PATIENCE_NS);
        map.putInt(8, VERSION);
        map.putInt(12, symbols.size());
        map.put(0, MAGIC);
    }

    @Override
    public void onChange(final int index, final GateReading reading) {
        final int at = slots[index];
        final byte[] reason = reading.reason().getBytes(StandardCharsets.UTF_8);
        final int length = whole(reason, LONGEST_REASON);
        final long sequence = begin(at);
        map.putLong(at + 8, reading.state().ordinal());
        map.putLong(at + 16, reading.epoch());
        map.putLong(at + 24, reading.sinceNs());
        map.putShort(at + 34, (short) length);
        map.put(at + REASON_AT, reason, 0, length);
        end(at, sequence);
    }

    @Override
    public void onJudged(final GateReading overall, final boolean vouches, final long nowNs) {
        if ((long) LONG.getOpaque(map, OVERALL_AT + 16) != overall.epoch()) {
            final long sequence = begin(OVERALL_AT);
            map.putLong(OVERALL_AT + 8, overall.state().ordinal());
            map.putLong(OVERALL_AT + 16, overall.epoch());
            end(OVERALL_AT, sequence);
        }
        if (vouches) {
            LONG.setRelease(map, HEARTBEAT_AT, monotonicNs.getAsLong());
        }
    }

    /** The number of bytes that fit without cutting a character. */
    private static int whole(final byte[] text, final int most) {
        int length = Math.min(text.length, most);
        while (length > 0 && length < text.length && (text[length] & 0xc0) == 0x80) {
            length--;
        }
        return length;
    }

    private long begin(final int at) {
        final long sequence = (long) LONG.getOpaque(map, at) + 1;
        LONG.setOpaque(map, at, sequence);
        VarHandle.storeStoreFence();
        return sequence;
    }

    private void end(final int at, final long sequence) {
        LONG.setRelease(map, at, sequence + 1);
    }

    /** Ends the heartbeat: readers take everything for closed at once. */
    @Override
    public void close() {
        LONG.setRelease(map, HEARTBEAT_AT, 0L);
    }

    /** For tests and tools: the bytes as a reader maps them. */
    ByteBuffer bytes() {
        return map.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
