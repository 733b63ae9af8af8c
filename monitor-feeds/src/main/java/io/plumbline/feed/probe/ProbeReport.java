package io.plumbline.feed.probe;

import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.ReadingWriter;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.util.HashSet;
import java.util.Set;

/** Takes what a probe read and offers it to the inbound door. The probe's thread only. */
public final class ProbeReport {
    /** More failures at a time than this are one. */
    private static final int MOST_FAILURES = 256;

    private static final long RUN_NS = 5_000_000_000L;

    private final int source;
    private final Inbound inbound;
    private final EpochNanoClock clock;
    private final Counters counters;
    private final ReadingWriter writer = new ReadingWriter();
    private final Set<String> failing = new HashSet<>();
    private String probe = "";
    private long deadlineNs;
    private int epoch;

    /**
     * @param source the id of this server's probes in {@code Sources}
     */
    public ProbeReport(
            final int source,
            final Inbound inbound,
            final EpochNanoClock clock,
            final Counters counters) {
        this.source = source;
        this.inbound = inbound;
        this.clock = clock;
        this.counters = counters;
    }

    /** Begins a run of the probe of this name. */
    public void begin(final String name) {
        probe = name;
        deadlineNs = clock.epochNanos() + RUN_NS;
    }

    void connected() {
        epoch++;
    }

    int epoch() {
        return epoch;
    }

    /** Whether the run may go on. */
    public boolean hasTime() {
        return clock.epochNanos() < deadlineNs;
    }

    public EpochNanoClock clock() {
        return clock;
    }

    /** Begins a reading of a target; {@link #tell} offers it. */
    public ReadingWriter reading(final ProbeKind kind, final String target) {
        return writer.begin(kind, target);
    }

    /** Begins a reading of an item within a target; {@link #tell} offers it. */
    public ReadingWriter reading(final ProbeKind kind, final String target, final String item) {
        return writer.begin(kind, target, item);
    }

    /** Offers the reading that was begun, stamped now. @return whether there was room */
    public boolean tell() {
        counters.increment(CounterId.PROBE_READINGS);
        final int length = writer.finish();
        return inbound.offer(
                InboundType.PROBE, source, epoch, clock.epochNanos(), writer.buffer(), 0, length);
    }

    /** The item (a key, a command) cannot be read: said once, until {@link #worked}. */
    public void failed(final String item, final String reason) {
        counters.increment(CounterId.PROBE_FAILURES);
        final String name = failing.size() < MOST_FAILURES ? item : "more";
        if (!failing.contains(key(name))) {
            writer.begin(ProbeKind.PROBE_STATE, probe, name).failed(reason);
            if (tell()) {
                failing.add(key(name));
            }
        }
    }

    /** The item can be read: says so where it could not before. */
    public void worked(final String item) {
        if (!failing.isEmpty() && failing.contains(key(item))) {
            writer.begin(ProbeKind.PROBE_STATE, probe, item);
            if (tell()) {
                failing.remove(key(item));
            }
        }
    }

    private String key(final String item) {
        return probe + '\n' + item;
    }
}
