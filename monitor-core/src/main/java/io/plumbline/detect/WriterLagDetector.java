package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Observations;
import io.plumbline.market.Verdict;

/**
 * WRITER_LAGGING: nearly all keys that a writer fills come late, by about the same: the writer (or
 * its connection) lags, not its keys. One finding, which stands for the PRICE_LATE of each key.
 * Closes when none of them was late for a while. Asked after the price detector.
 */
public final class WriterLagDetector implements Detector {
    private static final int FEWEST_KEYS = 2;
    private static final int PERCENT_LATE = 80;
    private static final int SPREAD = 2;
    private static final long SPREAD_NS = 50_000_000L;

    /** A key that was not seen for so long says nothing of today. */
    private static final long RECENT_NS = 5_000_000_000L;

    private static final class Writer {
        int active;
        int late;
        long leastNs;
        long mostNs;
        boolean open;
        long openSinceNs;
        long lastLateNs;
        long largestNs;
    }

    private final MarketState state;
    private final Writers names;
    private final Writer[] writers;

    public WriterLagDetector(final MarketState state) {
        this.state = state;
        names = new Writers(state.keys);
        writers = new Writer[names.size()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new Writer();
        }
    }

    @Override
    public String name() {
        return "writer-lag";
    }

    @Override
    public boolean hearsMarket() {
        return false;
    }

    @Override
    public boolean hearsValues() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type != EventType.TIMER) {
            return;
        }
        for (final Writer writer : writers) {
            writer.active = 0;
            writer.late = 0;
            writer.leastNs = Long.MAX_VALUE;
            writer.mostNs = 0;
        }
        for (int id = 0; id < state.keys.size(); id++) {
            count(writers[names.of(id)], state.observations.key(id), nowNs);
        }
        for (int id = 0; id < writers.length; id++) {
            judge(id, nowNs, findings);
        }
    }

    private static void count(
            final Writer writer, final Observations.Observation key, final long nowNs) {
        if (key.state != KeyState.PRESENT
                || key.writtenNs == MarketEvent.NONE
                || nowNs - key.writtenNs > RECENT_NS) {
            return;
        }
        writer.active++;
        if (key.verdict == Verdict.LATE && key.lagNs > 0) {
            writer.late++;
            writer.leastNs = Math.min(writer.leastNs, key.lagNs);
            writer.mostNs = Math.max(writer.mostNs, key.lagNs);
        }
    }

    private void judge(final int id, final long nowNs, final FindingSink findings) {
        final Writer writer = writers[id];
        if (writer.late > 0) {
            writer.lastLateNs = nowNs;
            writer.largestNs = Math.max(writer.largestNs, writer.mostNs);
        }
        if (!writer.open
                && writer.late >= FEWEST_KEYS
                && writer.late * 100 >= writer.active * PERCENT_LATE
                && writer.mostNs <= SPREAD * writer.leastNs + SPREAD_NS) {
            writer.open = true;
            writer.openSinceNs = nowNs;
            writer.largestNs = writer.mostNs;
            claim(Edge.OPEN, id, nowNs, findings)
                    .with(Evidence.LAG_NS, writer.leastNs)
                    .with(Evidence.LARGEST_LAG_NS, writer.mostNs)
                    .with(Evidence.SYMBOLS, writer.late)
                    .with(Evidence.ACTIVE_SYMBOLS, writer.active);
            findings.publish();
        } else if (writer.open && nowNs - writer.lastLateNs > RECENT_NS) {
            writer.open = false;
            claim(Edge.CLOSE, id, nowNs, findings)
                    .with(Evidence.LASTED_NS, nowNs - writer.openSinceNs)
                    .with(Evidence.LARGEST_LAG_NS, writer.largestNs);
            findings.publish();
        }
    }

    private Finding claim(
            final Edge edge, final int writer, final long nowNs, final FindingSink findings) {
        final Finding finding = findings.claim(FindingKind.WRITER_LAGGING, edge, name(), nowNs);
        finding.key = names.name(writer);
        finding.writer = names.name(writer);
        return Sight.ofWriter(finding, state, names, writer);
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("Writer ").append(finding.key);
        if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append(" keeps pace again after "), finding.number(Evidence.LASTED_NS, 0));
            Subject.duration(
                    out.append("; it was up to "), finding.number(Evidence.LARGEST_LAG_NS, 0));
            out.append(" late");
            return;
        }
        Subject.duration(out.append(" lags: "), finding.number(Evidence.LAG_NS, 0));
        Subject.duration(out.append(" to "), finding.number(Evidence.LARGEST_LAG_NS, 0));
        out.append(" late at ").append(finding.text(Evidence.SYMBOLS)).append(" of the ");
        out.append(finding.text(Evidence.ACTIVE_SYMBOLS));
        out.append(" keys that it writes; look at the writer and its connections, not at the keys");
    }
}
