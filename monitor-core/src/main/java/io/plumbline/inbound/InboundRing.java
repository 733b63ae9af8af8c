package io.plumbline.inbound;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.ProducerType;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The one order: every message of every source, as bytes, in the sequence in which it came in.
 *
 * <p>Any thread offers and none waits. When there is no room, or the message is longer than the
 * ring takes, it is dropped and counted, and the next message of its source carries how many went
 * missing. Every role sees every message, on a thread of its own; a cell is free again when the
 * slowest has taken it. Nothing is allocated per message.
 */
public final class InboundRing implements Inbound {
    /**
     * The shape of the ring.
     *
     * @param cells how many, a power of two
     * @param cellBytes payload bytes per cell: a message that fits takes one cell
     * @param waitKind how consumers wait
     * @param maxMessageBytes longer messages are dropped; so are those of more than half the ring
     */
    public record Settings(int cells, int cellBytes, WaitKind waitKind, int maxMessageBytes) {
        private static final int MIN_CELLS = 4;
        private static final int MIN_CELL_BYTES = 16;
        private static final long MAX_BYTES = 1L << 30;

        public Settings {
            Objects.requireNonNull(waitKind, "waitKind");
            check(
                    cells >= MIN_CELLS && Integer.bitCount(cells) == 1,
                    "ring cells must be a power of two and at least 4, not " + cells);
            check(
                    cellBytes >= MIN_CELL_BYTES,
                    "ring cell bytes must be at least 16, not " + cellBytes);
            check(
                    (long) cells * cellBytes <= MAX_BYTES,
                    "ring cells x cell bytes must not exceed 1 GiB: lower one of the two");
            check(
                    maxMessageBytes > 0,
                    "ring max message bytes must be positive, not " + maxMessageBytes);
        }

        private static void check(final boolean holds, final String message) {
            if (!holds) {
                throw new IllegalArgumentException(message);
            }
        }
    }

    /**
     * One consumer.
     *
     * @param name also the name of its thread
     */
    public record Role(String name, InboundHandler handler, Pace pace) {
        public Role(final String name, final InboundHandler handler) {
            this(name, handler, Pace.WOKEN);
        }
    }

    /** Ids of sources are written to journals in 16 bits. */
    private static final int MAX_SOURCES = 1 << 16;

    private static final byte[] NOTHING = {};

    /** The last 1/64 of the ring is kept for sessions, facts and time, which are said only once. */
    private static final int RESERVE_SHARE = 64;

    private static final int RESERVE_FROM = 1_024;
    private static final int NAP_FROM = 16_384;

    private final Settings settings;
    private final Counters counters;
    private final Threads threads;
    private final ConsumerFaults faults;
    private final RingBuffer<Cell> ring;
    private final Slab slab;
    private final PendingDrops drops;
    private final int longest;
    private final int reserve;
    private final long countedBefore;

    private volatile boolean accepting;
    private volatile ConsumerGroup group;
    private Shutdown shutdown;

    /**
     * @param sourceCount ids of sources run from 0 up to this, 65,536 at most
     * @param counters nobody else may count INBOUND_MESSAGES in them
     * @param threads makes one thread per role
     * @param faults told of what a handler throws
     */
    public InboundRing(
            final Settings settings,
            final int sourceCount,
            final Counters counters,
            final Threads threads,
            final ConsumerFaults faults) {
        Settings.check(
                sourceCount > 0 && sourceCount <= MAX_SOURCES,
                "the inbound ring takes 1 to 65,536 sources, not " + sourceCount);
        this.settings = settings;
        this.counters = counters;
        this.threads = threads;
        this.faults = faults;
        this.ring =
                RingBuffer.create(
                        ProducerType.MULTI,
                        Cell::new,
                        settings.cells(),
                        settings.waitKind().strategy());
        this.slab = new Slab(settings.cells(), settings.cellBytes());
        this.drops = new PendingDrops(sourceCount);
        this.reserve = settings.cells() < RESERVE_FROM ? 0 : settings.cells() / RESERVE_SHARE;
        this.longest =
                Math.min(settings.maxMessageBytes(), settings.cells() / 2 * settings.cellBytes());
        this.countedBefore = counters.get(CounterId.INBOUND_MESSAGES);
    }

    /** Starts the consumers; from here on messages are accepted. Once. */
    public synchronized void start(final Role... roles) {
        if (group != null || shutdown != null) {
            throw new IllegalStateException("the inbound ring was started before");
        }
        group =
                new ConsumerGroup(
                        ring,
                        Stream.of(roles)
                                .map(
                                        role ->
                                                new RingConsumer(
                                                        role.name(),
                                                        pace(role),
                                                        ring,
                                                        new CellIntake(ring, slab, role.handler()),
                                                        faults,
                                                        counters))
                                .toList());
        group.start(threads);
        accepting = true;
    }

    /** In a small ring too much would gather in a nap. */
    private Pace pace(final Role role) {
        return role.pace() == Pace.NAPS && settings.cells() < NAP_FROM ? Pace.WOKEN : role.pace();
    }

