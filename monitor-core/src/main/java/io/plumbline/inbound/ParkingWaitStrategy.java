package io.plumbline.inbound;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Consumers park, and a producer unparks those that do. The Disruptor's own blocking strategies
 * take a monitor for each message published; where producer and consumer share a core, one spins
 * for it in vain while the other, who holds it, cannot run.
 */
final class ParkingWaitStrategy implements WaitStrategy {
    private static final int SEATS = 8;

    /** Who sleeps; a seat is taken by its sleeper and given up by whoever wakes it. */
    private final AtomicReferenceArray<Thread> asleep = new AtomicReferenceArray<>(SEATS);

    private final long lookNs;

    /**
     * @param lookNs how often a sleeper looks by itself
     */
    ParkingWaitStrategy(final long lookNs) {
        this.lookNs = lookNs;
    }

    @Override
    public long waitFor(
            final long sequence,
            final Sequence cursor,
            final Sequence dependent,
            final SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        while (cursor.get() < sequence) {
            barrier.checkAlert();
            sleep(sequence, cursor, barrier);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        long available = dependent.get();
        while (available < sequence) {
            barrier.checkAlert();
            Thread.onSpinWait();
            available = dependent.get();
        }
        return available;
    }

    /** Sits down first and looks then: who publishes after the look finds the seat taken. */
    private void sleep(final long sequence, final Sequence cursor, final SequenceBarrier barrier) {
        final Thread self = Thread.currentThread();
        int seat = 0;
        while (seat < SEATS && !asleep.compareAndSet(seat, null, self)) {
            seat++;
        }
        if (cursor.get() < sequence && !barrier.isAlerted()) {
            LockSupport.parkNanos(this, lookNs);
        }
        if (seat < SEATS) {
            asleep.compareAndSet(seat, self, null);
        }
    }

    @Override
    public void signalAllWhenBlocking() {
        // What was published is seen before the seats are looked at.
        VarHandle.fullFence();
        for (int seat = 0; seat < SEATS; seat++) {
            final Thread sleeper = asleep.getPlain(seat);
            if (sleeper != null && asleep.compareAndSet(seat, sleeper, null)) {
                LockSupport.unpark(sleeper);
            }
        }
    }
}
