package io.plumbline.app.gate;

import io.plumbline.feed.redis.KeptHash;
import java.time.Instant;
import java.util.List;

/**
 * The gate as a hash in a Redis: a field a symbol, and {@code *} for all of them. A value is the
 * state, the epoch, since when, and why: {@code CLOSED 1795823437605 2026-11-27T23:50:51.897Z no
 * data for 10 s}. The first word is what matters. Where the hash or the field is absent, it is
 * closed: the hash outlives its monitor by its time to live and no longer.
 *
 * <p>Desk's threads, one at a time; nothing here waits for Redis.
 */
public final class GateHash implements Gate.Listener {
    /** The field for all symbols together. */
    public static final String OVERALL = "*";

    private static final long NS_PER_MS = 1_000_000L;

    private final KeptHash hash;
    private final List<String> symbols;

    /**
     * @param symbols by the gate's index
     */
    public GateHash(final KeptHash hash, final List<String> symbols) {
        this.hash = hash;
        this.symbols = List.copyOf(symbols);
        this.symbols.forEach(symbol -> hash.put(symbol, GateState.CLOSED.name()));
    }

    @Override
    public void onChange(final int index, final GateReading reading) {
        hash.put(symbols.get(index), value(reading));
    }

    @Override
    public void onJudged(final GateReading overall, final boolean vouches, final long nowNs) {
        hash.put(OVERALL, value(overall));
        if (vouches) {
            hash.beat(nowNs);
        }
    }

    private static String value(final GateReading reading) {
        return (reading.state()
                        + " "
                        + reading.epoch()
                        + " "
                        + Instant.ofEpochMilli(reading.sinceNs() / NS_PER_MS)
                        + " "
                        + reading.reason())
                .strip();
    }
}