    @Override
    public boolean offer(
            final InboundType type,
            final int source,
            final int epoch,
            final long stampNs,
            final byte[] bytes,
            final int offset,
            final int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return put(type, source, epoch, stampNs, bytes, null, offset, length)
                || dropped(source, epoch);
    }

    @Override
    public boolean offer(
            final InboundType type,
            final int source,
            final int epoch,
            final long stampNs,
            final ByteBuffer payload) {
        return put(
                        type,
                        source,
                        epoch,
                        stampNs,
                        null,
                        payload,
                        payload.position(),
                        payload.remaining())
                || dropped(source, epoch);
    }

    /**
     * Offers an empty HEARTBEAT for every source that dropped messages and had none since to say
     * so. The timer calls it; what still finds no room stays pending and is not counted again.
     */
    public void flushDrops(final long stampNs) {
        for (int source = 0; source < drops.sources(); source++) {
            if (drops.pending(source) > 0) {
                put(
                        InboundType.HEARTBEAT,
                        source,
                        drops.epoch(source),
                        stampNs,
                        NOTHING,
                        null,
                        0,
                        0);
            }
        }
    }

    /** Either {@code bytes} or {@code buffer} is given. */
    private boolean put(
            final InboundType type,
            final int source,
            final int epoch,
            final long stampNs,
            final byte[] bytes,
            final ByteBuffer buffer,
            final int offset,
            final int length) {
        Objects.requireNonNull(type, "type");
        Objects.checkIndex(source, drops.sources());
        if (!accepting || length > longest) {
            return false;
        }
        final int cells = slab.cells(length);
        if (reserve > 0 && isData(type) && !ring.hasAvailableCapacity(cells + reserve)) {
            return false;
        }
        final long last;
        try {
            last = ring.tryNext(cells);
        } catch (final InsufficientCapacityException full) {
            return false;
        }
        final long first = last - cells + 1;
        boolean filled = false;
        try {
            // Asked again after the claim: see close.
            if (accepting) {
                if (buffer == null) {
                    slab.write(first, bytes, offset, length);
                } else {
                    slab.write(first, buffer, offset, length);
                }
                ring.get(first).set(type, source, epoch, drops.take(source), stampNs, length);
                counters.increment(CounterId.INBOUND_MESSAGES);
                counters.add(CounterId.INBOUND_BYTES, length);
                filled = true;
            }
        } finally {
            // Whatever happens, a claimed cell is published: one that is not stops every consumer.
            if (!filled) {
                giveUp(first, last);
            }
            ring.publish(first, last);
        }
        return filled;
    }

    /** While less than half of the ring is taken; a ring that is closed takes all, and drops it. */
    @Override
    public boolean hasRoomToSpare() {
        return !accepting || ring.hasAvailableCapacity(settings.cells() / 2);
    }

    /** What comes in masses; all else is said once and must find room. */
    private static boolean isData(final InboundType type) {
        return type == InboundType.FRAME_TEXT
                || type == InboundType.FRAME_BINARY
                || type == InboundType.REDIS_VALUE;
    }

    private void giveUp(final long first, final long last) {
        for (long sequence = first; sequence <= last; sequence++) {
            ring.get(sequence).giveUp();
        }
    }

    private boolean dropped(final int source, final int epoch) {
        counters.increment(CounterId.INBOUND_DROPPED);
        drops.add(source, epoch);
        return false;
    }

    /** Dropped messages of {@code source} that no message of it has told yet. */
    public long pendingDrops(final int source) {
        return drops.pending(source);
    }

    /** The consumers, for the watchdog; empty before {@link #start}. */
    public List<? extends Progress> progress() {
        final ConsumerGroup started = group;
        return started == null ? List.of() : started.consumers();
    }

    /** Cells in all. */
    public int capacity() {
        return settings.cells();
    }

    /** Cells that the slowest consumer leaves free. */
    public long remaining() {
        return group == null ? capacity() : ring.remainingCapacity();
    }

    /** Messages accepted since the ring was made. */
    public long published() {
        return counters.get(CounterId.INBOUND_MESSAGES) - countedBefore;
    }

    /**
     * Stops accepting, waits until every role has handled everything that was accepted, and ends
     * their threads; after {@code timeoutNs} it gives up on those that have not. Producers may
     * still be offering: what they offer is dropped and counted.
     *
     * <p>The end is exact. A producer first claims and then asks whether the ring accepts; this
     * method first says that it does not and then reads the last claim. So whoever claims after
     * that reading knows, and leaves its cells empty. And a message is counted before it is
     * published, so that one which was handled was counted.
     */
    public synchronized Shutdown close(final long timeoutNs) {
        if (shutdown == null) {
            accepting = false;
            VarHandle.fullFence();
            shutdown =
                    group == null
                            ? new Shutdown(0, Map.of(), true)
                            : group.close(ring.getCursor(), this::published, timeoutNs);
        }
        return shutdown;
    }
}
