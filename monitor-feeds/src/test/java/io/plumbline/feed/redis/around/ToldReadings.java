package io.plumbline.feed.redis.around;

import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.inbound.Inbound;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.Reading;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Everything that probes told, in its order. */
final class ToldReadings implements Inbound {
    final List<AroundRig.Told> told = new ArrayList<>();
    private final Reading reading = new Reading();

    ProbeReport report(final EpochNanoClock clock) {
        return new ProbeReport(3, this, clock, new Counters());
    }

    List<AroundRig.Told> all() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    /** One run. @return what it told */
    List<AroundRig.Told> run(
            final Probe<ProbeLink> probe, final ProbeLink link, final ProbeReport report)
            throws Exception {
        final int before = all().size();
        report.begin(probe.name());
        probe.run(link, report);
        return all().subList(before, all().size());
    }

    @Override
    public boolean offer(
            final InboundType type,
            final int source,
            final int epoch,
            final long stampNs,
            final byte[] bytes,
            final int offset,
            final int length) {
        synchronized (told) {
            if (type != InboundType.PROBE || !reading.wrap(bytes, offset, length)) {
                throw new AssertionError("no reading");
            }
            final Map<Measure, Long> values = new EnumMap<>(Measure.class);
            for (final Measure measure : Measure.values()) {
                if (reading.has(measure)) {
                    values.put(measure, reading.value(measure));
                }
            }
            told.add(
                    new AroundRig.Told(
                            reading.kind,
                            reading.target(),
                            reading.item(),
                            reading.failed(),
                            values,
                            reading.text(),
                            reading.node()));
        }
        return true;
    }

    @Override
    public boolean offer(
            final InboundType type,
            final int source,
            final int epoch,
            final long stampNs,
            final ByteBuffer payload) {
        throw new UnsupportedOperationException("probes offer arrays");
    }
}
