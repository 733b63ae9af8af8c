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
import io.plumbline.market.Rung;
import io.plumbline.market.WatchedKeys;

/**
 * KEY_NO_TTL: a key that should expire has no TTL (never set, or lost by a plain SET), for longer
 * than a writer needs between SET and EXPIRE. KEY_TTL_SHORT: a write left less life than the rule
 * asks, and nothing renewed it for as long as that.
 */
public final class TtlDetector implements Detector {
    private final MarketState state;
    private final long graceNs;
    private final long[] withoutSinceNs;
    private final boolean[] open;
    private final boolean[] tooShort;
    private final long[] shortSinceNs;
    private final long[] shortTtlNs;
    private final boolean[] had;

    /**
     * @param graceNs how long a key may be without TTL after a write
     */
    public TtlDetector(final MarketState state, final long graceNs) {
        this.state = state;
        this.graceNs = graceNs;
        final int keys = state.keys.size();
        withoutSinceNs = new long[keys];
        open = new boolean[keys];
        tooShort = new boolean[keys];
        shortSinceNs = new long[keys];
        shortTtlNs = new long[keys];
        had = new boolean[keys];
    }

    @Override
    public String name() {
        return "ttl";
    }

    @Override
    public boolean hearsMarket() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type == EventType.KEY_VALUE && event.key >= 0) {
            read(event, nowNs, findings);
        } else if (event.type == EventType.TIMER) {
            for (int id = 0; id < open.length; id++) {
                if (withoutSinceNs[id] != 0 && !open[id] && nowNs - withoutSinceNs[id] > graceNs) {
                    open[id] = true;
                    tell(FindingKind.KEY_NO_TTL, Edge.OPEN, id, nowNs, findings)
                            .with(Evidence.AGE_NS, nowNs - withoutSinceNs[id])
                            .with(Evidence.CAUSE, had[id] ? "lost" : "never set");
                    findings.publish();
                }
                if (shortSinceNs[id] != 0 && nowNs - shortSinceNs[id] > graceNs) {
                    shortSinceNs[id] = 0;
                    tooShort[id] = true;
                    length(Edge.OPEN, id, shortTtlNs[id], nowNs, findings);
                }
            }
        }
    }

    private void read(final MarketEvent event, final long nowNs, final FindingSink findings) {
        final WatchedKeys.WatchedKey key = state.keys.key(event.key);
        if (event.keyState != KeyState.PRESENT || !key.ttlExpected()) {
            gone(event.key, nowNs, findings);
            return;
        }
        if (event.expiresAtNs == MarketEvent.NEVER) {
            if (withoutSinceNs[event.key] == 0) {
                withoutSinceNs[event.key] = event.receivedNs;
            }
            return;
        }
        if (event.expiresAtNs == MarketEvent.NONE) {
            return;
        }
        had[event.key] = true;
        hasTtl(event.key, nowNs, findings);
        if (event.writtenAfterNs == MarketEvent.NONE || event.rung == Rung.SWEEP) {
            return;
        }
        final long ttlNs = event.expiresAtNs - event.receivedNs;
        final long shortestNs = key.ttlShortestNs();
        if (ttlNs >= shortestNs) {
            shortSinceNs[event.key] = 0;
            if (tooShort[event.key]) {
                tooShort[event.key] = false;
                length(Edge.CLOSE, event.key, ttlNs, nowNs, findings);
            }
        } else if (!tooShort[event.key] && shortSinceNs[event.key] == 0) {
            shortSinceNs[event.key] = event.receivedNs;
            shortTtlNs[event.key] = ttlNs;
        }
    }

    private void length(
            final Edge edge,
            final int key,
            final long ttlNs,
            final long nowNs,
            final FindingSink findings) {
        tell(FindingKind.KEY_TTL_SHORT, edge, key, nowNs, findings)
                .with(Evidence.TTL_NS, ttlNs)
                .with(Evidence.THRESHOLD_NS, state.keys.key(key).ttlShortestNs());
        findings.publish();
    }

    private void hasTtl(final int key, final long nowNs, final FindingSink findings) {
        if (open[key]) {
            open[key] = false;
            tell(FindingKind.KEY_NO_TTL, Edge.CLOSE, key, nowNs, findings)
                    .with(Evidence.LASTED_NS, nowNs - withoutSinceNs[key]);
            findings.publish();
        }
        withoutSinceNs[key] = 0;
    }

    /** A key that is not there lacks no TTL. */
    private void gone(final int key, final long nowNs, final FindingSink findings) {
        hasTtl(key, nowNs, findings);
        shortSinceNs[key] = 0;
        if (tooShort[key]) {
            tooShort[key] = false;
            tell(FindingKind.KEY_TTL_SHORT, Edge.CLOSE, key, nowNs, findings);
            findings.publish();
        }
    }

    private Finding tell(
            final FindingKind kind,
            final Edge edge,
            final int key,
            final long nowNs,
            final FindingSink findings) {
        return Sight.show(
                Subject.key(findings.claim(kind, edge, name(), nowNs), state, key), state, key);
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("Redis key ").append(finding.key);
        if (finding.kind == FindingKind.KEY_TTL_SHORT) {
            Subject.duration(
                    out.append(
                            finding.edge == Edge.OPEN ? " was written with only " : " has again "),
                    finding.number(Evidence.TTL_NS, 0));
            out.append(" to live");
        } else if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append(" has a TTL again after "), finding.number(Evidence.LASTED_NS, 0));
        } else {
            out.append(
                    "lost".equals(finding.text(Evidence.CAUSE))
                            ? " lost its TTL (a plain SET?): a dead writer would leave it standing"
                            : " has no TTL: a dead writer would leave it standing");
        }
    }
}
