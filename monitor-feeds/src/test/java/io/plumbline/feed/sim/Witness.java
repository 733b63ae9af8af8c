package io.plumbline.feed.sim;

import io.plumbline.detect.Detector;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Finds nothing: counts what the engine saw, for the test's thread. */
final class Witness implements Detector {
    private record Lane(int instrument, Channel channel) {}

    private final Map<Lane, Long> moves = new ConcurrentHashMap<>();
    private final Map<Integer, Long> heartbeats = new ConcurrentHashMap<>();
    private final Set<Integer> ticks = ConcurrentHashMap.newKeySet();
    private final AtomicLong unparsed = new AtomicLong();
    private final AtomicLong events = new AtomicLong();

    @Override
    public String name() {
        return "witness";
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type == EventType.MARKET && event.instrument >= 0) {
            moves.merge(new Lane(event.instrument, event.channel), 1L, Long::sum);
            events.incrementAndGet();
        } else if (event.type == EventType.HEARTBEAT) {
            heartbeats.merge(event.source, 1L, Long::sum);
        } else if (event.type == EventType.INSTRUMENT && event.tick.isGiven()) {
            ticks.add(event.instrument);
        } else if (event.type == EventType.UNPARSED) {
            unparsed.incrementAndGet();
        }
    }

    /** Counts anew. */
    void forget() {
        moves.clear();
        heartbeats.clear();
    }

    long moves(final int instrument, final Channel channel) {
        return moves.getOrDefault(new Lane(instrument, channel), 0L);
    }

    /** Market events in all. */
    long events() {
        return events.get();
    }

    /** Connections that gave a sign of life. */
    int alive() {
        return heartbeats.size();
    }

    long unparsed() {
        return unparsed.get();
    }

    /** Instruments whose tick size is known. */
    int ticks() {
        return ticks.size();
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append(finding.kind);
    }
}
