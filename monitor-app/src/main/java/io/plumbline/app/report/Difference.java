package io.plumbline.app.report;

import io.plumbline.app.replay.Onlooker;
import io.plumbline.inbound.InboundMessage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares two streams of findings, both in the order of their times, as they go by. Equal lines
 * are the same finding. What is left over waits {@value #PATIENCE_NS} ns of data time: of two that
 * have kind, edge and fingerprint in common the finding changed; one alone is new or gone. Memory
 * is bounded: when too many wait, the oldest is decided early. One thread.
 */
public final class Difference implements Onlooker {
    /** So far apart two findings may be and still be the same one under other thresholds. */
    static final long PATIENCE_NS = 60_000_000_000L;

    /** Findings of each side that wait. */
    static final int MOST_WAITING = 20_000;

    /** Takes what is not the same. */
    @FunctionalInterface
    public interface Changes {
        void change(Change change) throws IOException;
    }

    private static final class Waiting {
        final FindingLine line;
        boolean decided;

        Waiting(final FindingLine line) {
            this.line = line;
        }
    }

    /** The undecided findings of one side. */
    private static final class Side {
        final Deque<Waiting> byTime = new ArrayDeque<>();
        final Map<String, Deque<Waiting>> bySame = new HashMap<>();

        void add(final FindingLine line) {
            final Waiting waiting = new Waiting(line);
            byTime.add(waiting);
            bySame.computeIfAbsent(line.same(), same -> new ArrayDeque<>()).add(waiting);
        }

        /** Takes out the first of the same that is near, or the equal one; null without. */
        FindingLine take(final FindingLine line, final boolean equal) {
            final Deque<Waiting> all = bySame.get(line.same());
            if (all == null) {
                return null;
            }
            for (final Waiting waiting : all) {
                if (equal
                        ? waiting.line.json().equals(line.json())
                        : Math.abs(waiting.line.atNs() - line.atNs()) <= PATIENCE_NS) {
                    decide(waiting);
                    return waiting.line;
                }
            }
            return null;
        }

        void decide(final Waiting waiting) {
            waiting.decided = true;
            final Deque<Waiting> all = bySame.get(waiting.line.same());
            all.remove(waiting);
            if (all.isEmpty()) {
                bySame.remove(waiting.line.same());
            }
        }
    }

    private final FindingsFile file;
    private final long fromNs;
    private final long toNs;
    private final Changes changes;
    private final int mostWaiting;
    private final DifferenceCount count = new DifferenceCount();
    private final Side before = new Side();
    private final Side after = new Side();
    private FindingLine next;
    private long firstNs = Long.MAX_VALUE;
    private long lastNs = Long.MIN_VALUE;
    private long outside;

    /**
     * @param file the findings to compare with
     * @param fromNs findings before this time are not compared
     * @param toNs nor those after it
     */
    public Difference(
            final FindingsFile file, final long fromNs, final long toNs, final Changes changes)
            throws IOException {
        this(file, fromNs, toNs, changes, MOST_WAITING);
    }

    Difference(
            final FindingsFile file,
            final long fromNs,
            final long toNs,
            final Changes changes,
            final int mostWaiting)
            throws IOException {
        this.mostWaiting = mostWaiting;
        this.file = file;
        this.fromNs = fromNs;
        this.toNs = toNs;
        this.changes = changes;
        next = file.next();
    }

    @Override
    public void onMessage(final InboundMessage message, final long nowNs, final boolean told) {
        if (told) {
            firstNs = Math.min(firstNs, message.stampNs);
            lastNs = Math.max(lastNs, nowNs);
        }
    }

    /** The replay's next finding. */
    public void after(final String json) throws IOException {
        final FindingLine line = FindingLine.of(json);
        firstNs = Math.min(firstNs, line.atNs());
        readUpTo(line.atNs());
        if (before.take(line, true) == null) {
            after.add(line);
        } else {
            count.same(line);
        }
        decide(line.atNs() - PATIENCE_NS);
    }

    /** There are no more; returns what it came to. */
    public DifferenceCount end() throws IOException {
        readUpTo(Math.min(toNs, lastNs));
        for (; next != null; next = file.next()) {
            outside++;
        }
        decide(Long.MAX_VALUE);
        count.notes(file.unreadable(), file.firstUnreadable(), file.self(), outside);
        return count;
    }

    /** A finding of the file may have come right before the message that begins the recording. */
    private void readUpTo(final long atNs) throws IOException {
        for (; next != null && next.atNs() <= atNs; next = file.next()) {
            if (next.atNs() < Math.max(fromNs, firstNs) || next.atNs() > toNs) {
                outside++;
            } else if (after.take(next, true) == null) {
                before.add(next);
            } else {
                count.same(next);
            }
            if (before.byTime.size() > mostWaiting) {
                decide(before.byTime.peek().line.atNs());
            }
        }
    }

    /** Decides what came up to this time, and more where too many wait. */
    private void decide(final long upToNs) throws IOException {
        settle(before, after, upToNs, true);
        settle(after, before, upToNs, false);
    }

    private void settle(final Side of, final Side other, final long upToNs, final boolean isBefore)
            throws IOException {
        while (!of.byTime.isEmpty()
                && (of.byTime.peek().decided
                        || of.byTime.peek().line.atNs() <= upToNs
                        || of.byTime.size() > mostWaiting)) {
            final Waiting oldest = of.byTime.poll();
            if (oldest.decided) {
                continue;
            }
            of.decide(oldest);
            final FindingLine partner = other.take(oldest.line, false);
            final FindingLine was = isBefore ? oldest.line : partner;
            final FindingLine is = isBefore ? partner : oldest.line;
            final Change change =
                    new Change(
                            was,
                            is,
                            partner == null ? List.of() : List.copyOf(was.differences(is)));
            count.change(change);
            changes.change(change);
        }
    }
}
