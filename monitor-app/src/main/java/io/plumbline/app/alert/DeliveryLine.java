package io.plumbline.app.alert;

import io.plumbline.app.desk.TokenBucket;
import io.plumbline.time.EpochNanoClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * What waits for one channel. Only the head of each dedup key may go, so a trigger is through
 * before its resolve is tried; keys do not wait for one another. Among those that may go, one that
 * was never tried goes first: after an outage a new page does not queue behind the backlog.
 * Bounded: above its size the oldest parcel is handed back to be given up. Any thread puts, the
 * channel's thread takes.
 */
final class DeliveryLine {
    /** Longest sleep: a manual or stepped clock is looked at again at least this often. */
    private static final long LOOK_AGAIN_MS = 100;

    private final EpochNanoClock clock;
    private final TokenBucket pace;
    private final OutboxSettings settings;
    private final Map<String, Deque<Parcel>> byKey = new LinkedHashMap<>();
    private final Deque<Parcel> fresh = new ArrayDeque<>();
    private final PriorityQueue<Parcel> tried =
            new PriorityQueue<>(Comparator.comparingLong(parcel -> parcel.notBeforeNs));
    private Parcel inFlight;
    private int size;
    private int unsaved;
    private boolean closing;

    DeliveryLine(
            final EpochNanoClock clock,
            final int attemptsPerMinute,
            final OutboxSettings settings) {
        this.clock = clock;
        this.settings = settings;
        pace = new TokenBucket(Math.max(1, attemptsPerMinute / 5), attemptsPerMinute);
    }

    /**
     * Puts {@code parcel} behind what waits under its key.
     *
     * @return the oldest parcel, to be given up, when the line is full; else null
     */
    synchronized Parcel put(final Parcel parcel) {
        final Deque<Parcel> key = byKey.computeIfAbsent(parcel.dedupKey, k -> new ArrayDeque<>());
        key.addLast(parcel);
        size++;
        unsaved += parcel.unsaved == null ? 0 : 1;
        if (key.size() == 1) {
            ready(parcel);
        }
        notifyAll();
        if (unsaved > settings.maxInMemory()) {
            return evict(true);
        }
        return size > settings.maxRows() ? evict(false) : null;
    }

    /**
     * Where short-lived alerts are not sent: takes out the triggers that this resolve makes
     * needless, if none of them was ever tried.
     *
     * @return what was taken out; empty when the resolve must be sent
     */
    synchronized List<Parcel> coalesce(final String dedupKey) {
        final Deque<Parcel> key = byKey.get(dedupKey);
        if (settings.sendShortLived()
                || key == null
                || key.stream().anyMatch(waiting -> waiting.attempts > 0)
                || key.stream().anyMatch(waiting -> waiting.action == Alert.Action.RESOLVE)) {
            return List.of();
        }
        final List<Parcel> needless = new ArrayList<>(key);
        needless.forEach(this::withdraw);
        return needless;
    }

    private Parcel evict(final boolean onlyUnsaved) {
        for (final Deque<Parcel> key : byKey.values()) {
            for (final Parcel oldest : key) {
                if (oldest != inFlight && (!onlyUnsaved || oldest.unsaved != null)) {
                    withdraw(oldest);
                    return oldest;
                }
            }
        }
        return null;
    }

    /**
     * The next parcel to try, or null when the line is closing and nothing may go now, or at {@code
     * untilNs}.
     */
    synchronized Parcel take(final long untilNs) throws InterruptedException {
        while (true) {
            final long nowNs = clock.epochNanos();
            final boolean someFresh = !fresh.isEmpty();
            final boolean due = someFresh || !tried.isEmpty() && tried.peek().notBeforeNs <= nowNs;
            if (due && pace.take(nowNs)) {
                inFlight = someFresh ? fresh.pollFirst() : tried.poll();
                inFlight.attempts++;
                return inFlight;
            }
            if (closing || nowNs >= untilNs) {
                return null;
            }
            TimeUnit.MILLISECONDS.timedWait(this, LOOK_AGAIN_MS);
        }
    }

    /** The parcel in flight is through, or given up: its key moves on. */
    synchronized void done(final Parcel parcel) {
        inFlight = null;
        drop(parcel, byKey.get(parcel.dedupKey));
    }

    /** The parcel in flight goes again, not before this time. */
    synchronized void again(final Parcel parcel, final long notBeforeNs) {
        inFlight = null;
        parcel.notBeforeNs = notBeforeNs;
        ready(parcel);
    }

    /** From now on {@link #take} does not wait. */
    synchronized void close() {
        closing = true;
        notifyAll();
    }

    synchronized boolean isClosing() {
        return closing;
    }

    synchronized int size() {
        return size;
    }

    /** When the oldest of its parcels was accepted; MAX_VALUE for none. */
    synchronized long oldestNs() {
        long oldest = Long.MAX_VALUE;
        for (final Deque<Parcel> key : byKey.values()) {
            oldest = Math.min(oldest, key.getFirst().acceptedNs);
        }
        return oldest;
    }

    /** Takes out one that is not in flight, wherever it stands. */
    private void withdraw(final Parcel parcel) {
        fresh.remove(parcel);
        tried.remove(parcel);
        drop(parcel, byKey.get(parcel.dedupKey));
    }

    private void drop(final Parcel parcel, final Deque<Parcel> key) {
        final boolean wasHead = key.peekFirst() == parcel;
        key.remove(parcel);
        size--;
        unsaved -= parcel.unsaved == null ? 0 : 1;
        if (key.isEmpty()) {
            byKey.remove(parcel.dedupKey);
        } else if (wasHead) {
            ready(key.peekFirst());
            notifyAll();
        }
    }

    private void ready(final Parcel head) {
        if (head.attempts == 0) {
            fresh.addLast(head);
        } else {
            tried.add(head);
        }
    }
}
