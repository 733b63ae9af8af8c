package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import io.plumbline.market.probe.SnapshotRule;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Keys that are written again and again as a whole (the risk of an account). KEY_MISSING: a named
 * one is not there. KEY_EXPIRED: one ran out, because nobody wrote it in time. KEY_NO_TTL and
 * KEY_TTL_SHORT: its expiry. SNAPSHOT_STALE: it is there and old, by the time in it or because it
 * has not changed.
 *
 * <p>A key that was found, not named, and was deleted before its expiry is gone on purpose.
 */
public final class SnapshotDetector implements Detector {
    private static final long SLACK_NS = 1_000_000_000L;
    private static final int MOST_KEYS = 4_096;

    /** One key and what was last read of it. */
    private static final class Snapshot {
        private final SnapshotRule rule;
        private final String key;
        private final boolean named;
        private final Set<FindingKind> open = EnumSet.noneOf(FindingKind.class);
        private final Map<FindingKind, Long> openedNs = new HashMap<>();
        private String node = "";
        private boolean present;
        private long readNs = Reading.NONE;
        private long changedNs;
        private long expiresNs = Long.MAX_VALUE;
        private long contentNs = Reading.NONE;

        Snapshot(final SnapshotRule rule, final String key, final boolean named) {
            this.rule = rule;
            this.key = key;
            this.named = named;
        }
    }

    private final Map<String, SnapshotRule> rules = new HashMap<>();
    private final Map<String, Snapshot> snapshots = new HashMap<>();

    public SnapshotDetector(final MarketState state) {
        for (final SnapshotRule rule : state.surroundings.snapshots) {
            rules.put(rule.source() + " " + rule.pattern(), rule);
        }
    }

    @Override
    public String name() {
        return "snapshot";
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
        if (event.type != EventType.PROBE || event.reading.kind != ProbeKind.SNAPSHOT) {
            return;
        }
        final Reading reading = event.reading;
        final SnapshotRule rule = rules.get(event.source + " " + reading.target());
        if (rule == null) {
            return;
        }
        final Snapshot snapshot = known(rule, reading.item());
        if (snapshot == null) {
            return;
        }
        snapshot.node = reading.node();
        if (reading.value(Measure.EXISTS) == 1) {
            present(snapshot, reading, nowNs, findings);
        } else {
            absent(snapshot, nowNs, findings);
        }
        snapshot.readNs = nowNs;
    }

    private Snapshot known(final SnapshotRule rule, final String key) {
        final String name = rule.source() + " " + key;
        final Snapshot known = snapshots.get(name);
        if (known != null || snapshots.size() == MOST_KEYS) {
            return known;
        }
        final Snapshot snapshot = new Snapshot(rule, key, rule.keys().contains(key));
        snapshots.put(name, snapshot);
        return snapshot;
    }

    private void present(
            final Snapshot snapshot,
            final Reading reading,
            final long nowNs,
            final FindingSink findings) {
        final SnapshotRule rule = snapshot.rule;
        final boolean changed = reading.value(Measure.SAME, 0) == 0;
        final long sinceNs =
                snapshot.readNs == Reading.NONE ? Long.MAX_VALUE : nowNs - snapshot.readNs;
        if (changed || !snapshot.present) {
            snapshot.changedNs = nowNs;
            snapshot.contentNs = reading.value(Measure.CONTENT_NS);
        }
        snapshot.present = true;
        edge(snapshot, FindingKind.KEY_MISSING, false, nowNs, findings);
        edge(snapshot, FindingKind.KEY_EXPIRED, false, nowNs, findings);
        if (reading.has(Measure.TTL_NS)) {
            ttl(snapshot, reading.value(Measure.TTL_NS), changed, sinceNs, nowNs, findings);
        }
        final boolean timed = snapshot.contentNs != Reading.NONE;
        final long ageNs =
                timed
                        ? reading.value(Measure.SERVER_NS, nowNs) - snapshot.contentNs
                        : nowNs - snapshot.changedNs;
        final Finding finding =
                change(snapshot, FindingKind.SNAPSHOT_STALE, ageNs > rule.ageNs(), nowNs, findings);
        if (finding != null) {
            if (finding.edge == Edge.OPEN) {
                finding.with(Evidence.AGE_NS, ageNs)
                        .with(Evidence.THRESHOLD_NS, rule.ageNs())
                        .with(Evidence.CAUSE, timed ? "its own time" : "unchanged");
            }
            findings.publish();
        }
    }

