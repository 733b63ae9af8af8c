package io.plumbline.feed.redis;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Keys that the push connection spoke of and that are to be read: between exactly one push thread
 * and one data thread, without locks. A key stands in it at most once, however often it is
 * mentioned, so the bound is the number of keys and it can never be full; the stamp of the first
 * mention and the kinds of all mentions are kept until the key is taken.
 */
final class DirtyKeys {
    /** Kinds of mention that are more than "something was written". */
    static final int DELETED = 1;

    static final int EXPIRED = 2;
    static final int EVICTED = 4;

    private final AtomicLongArray firstNs;
    private final AtomicIntegerArray kinds;
    private final AtomicIntegerArray queue;
    private final AtomicInteger tail = new AtomicInteger();
    private final int mask;
    private int head;
    private volatile boolean everything;
    private volatile boolean woken;
    private volatile Thread parked;

    DirtyKeys(final int keys) {
        firstNs = new AtomicLongArray(Math.max(1, keys));
        kinds = new AtomicIntegerArray(Math.max(1, keys));
        queue = new AtomicIntegerArray(Integer.highestOneBit(Math.max(1, keys)) << 1);
        mask = queue.length() - 1;
    }

    /** Push thread: {@code key} was mentioned at {@code nowNs}. */
    void mark(final int key, final int kind, final long nowNs) {
        if (kind != 0) {
            kinds.getAndUpdate(key, before -> before | kind);
        }
        if (firstNs.compareAndSet(key, 0, nowNs)) {
            final int slot = tail.get();
            queue.set(slot & mask, key);
            tail.set(slot + 1);
            wake();
        }
    }

    /** Push thread: everything may have changed (a null invalidation). */
    void markEverything() {
        everything = true;
        wake();
    }

    /** Any thread: ends the data thread's pause. */
    void wake() {
        woken = true;
        final Thread waiter = parked;
        if (waiter != null) {
            LockSupport.unpark(waiter);
        }
    }

    /**
     * Data thread: takes up to {@code batch}'s room. A key mentioned again from now on will come
     * again, so a read that follows this call and loses the race is repeated.
     */
    void drainTo(final ReadBatch batch) {
        final int end = tail.get();
        while (head != end && batch.size < ReadBatch.LIMIT) {
            final int key = queue.get(head & mask);
            head++;
            final long stampNs = firstNs.getAndSet(key, 0);
            batch.add(key, stampNs, kinds.getAndSet(key, 0));
        }
    }

    /** Data thread: whether everything was marked since the last call. */
    boolean takeEverything() {
        if (everything) {
            everything = false;
            return true;
        }
        return false;
    }

    /** Data thread: whether {@code key} waits to be read. */
    boolean contains(final int key) {
        return firstNs.get(key) != 0;
    }

    /**
     * Data thread: pauses until a mention, {@link #wake} or {@code nanos} have passed. Whoever
     * returns from here drains before pausing again, so no mention is slept over.
     */
    void await(final long nanos) {
        parked = Thread.currentThread();
        if (!woken && nanos > 0 && head == tail.get()) {
            LockSupport.parkNanos(this, nanos);
        }
        woken = false;
        parked = null;
    }
}
