package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.InlineFindings;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.Field;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Sources;
import io.plumbline.market.Subscriptions;
import io.plumbline.market.WatchedKeys;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.ReadingWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** One detector, what probes read, and what it says of that; time is moved by hand. */
final class ProbeScene {
    static final long START_NS = 1_700_000_000_000_000_000L;
    static final long MS = 1_000_000L;

    MarketState state;
    final int probes;
    final List<Finding> findings = new ArrayList<>();
    long nowNs = START_NS;
    private final Sources sources = new Sources();
    private final Instruments instruments = new Instruments();
    private final WatchedKeys keys = new WatchedKeys();
    private final int redis;
    private final ReadingWriter writer = new ReadingWriter();
    private final MarketEvent event = new MarketEvent();
    private Detector detector;
    private int told;

    ProbeScene() {
        redis = sources.addRedis("main");
        probes = sources.addProbe("main");
        build();
    }

    /** A key for the last price of an instrument; {@link #build} follows. */
    ProbeScene watchKey(final String key, final String symbol, final String writer) {
        keys.add(
                new WatchedKeys.WatchedKey(
                        keys.size(),
                        key,
                        redis,
                        instruments.add("test", symbol, symbol),
                        Field.LAST,
                        250 * MS,
                        125 * MS,
                        0,
                        new Decimal(),
                        true,
                        0,
                        writer));
        return this;
    }

    /** The world with the keys so far. */
    void build() {
        state = new MarketState(sources, instruments, keys, new Subscriptions(), 1_000_000_000L);
    }

    ProbeScene watch(final Function<MarketState, Detector> made) {
        detector = made.apply(state);
        return this;
    }

    /** A reading now. */
    ProbeScene read(
            final ProbeKind kind,
            final String target,
            final String item,
            final Consumer<ReadingWriter> values) {
        return read(kind, target, item, values, read -> {});
    }

    /**
     * @param decoded what a decoder adds to the event
     */
    ProbeScene read(
            final ProbeKind kind,
            final String target,
            final String item,
            final Consumer<ReadingWriter> values,
            final Consumer<MarketEvent> decoded) {
        values.accept(writer.begin(kind, target, item));
        final int length = writer.finish();
        event.clear();
        event.type = EventType.PROBE;
        event.source = probes;
        event.receivedNs = nowNs;
        if (!event.reading.wrap(writer.buffer(), 0, length)) {
            throw new AssertionError("no reading");
        }
        decoded.accept(event);
        judge();
        return this;
    }

    /** Time goes on, with a tick at its end. */
    ProbeScene pass(final long ms) {
        nowNs += ms * MS;
        event.clear();
        event.type = EventType.TIMER;
        event.receivedNs = nowNs;
        judge();
        return this;
    }

    private void judge() {
        detector.onEvent(
                event,
                nowNs,
                new InlineFindings(
                        finding -> {
                            final Finding copy = new Finding();
                            copy.copyFrom(finding);
                            findings.add(copy);
                        }));
    }

    /** What was found since the last call: {@code OPEN KIND key}. */
    List<String> told() {
        final List<String> lines = new ArrayList<>();
        for (; told < findings.size(); told++) {
            final Finding finding = findings.get(told);
            lines.add(finding.edge + " " + finding.kind + " " + finding.key);
        }
        return lines;
    }

    static String line(final Edge edge, final String kindAndKey) {
        return edge + " " + kindAndKey;
    }

    /** A piece of evidence of the last finding. */
    String evidence(final Evidence name) {
        return findings.get(findings.size() - 1).text(name);
    }

    /** The sentence of the last finding. */
    String sentence() {
        final StringBuilder out = new StringBuilder();
        detector.describe(findings.get(findings.size() - 1), out);
        return out.toString();
    }
}
