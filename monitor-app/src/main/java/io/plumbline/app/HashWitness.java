package io.plumbline.app;

import io.plumbline.app.http.Dependency;
import io.plumbline.feed.redis.KeptHash;
import io.plumbline.time.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the gate's hash can be written: told by the log when that changes, and to whoever asks.
 * The hash's thread writes, any thread reads.
 */
final class HashWitness implements KeptHash.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(HashWitness.class);

    /** Why it cannot be written, "" while it can, and since when; 0 for the start. */
    private record Word(String lost, long sinceNs) {}

    private final String where;
    private final EpochNanoClock clock;
    private volatile Word word = new Word("", 0);

    /**
     * @param where its Redis, without secrets
     */
    HashWitness(final String where, final EpochNanoClock clock) {
        this.where = where;
        this.clock = clock;
    }

    @Override
    public void onKept() {
        word = new Word("", clock.epochNanos());
        LOG.info("gate.redis {} is written again", where);
    }

    @Override
    public void onLost(final String reason) {
        word = new Word(reason, clock.epochNanos());
        LOG.warn(
                "gate.redis {} cannot be written, its readers take everything for closed: {}",
                where,
                reason);
    }

    /** The same as one of the things that the monitor depends on. */
    Dependency dependency() {
        final Word now = word;
        final boolean kept = now.lost.isEmpty();
        return new Dependency(
                "gate.redis",
                Dependency.Kind.GATE,
                kept ? "KEPT" : "LOST",
                kept,
                kept ? where : now.lost,
                now.sinceNs,
                0,
                0);
    }
}
