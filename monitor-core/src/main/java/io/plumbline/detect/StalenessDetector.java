package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Channel;
import io.plumbline.market.Continuity;
import io.plumbline.market.EventType;
import io.plumbline.market.Freshness;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.SessionState;
import java.util.Arrays;

/**
 * The silence of one symbol. SYMBOL_STALE: a lane is silent past its threshold while something that
 * implies it moved (trades move the book; the symbol's Redis key moves its reference).
 * SYMBOL_NEVER_SEEN: subscribed, the connection lives, no data by the deadline. Silence without
 * such evidence is QUIET: coverage, not a finding. A mute connection covers its symbols.
 */
public final class StalenessDetector implements Detector {
    private final MarketState state;
    private final Silence silence;
    private long[] staleSinceNs = new long[64];
    private long[] unseenSinceNs = new long[64];

    /**
     * @param silence the clocks, brought up to date by {@link MuteDetector} before this one is
     *     asked
     */
    public StalenessDetector(final MarketState state, final Silence silence) {
        this.state = state;
        this.silence = silence;
    }

    @Override
    public String name() {
        return "staleness";
    }

    @Override
    public boolean hearsValues() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        if (event.type == EventType.MARKET && event.instrument >= 0) {
            reserve(event.instrument);
            if (unseenSinceNs[event.instrument] != 0) {
                closeUnseen(event.instrument, nowNs, findings);
            }
            final Freshness.State freshness = state.freshness.state(event.instrument);
            if (freshness == Freshness.State.UNSEEN
                    || freshness == Freshness.State.QUIET
                            && event.continuity != Continuity.REPEATED) {
                final Lane lane = silence.find(event.instrument, event.channel);
                if (lane != null) {
                    set(lane, Freshness.State.FRESH, nowNs);
                }
            }
        } else if (event.type == EventType.TIMER) {
            for (int i = 0; i < silence.size(); i++) {
                judge(silence.lane(i), nowNs, findings);
            }
        }
    }

    private void judge(final Lane lane, final long nowNs, final FindingSink findings) {
        reserve(lane.instrument);
        final boolean covered = !silence.speaks(lane.source) && !silence.otherSpeaks(lane.source);
        if (lane.events == 0) {
            neverSeen(lane, nowNs, findings);
        } else if (covered) {
            if (lane.overdue || silence.isMute(lane.source)) {
                set(lane, Freshness.State.STALE, nowNs);
            }
        } else if (Silence.isStale(lane)) {
            set(lane, Freshness.State.STALE, nowNs);
            openStale(lane, nowNs, findings);
        } else if (lane.overdue) {
            if (silence.allOverdue(lane.instrument)
                    && state.freshness.state(lane.instrument) != Freshness.State.STALE) {
                set(lane, Freshness.State.QUIET, nowNs);
            }
        } else if (!silence.anyStale(lane.instrument)) {
            if (staleSinceNs[lane.instrument] != 0) {
                closeStale(lane, nowNs, findings);
            }
            set(lane, Freshness.State.FRESH, nowNs);
        }
    }

    private void set(final Lane lane, final Freshness.State freshness, final long nowNs) {
        state.freshness.set(
                lane.instrument, freshness, silence.longestThresholdNs(lane.instrument), nowNs);
    }

    private void openStale(final Lane lane, final long nowNs, final FindingSink findings) {
        if (staleSinceNs[lane.instrument] != 0) {
            return;
        }
        staleSinceNs[lane.instrument] = lane.lastNs;
        final Finding finding = findings.claim(FindingKind.SYMBOL_STALE, Edge.OPEN, name(), nowNs);
        Subject.instrument(finding, state, lane.instrument, lane.channel)
                .with(Evidence.AGE_NS, nowNs - lane.lastNs)
                .with(Evidence.THRESHOLD_NS, silence.thresholdNs(lane))
                .with(Evidence.CONNECTION, state.sources.source(lane.source).connection());
        findings.publish();
    }

    private void closeStale(final Lane lane, final long nowNs, final FindingSink findings) {
        final Finding finding = findings.claim(FindingKind.SYMBOL_STALE, Edge.CLOSE, name(), nowNs);
        Subject.instrument(finding, state, lane.instrument, lane.channel)
                .with(Evidence.LASTED_NS, nowNs - staleSinceNs[lane.instrument]);
        findings.publish();
        staleSinceNs[lane.instrument] = 0;
    }

    private void neverSeen(final Lane lane, final long nowNs, final FindingSink findings) {
        final int source = liveOf(lane.source);
        final long liveSinceNs = state.sessions.liveSinceNs(source);
        if (state.sessions.state(source) != SessionState.LIVE
                || nowNs - liveSinceNs < silence.thresholds.neverSeenNs()
                || unseenSinceNs[lane.instrument] != 0
                || silence.anySeen(lane.instrument)) {
            return;
        }
        unseenSinceNs[lane.instrument] = liveSinceNs;
        final Finding finding =
                findings.claim(FindingKind.SYMBOL_NEVER_SEEN, Edge.OPEN, name(), nowNs);
        Subject.instrument(finding, state, lane.instrument, lane.channel)
                .with(Evidence.AGE_NS, nowNs - liveSinceNs)
                .with(Evidence.THRESHOLD_NS, silence.thresholds.neverSeenNs())
                .with(Evidence.CONNECTION, state.sources.source(source).connection());
        findings.publish();
    }

    /** Of two connections with the same streams the one that is live. */
    private int liveOf(final int source) {
        final int twin = state.sources.twin(source);
        return twin >= 0
                        && state.sessions.state(source) != SessionState.LIVE
                        && state.sessions.state(twin) == SessionState.LIVE
                ? twin
                : source;
    }

    private void closeUnseen(final int instrument, final long nowNs, final FindingSink findings) {
        final Finding finding =
                findings.claim(FindingKind.SYMBOL_NEVER_SEEN, Edge.CLOSE, name(), nowNs);
        Subject.instrument(finding, state, instrument, Channel.NONE)
                .with(Evidence.LASTED_NS, nowNs - unseenSinceNs[instrument]);
        findings.publish();
        unseenSinceNs[instrument] = 0;
    }

    private void reserve(final int instrument) {
        if (instrument >= staleSinceNs.length) {
            final int size = Math.max(instrument + 1, staleSinceNs.length * 2);
            staleSinceNs = Arrays.copyOf(staleSinceNs, size);
            unseenSinceNs = Arrays.copyOf(unseenSinceNs, size);
        }
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        Subject.append(out, finding);
        if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append(" has data again after "), finding.number(Evidence.LASTED_NS, 0));
        } else if (finding.kind == FindingKind.SYMBOL_STALE) {
            Subject.duration(
                            out.append(" is stale: no ")
                                    .append(finding.channel.label())
                                    .append(" for "),
                            finding.number(Evidence.AGE_NS, 0))
                    .append(" while it moves elsewhere");
        } else {
            Subject.duration(
                            out.append(" was subscribed and never seen: no data for "),
                            finding.number(Evidence.AGE_NS, 0))
                    .append("; check the symbol and its channel");
        }
    }
}
