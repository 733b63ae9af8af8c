package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Channel;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.Observations;
import io.plumbline.market.PriceHistory;
import io.plumbline.market.WatchedKeys;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * WRITES_LOST: a writer gathers a burst of changes and writes only the last one of it, so that the
 * other symbols keep old prices until each happens to be the last; {@link BurstWriter} says by what
 * it is told from conflation, slowness and a frozen key. One finding for the writer, which stands
 * for its frozen keys. Asked only where Redis is seen and keeps its pace.
 */
public final class BurstDetector implements Detector {
    private static final long AGE_EVERY_NS = 60_000_000_000L;
    private static final long CLEAR_NS = 10_000_000_000L;

    private static final class Writer {
        final BurstWriter bursts;
        final int[] keys;
        long settleNs;
        boolean seen;
        boolean open;
        long openSinceNs;
        long lastForgotNs;
        long lastWriteNs;

        Writer(final int[] keys) {
            this.keys = keys;
            bursts = new BurstWriter(keys);
        }
    }

    private final MarketState state;
    private final Writers names;
    private final Writer[] writers;
    private final int[] place;
    private final PriceHistory[] histories;
    private final long[] versions;

    /** By key: the channel that carries its reference. */
    private final Channel[] carriers;

    /** By instrument: its first key, or -1. */
    private final int[] first;

    /** By key: the next one of its instrument, or -1. */
    private final int[] next;

    private long lastAgeNs;

    public BurstDetector(final MarketState state) {
        this.state = state;
        names = new Writers(state.keys);
        final int count = state.keys.size();
        writers = new Writer[names.size()];
        place = new int[count];
        histories = new PriceHistory[count];
        versions = new long[count];
        carriers = new Channel[count];
        first = new int[state.instruments.size()];
        next = new int[count];
        for (int w = 0; w < writers.length; w++) {
            final int writer = w;
            final int[] keys =
                    IntStream.range(0, count).filter(id -> names.of(id) == writer).toArray();
            writers[w] = new Writer(keys);
            for (int i = 0; i < keys.length; i++) {
                final WatchedKeys.WatchedKey rule = state.keys.key(keys[i]);
                place[keys[i]] = i;
                writers[w].settleNs = Math.max(writers[w].settleNs, rule.lagBudgetNs());
                histories[keys[i]] = state.references.history(rule.instrument(), rule.field());
            }
        }
        Arrays.fill(first, -1);
        for (int id = count - 1; id >= 0; id--) {
            final WatchedKeys.WatchedKey rule = state.keys.key(id);
            carriers[id] = state.references.channel(rule.instrument(), rule.field());
            next[id] = first[rule.instrument()];
            first[rule.instrument()] = id;
        }
    }

    @Override
    public String name() {
        return "burst";
    }

    /** Whether the writer of this key is known to forget it now. */
    boolean explains(final int key) {
        return writers[names.of(key)].open && mayExplain(key);
    }

    /** Whether all that its writer did so far looks like forgetting, and this key was forgotten. */
    boolean mayExplain(final int key) {
        return writers[names.of(key)].bursts.mayForget(place[key]);
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        switch (event.type) {
            case MARKET:
                if (event.instrument >= 0 && event.instrument < first.length) {
                    moved(event);
                }
                break;
            case KEY_VALUE:
                if (event.key >= 0 && event.keyState == KeyState.PRESENT) {
                    written(event.key, event.receivedNs);
                }
                break;
            case TIMER:
                tick(nowNs, findings);
                break;
            default:
                break;
        }
    }

    /**
     * A price can only have moved by a message of the channel that carries it; where two
     * connections carry it, by one that was not heard here too.
     */
    private void moved(final MarketEvent event) {
        final boolean paired = state.twins.isPaired(event.source);
        for (int id = first[event.instrument]; id >= 0; id = next[id]) {
            if (paired || carriers[id] == event.channel) {
                moved(id, event.receivedNs);
            }
        }
    }