    private void ttl(
            final Snapshot snapshot,
            final long ttlNs,
            final boolean changed,
            final long sinceNs,
            final long nowNs,
            final FindingSink findings) {
        final long wantedNs = snapshot.rule.ttlNs();
        final boolean none = ttlNs == Long.MAX_VALUE;
        snapshot.expiresNs = none ? Long.MAX_VALUE : nowNs + ttlNs;
        edge(snapshot, FindingKind.KEY_NO_TTL, none && wantedNs > 0, nowNs, findings);
        final boolean fresh = changed && sinceNs != Long.MAX_VALUE;
        if (wantedNs == 0 || none || !fresh) {
            return;
        }
        final Finding finding =
                change(
                        snapshot,
                        FindingKind.KEY_TTL_SHORT,
                        ttlNs + sinceNs + SLACK_NS < wantedNs,
                        nowNs,
                        findings);
        if (finding != null) {
            finding.with(Evidence.TTL_NS, ttlNs).with(Evidence.THRESHOLD_NS, wantedNs);
            findings.publish();
        }
    }

    private void absent(final Snapshot snapshot, final long nowNs, final FindingSink findings) {
        final boolean was = snapshot.present;
        snapshot.present = false;
        edge(snapshot, FindingKind.KEY_NO_TTL, false, nowNs, findings);
        edge(snapshot, FindingKind.KEY_TTL_SHORT, false, nowNs, findings);
        edge(snapshot, FindingKind.SNAPSHOT_STALE, false, nowNs, findings);
        final boolean ranOut = was && snapshot.expiresNs <= nowNs + SLACK_NS;
        if (ranOut) {
            edge(snapshot, FindingKind.KEY_EXPIRED, true, nowNs, findings);
        } else if (snapshot.named && !snapshot.open.contains(FindingKind.KEY_EXPIRED)) {
            edge(snapshot, FindingKind.KEY_MISSING, true, nowNs, findings);
        }
    }

    private void edge(
            final Snapshot snapshot,
            final FindingKind kind,
            final boolean bad,
            final long nowNs,
            final FindingSink findings) {
        if (change(snapshot, kind, bad, nowNs, findings) != null) {
            findings.publish();
        }
    }

    /** The finding to publish, or null where nothing changed. */
    private Finding change(
            final Snapshot snapshot,
            final FindingKind kind,
            final boolean bad,
            final long nowNs,
            final FindingSink findings) {
        if (bad == snapshot.open.contains(kind)) {
            return null;
        }
        final Finding finding = findings.claim(kind, bad ? Edge.OPEN : Edge.CLOSE, name(), nowNs);
        finding.key = snapshot.key + snapshot.rule.server();
        finding.with(Evidence.NODE, snapshot.node.isEmpty() ? null : snapshot.node);
        if (bad) {
            snapshot.open.add(kind);
            snapshot.openedNs.put(kind, nowNs);
        } else {
            snapshot.open.remove(kind);
            finding.with(Evidence.LASTED_NS, nowNs - snapshot.openedNs.get(kind));
        }
        return finding;
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        Subject.node(out.append("Snapshot ").append(finding.key), finding);
        if (finding.edge == Edge.CLOSE) {
            out.append(
                    finding.kind == FindingKind.KEY_MISSING
                                    || finding.kind == FindingKind.KEY_EXPIRED
                            ? " is there again after "
                            : finding.kind == FindingKind.SNAPSHOT_STALE
                                    ? " is written again, or gone, after "
                                    : " has its expiry again, or is gone, after ");
            Subject.duration(out, finding.number(Evidence.LASTED_NS, 0));
            return;
        }
        switch (finding.kind) {
            case KEY_MISSING:
                out.append(" is missing: does its writer run, and under this key's name?");
                break;
            case KEY_EXPIRED:
                out.append(" ran out: its writer did not write it in time");
                break;
            case KEY_NO_TTL:
                out.append(" has no expiry: a dead writer would leave it standing");
                break;
            case KEY_TTL_SHORT:
                Subject.duration(
                        out.append(" was written with only "), finding.number(Evidence.TTL_NS, 0));
                Subject.duration(
                        out.append(" to live; expected "),
                        finding.number(Evidence.THRESHOLD_NS, 0));
                break;
            default:
                Subject.duration(
                        out.append(" is old: ")
                                .append(finding.text(Evidence.CAUSE))
                                .append(" for "),
                        finding.number(Evidence.AGE_NS, 0));
                break;
        }
    }
}
