package io.plumbline.inbound;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.util.concurrent.locks.LockSupport;

/**
 * The loop of one consumer thread. The Disruptor's own {@code BatchEventProcessor} passes over a
 * message that it has not seen when its thread is interrupted, ends its thread on an exception
 * unless told otherwise, and cannot stop at a given message; this loop does none of the first two
 * and does the third.
 */
public final class RingConsumer implements Runnable, Progress {
    /** What is done with the cells. Consumer thread only. */
    public interface Intake {
        /** Answer of {@link #size}: the message is not published to its last cell yet. */
        int PARTIAL = 0;

        /** Answer of {@link #size}: a cell without a message. */
        int VOID = -1;

        /** The number of cells of the message that begins at {@code first}, or one of the above. */
        int size(long first, long available);

        /** Handles that message; may throw. */
        void take(long first);

        /** Nothing more is waiting right now; may throw. */
        void onBatchEnd();
    }

    private static final int SPINS = 100;

    /** At a million messages a second a thousand gather in it. */
    private static final long NAP_NS = 1_000_000L;

    private final String role;
    private final Intake intake;
    private final ConsumerFaults faults;
    private final Counters counters;
    private final RingBuffer<?> ring;
    private final SequenceBarrier barrier;
    private final Pace pace;

    /** Written by the consumer thread; everything at or below it may be overwritten. */
    private final Sequence sequence = new Sequence();

    /** Messages handled: written by the consumer thread. */
    private final Sequence consumed = new Sequence(0);

    private volatile long stopAfter = Long.MAX_VALUE;
    private volatile boolean halted;
    private Runnable ended = () -> {};
    private boolean batchOpen;
    private int spins;

    /**
     * @param role the name of the consumer and of its thread
     */
    public RingConsumer(
            final String role,
            final Pace pace,
            final RingBuffer<?> ring,
            final Intake intake,
            final ConsumerFaults faults,
            final Counters counters) {
        this.role = role;
        this.pace = pace;
        this.ring = ring;
        this.intake = intake;
        this.faults = faults;
        this.counters = counters;
        this.barrier = ring.newBarrier();
    }

    @Override
    public String role() {
        return role;
    }

    @Override
    public long position() {
        return sequence.get();
    }

    @Override
    public long backlog() {
        final long position = sequence.get();
        return Math.max(0, ring.getCursor() - position);
    }

    /** Messages handled so far; any thread. */
    public long consumed() {
        return consumed.get();
    }

    Sequence sequence() {
        return sequence;
    }

    void start(final Threads threads, final Runnable ended) {
        this.ended = ended;
        threads.start(role, this);
    }

    /** Lets the thread end by itself once it has taken everything up to {@code last}. */
    void stopAfter(final long last) {
        stopAfter = last;
        barrier.alert();
    }

    /** Lets the thread end after the message that it has in hand. */
    void halt() {
        halted = true;
        barrier.alert();
    }

    @Override
    public void run() {
        try {
            long next = sequence.get() + 1;
            while (!halted && next <= stopAfter) {
                next = takeBatch(next, await(next));
            }
            endBatch();
        } finally {
            ended.run();
        }
    }

    private long await(final long next) {
        if (pace == Pace.SPINS) {
            spin(next);
        }
        try {
            return barrier.waitFor(next);
        } catch (final AlertException stop) {
            barrier.clearAlert();
        } catch (final TimeoutException idle) {
            // The wait strategy looked by itself and found nothing.
        } catch (final InterruptedException stray) {
            // Nobody ends this thread by an interrupt, and none may make it lose its place.
        }
        return next - 1;
    }

    /** Yields between looks: on a machine with few cores the producer may want this one. */
    private void spin(final long next) {
        int looks = 0;
        while (ring.getCursor() < next && !barrier.isAlerted()) {
            if (++looks < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private long takeBatch(final long first, final long available) {
        long next = first;
        while (next <= available && !halted) {
            final int cells = intake.size(next, available);
            if (cells == Intake.PARTIAL) {
                break;
            }
            if (cells > 0) {
                take(next);
            }
            next += Math.abs(cells);
            sequence.set(next - 1);
        }
        if (next == first) {
            pause();
        } else {
            spins = 0;
        }
        if (next > available) {
            endBatch();
            if (next > first && pace == Pace.NAPS) {
                LockSupport.parkNanos(this, NAP_NS);
            }
        }
        return next;
    }

    private void take(final long first) {
        batchOpen = true;
        try {
            intake.take(first);
        } catch (final Throwable thrown) {
            caught(thrown);
        }
        consumed.set(consumed.get() + 1);
    }

    private void endBatch() {
        if (batchOpen) {
            batchOpen = false;
            try {
                intake.onBatchEnd();
            } catch (final Throwable thrown) {
                caught(thrown);
            }
        }
    }

    /** A producer stands between claim and publish: give it a moment, then the core. */
    private void pause() {
        if (++spins < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    private void caught(final Throwable thrown) {
        counters.increment(CounterId.ENGINE_FAULTS);
        try {
            if (thrown instanceof Error && !(thrown instanceof AssertionError)) {
                faults.onFatal(role, (Error) thrown);
            } else {
                faults.onFault(role, thrown);
            }
        } catch (final Throwable again) {
            counters.increment(CounterId.ENGINE_FAULTS);
        }
    }
}
