package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.finding.Severity;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.MonitorFact;
import io.plumbline.market.SessionState;
import io.plumbline.market.Sources;

/**
 * FEED_DOWN: a venue connection that should be there is not; closes when it is LIVE again. A
 * planned change with a second connection alive is none; where another connection carries the same
 * streams, it is worth less. WARMUP_STUCK: connected, and not LIVE by the deadline.
 */
public final class SessionDetector implements Detector {
    private final MarketState state;
    private final long downAfterNs;
    private final long warmupNs;
    private final long[] downSinceNs;
    private final long[] warmingSinceNs;
    private final boolean[] down;
    private final boolean[] stuck;
    private final String[] reasons;
    private boolean stopping;

    /**
     * @param downAfterNs how long a connection that never was LIVE may take before it counts as
     *     down
     * @param warmupNs how long SUBSCRIBED and WARMING may last
     */
    public SessionDetector(final MarketState state, final long downAfterNs, final long warmupNs) {
        this.state = state;
        this.downAfterNs = downAfterNs;
        this.warmupNs = warmupNs;
        final int sources = state.sources.size();
        downSinceNs = new long[sources];
        warmingSinceNs = new long[sources];
        down = new boolean[sources];
        stuck = new boolean[sources];
        reasons = new String[sources];
    }

    @Override
    public String name() {
        return "session";
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
        if (event.type == EventType.MONITOR && event.fact == MonitorFact.STOPPING) {
            stopping = true;
        } else if (stopping) {
            return;
        } else if (event.type == EventType.SESSION
                && state.sources.source(event.source).kind() == Sources.Kind.VENUE) {
            changed(event.source, nowNs, findings);
        } else if (event.type == EventType.TIMER) {
            for (int source = 0; source < down.length; source++) {
                overdue(source, nowNs, findings);
            }
        }
    }

    private void changed(final int source, final long nowNs, final FindingSink findings) {
        switch (state.sessions.state(source)) {
            case DOWN:
                if (downSinceNs[source] == 0) {
                    downSinceNs[source] = nowNs;
                }
                warmingSinceNs[source] = 0;
                reasons[source] = state.sessions.reason(source);
                if (state.sessions.everLive(source)) {
                    open(source, nowNs, findings);
                }
                break;
            case CONNECTING:
                if (downSinceNs[source] == 0) {
                    downSinceNs[source] = nowNs;
                }
                break;
            case SUBSCRIBED:
            case WARMING:
                if (warmingSinceNs[source] == 0) {
                    warmingSinceNs[source] = nowNs;
                }
                break;
            case LIVE:
                live(source, nowNs, findings);
                break;
            default:
                break;
        }
    }

    private void overdue(final int source, final long nowNs, final FindingSink findings) {
        if (!down[source]
                && downSinceNs[source] != 0
                && !state.sessions.isUp(source)
                && nowNs - downSinceNs[source] > downAfterNs) {
            open(source, nowNs, findings);
        }
        if (!stuck[source]
                && warmingSinceNs[source] != 0
                && nowNs - warmingSinceNs[source] > warmupNs) {
            stuck[source] = true;
            final Finding finding =
                    findings.claim(FindingKind.WARMUP_STUCK, Edge.OPEN, name(), nowNs);
            Subject.source(finding, state, source)
                    .with(Evidence.STATE, state.sessions.state(source).name())
                    .with(Evidence.AGE_NS, nowNs - warmingSinceNs[source])
                    .with(Evidence.THRESHOLD_NS, warmupNs)
                    .with(Evidence.DETAIL, state.sessions.reason(source));
            findings.publish();
        }
    }

    private void open(final int source, final long nowNs, final FindingSink findings) {
        if (down[source]) {
            return;
        }
        down[source] = true;
        final Finding finding = findings.claim(FindingKind.FEED_DOWN, Edge.OPEN, name(), nowNs);
        if (state.twins.otherDelivers(source, nowNs)) {
            finding.severity = Severity.MEDIUM;
        }
        Subject.source(finding, state, source)
                .with(Evidence.STATE, state.sessions.state(source).name())
                .with(
                        Evidence.DETAIL,
                        reasons[source] == null ? "no connection yet" : reasons[source]);
        findings.publish();
    }

    private void live(final int source, final long nowNs, final FindingSink findings) {
        if (down[source]) {
            down[source] = false;
            final Finding finding =
                    findings.claim(FindingKind.FEED_DOWN, Edge.CLOSE, name(), nowNs);
            Subject.source(finding, state, source)
                    .with(Evidence.LASTED_NS, nowNs - downSinceNs[source])
                    .with(Evidence.STATE, SessionState.LIVE.name());
            findings.publish();
        }
        if (stuck[source]) {
            stuck[source] = false;
            final Finding finding =
                    findings.claim(FindingKind.WARMUP_STUCK, Edge.CLOSE, name(), nowNs);
            Subject.source(finding, state, source)
                    .with(Evidence.LASTED_NS, nowNs - warmingSinceNs[source]);
            findings.publish();
        }
        downSinceNs[source] = 0;
        warmingSinceNs[source] = 0;
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("Connection ").append(finding.key).append(" of ").append(finding.venue);
        if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append(" is live again after "), finding.number(Evidence.LASTED_NS, 0));
        } else if (finding.kind == FindingKind.FEED_DOWN) {
            out.append(" is down: ").append(finding.text(Evidence.DETAIL));
        } else {
            Subject.duration(
                            out.append(" is connected and not live after "),
                            finding.number(Evidence.AGE_NS, 0))
                    .append(": ")
                    .append(finding.text(Evidence.DETAIL));
        }
    }
}