    private void moved(final int id, final long atNs) {
        final PriceHistory history = histories[id];
        final Writer writer = writers[names.of(id)];
        if (history != null && history.versions() != versions[id]) {
            versions[id] = history.versions();
            if (writer.seen) {
                writer.bursts.moved(place[id], atNs);
            }
        }
    }

    private void written(final int id, final long atNs) {
        final Observations.Observation observation = state.observations.key(id);
        final PriceHistory history = histories[id];
        final Writer writer = writers[names.of(id)];
        if (writer.seen
                && observation.writtenNs == observation.receivedNs
                && observation.value.isGiven()
                && history != null
                && history.size() > 0) {
            final int version =
                    history.newestEqual(
                            observation.value.mantissa(),
                            observation.value.exponent(),
                            atNs - BurstWriter.BLUR_NS);
            writer.lastWriteNs = atNs;
            writer.bursts.wrote(place[id], version >= 0, version == 0, atNs);
        }
    }

    private void tick(final long nowNs, final FindingSink findings) {
        final boolean ages = nowNs - lastAgeNs > AGE_EVERY_NS;
        lastAgeNs = ages ? nowNs : lastAgeNs;
        for (int id = 0; id < writers.length; id++) {
            final Writer writer = writers[id];
            if (writer.keys.length < 2) {
                continue;
            }
            writer.seen = isSeen(writer, nowNs);
            if (!writer.seen) {
                writer.bursts.unseen();
                continue;
            }
            writer.bursts.tick(writer.settleNs, nowNs);
            if (ages) {
                writer.bursts.age();
            }
            judge(id, writer, nowNs, findings);
        }
    }

    private boolean isSeen(final Writer writer, final long nowNs) {
        for (final int key : writer.keys) {
            final int redis = state.keys.key(key).source();
            if (!state.sight.isSeen(redis, nowNs) || state.sight.isSlow(redis)) {
                return false;
            }
        }
        return true;
    }

    private void judge(
            final int id, final Writer writer, final long nowNs, final FindingSink findings) {
        final BurstWriter bursts = writer.bursts;
        if (bursts.forgets()) {
            writer.lastForgotNs = nowNs;
            if (!writer.open) {
                writer.open = true;
                writer.openSinceNs = nowNs;
                claim(Edge.OPEN, id, nowNs, findings)
                        .with(Evidence.CAUSE, "last write wins")
                        .with(Evidence.COUNT, bursts.lostBatches())
                        .with(Evidence.MISSING_COUNT, bursts.allLosses())
                        .with(Evidence.SYMBOLS, bursts.victims())
                        .with(Evidence.ACTIVE_SYMBOLS, writer.keys.length)
                        .with(Evidence.LAST_KEY, state.keys.key(bursts.worstKey()).name());
                findings.publish();
            }
        } else if (writer.open
                && nowNs - writer.lastForgotNs > CLEAR_NS
                && writer.lastWriteNs > writer.lastForgotNs) {
            writer.open = false;
            claim(Edge.CLOSE, id, nowNs, findings)
                    .with(Evidence.LASTED_NS, nowNs - writer.openSinceNs);
            findings.publish();
        }
    }

    private Finding claim(
            final Edge edge, final int writer, final long nowNs, final FindingSink findings) {
        final Finding finding = findings.claim(FindingKind.WRITES_LOST, edge, name(), nowNs);
        finding.key = names.name(writer);
        finding.writer = names.name(writer);
        return Sight.ofWriter(finding, state, names, writer);
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("Writer ").append(finding.key);
        if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append(" writes every symbol of a burst again after "),
                    finding.number(Evidence.LASTED_NS, 0));
            return;
        }
        out.append(" writes only the last symbol of each burst: of the last ")
                .append(finding.text(Evidence.COUNT))
                .append(" bursts ")
                .append(finding.text(Evidence.MISSING_COUNT))
                .append(" prices of ")
                .append(finding.text(Evidence.SYMBOLS))
                .append(" of its ")
                .append(finding.text(Evidence.ACTIVE_SYMBOLS))
                .append(" keys never came, most often of ")
                .append(finding.text(Evidence.LAST_KEY))
                .append(
                        "; look for a batch that is kept in one variable instead of one per"
                                + " symbol");
    }
}
