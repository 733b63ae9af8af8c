package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingJson;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.MarketState;
import io.plumbline.market.WatchedKeys;

/**
 * Which writers are dead: one that wrote nothing for longer than the limit while at least two of
 * its keys should have been written; or one whose keys have all expired (or should have been
 * written), at least two, and none came back. {@link FrozenDetector} says which those are, key by
 * key in each round, and then asks for the judgement.
 */
final class WriterLives {
    static final int FEWEST_KEYS = 2;

    private static final class Writer {
        long lastWriteNs;
        int lastKey = -1;
        int known;
        int overdue;
        int expired;
        long deadSinceNs;
        boolean dead;
    }

    private final MarketState state;
    private final WatchedKeys keys;
    private final Writers names;
    private final String detector;
    private final long limitNs;
    private final Writer[] writers;

    /**
     * @param limitNs how long a writer of keys that should have been written may be silent
     */
    WriterLives(final MarketState state, final String detector, final long limitNs) {
        this.state = state;
        keys = state.keys;
        this.detector = detector;
        this.limitNs = limitNs;
        names = new Writers(keys);
        writers = new Writer[names.size()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new Writer();
        }
    }

    /**
     * A key was written: its writer lives.
     *
     * @return whether it had been dead
     */
    boolean wrote(final int key, final long atNs, final long nowNs, final FindingSink findings) {
        final Writer writer = writers[names.of(key)];
        writer.lastWriteNs = atNs;
        writer.lastKey = key;
        if (writer.dead) {
            writer.dead = false;
            claim(Edge.CLOSE, names.of(key), nowNs, findings)
                    .with(Evidence.LASTED_NS, nowNs - writer.deadSinceNs);
            findings.publish();
            return true;
        }
        return false;
    }

    /** Whether one writer fills both keys. */
    boolean same(final int key, final int other) {
        return names.of(key) == names.of(other);
    }

    void beginRound() {
        for (final Writer writer : writers) {
            writer.known = 0;
            writer.overdue = 0;
            writer.expired = 0;
        }
    }

    /** A key that has been there: is it in its place, overdue or expired? */
    void count(final int key, final boolean overdue, final boolean expired) {
        final Writer writer = writers[names.of(key)];
        writer.known++;
        writer.overdue += overdue ? 1 : 0;
        writer.expired += expired ? 1 : 0;
    }

    void judge(final long nowNs, final FindingSink findings) {
        for (int id = 0; id < writers.length; id++) {
            final Writer writer = writers[id];
            if (!writer.dead && writer.lastWriteNs != 0 && isSilent(writer, nowNs)) {
                writer.dead = true;
                writer.deadSinceNs = writer.lastWriteNs;
                claim(Edge.OPEN, id, nowNs, findings)
                        .with(Evidence.AGE_NS, nowNs - writer.lastWriteNs)
                        .with(Evidence.LAST_WRITE_NS, writer.lastWriteNs)
                        .with(Evidence.LAST_KEY, keys.key(writer.lastKey).name())
                        .with(Evidence.SYMBOLS, writer.overdue + writer.expired)
                        .with(Evidence.EXPIRED, writer.expired)
                        .with(Evidence.ACTIVE_SYMBOLS, names.keys(id));
                findings.publish();
            }
        }
    }

    private boolean isSilent(final Writer writer, final long nowNs) {
        final boolean pastLimit =
                nowNs - writer.lastWriteNs > limitNs && writer.overdue >= FEWEST_KEYS;
        final boolean allGone =
                writer.expired > 0
                        && writer.known >= FEWEST_KEYS
                        && writer.overdue + writer.expired == writer.known;
        return pastLimit || allGone;
    }

    /** Whether the writer of this key is dead. */
    boolean isDead(final int key) {
        return writers[names.of(key)].dead;
    }

    /** Whether it wrote something within the limit. */
    boolean writes(final int key, final long nowNs) {
        return nowNs - writers[names.of(key)].lastWriteNs <= limitNs;
    }

    /** Whether no other key can prove the writer of this one dead. */
    boolean isAlone(final int key) {
        return names.keys(names.of(key)) < FEWEST_KEYS;
    }

    /** Whether too few of its keys are overdue to call the writer of this one dead. */
    boolean isSpared(final int key) {
        return writers[names.of(key)].overdue < FEWEST_KEYS;
    }

    private Finding claim(
            final Edge edge, final int writer, final long nowNs, final FindingSink findings) {
        final Finding finding = findings.claim(FindingKind.WRITER_DEAD, edge, detector, nowNs);
        finding.key = names.name(writer);
        finding.writer = names.name(writer);
        return Sight.ofWriter(finding, state, names, writer);
    }

    static void describe(final Finding finding, final StringBuilder out) {
        out.append("Writer ").append(finding.key);
        if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append(" writes again after "), finding.number(Evidence.LASTED_NS, 0));
            return;
        }
        Subject.duration(
                out.append(" has written nothing for "), finding.number(Evidence.AGE_NS, 0));
        out.append(", since ");
        FindingJson.time(out, finding.number(Evidence.LAST_WRITE_NS, 0));
        out.append(" (last ").append(finding.text(Evidence.LAST_KEY)).append("); ");
        out.append(finding.text(Evidence.SYMBOLS)).append(" of its ");
        out.append(finding.text(Evidence.ACTIVE_SYMBOLS)).append(" keys should have moved");
        final long expired = finding.number(Evidence.EXPIRED, 0);
        if (expired > 0) {
            out.append(", ").append(expired).append(" of them expired");
        }
    }
}
