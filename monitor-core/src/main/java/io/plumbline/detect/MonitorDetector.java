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

/**
 * Facts that feeds and the journal offer about themselves, as findings: each pair of facts is one
 * state per source, opened once and closed once.
 */
public final class MonitorDetector implements Detector {
    private static final int DETAIL = 400;
    private static final String UNKNOWN = "unknown symbol";
    private static final int TICKS = FindingKind.TICK_SIZE.ordinal();

    private final MarketState state;
    private final boolean[][] open;

    public MonitorDetector(final MarketState state) {
        this.state = state;
        open = new boolean[state.sources.size()][FindingKind.values().length];
    }

    @Override
    public String name() {
        return "monitor";
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
        if (event.type == EventType.INSTRUMENT && open[event.source][TICKS]) {
            open[event.source][TICKS] = false;
            claim(FindingKind.TICK_SIZE, Edge.CLOSE, event, nowNs, findings);
            findings.publish();
        }
        if (event.type != EventType.MONITOR) {
            return;
        }
        switch (event.fact) {
            case JOURNAL_FAULT:
            case JOURNAL_RECOVERED:
                edge(FindingKind.JOURNAL_FAULT, MonitorFact.JOURNAL_FAULT, event, nowNs, findings);
                break;
            case DISK_FULL:
            case DISK_RECOVERED:
                edge(FindingKind.DISK_FULL, MonitorFact.DISK_FULL, event, nowNs, findings);
                break;
            case OBSERVER_DEGRADED:
            case OBSERVER_RECOVERED:
                edge(
                        FindingKind.OBSERVER_DEGRADED,
                        MonitorFact.OBSERVER_DEGRADED,
                        event,
                        nowNs,
                        findings);
                break;
            case REDIS_DOWN:
            case REDIS_UP:
                edge(FindingKind.REDIS_DOWN, MonitorFact.REDIS_DOWN, event, nowNs, findings);
                break;
            case REDIS_SLOW:
            case REDIS_NORMAL:
                edge(FindingKind.REDIS_SLOW, MonitorFact.REDIS_SLOW, event, nowNs, findings);
                break;
            case REDIS_MOVED:
                tell(FindingKind.REDIS_MOVED, Edge.EVENT, event, nowNs, findings);
                break;
            case RATE_LIMITED:
            case RATE_NORMAL:
                edge(FindingKind.RATE_LIMITED, MonitorFact.RATE_LIMITED, event, nowNs, findings);
                break;
            case SUBSCRIBE_REJECTED:
            case SYMBOL_UNKNOWN:
                tell(FindingKind.SUBSCRIBE_REJECTED, Edge.EVENT, event, nowNs, findings);
                break;
            case REFERENCE_MISSING:
                edge(FindingKind.TICK_SIZE, MonitorFact.REFERENCE_MISSING, event, nowNs, findings);
                break;
            case UNIVERSE_INCOMPLETE:
            case UNIVERSE_COMPLETE:
                edge(
                        FindingKind.UNIVERSE_INCOMPLETE,
                        MonitorFact.UNIVERSE_INCOMPLETE,
                        event,
                        nowNs,
                        findings);
                break;
            case UNIVERSE_GROWN:
                tell(FindingKind.UNIVERSE_INCOMPLETE, Edge.EVENT, event, nowNs, findings);
                break;
            case HEARTBEAT_MISSED:
                tell(FindingKind.HEARTBEAT_MISSED, Edge.EVENT, event, nowNs, findings);
                break;
            default:
                break;
        }
    }

    private void edge(
            final FindingKind kind,
            final MonitorFact opening,
            final MarketEvent event,
            final long nowNs,
            final FindingSink findings) {
        final boolean opens = event.fact == opening;
        if (open[event.source][kind.ordinal()] != opens) {
            open[event.source][kind.ordinal()] = opens;
            tell(kind, opens ? Edge.OPEN : Edge.CLOSE, event, nowNs, findings);
        }
    }

    private void tell(
            final FindingKind kind,
            final Edge edge,
            final MarketEvent event,
            final long nowNs,
            final FindingSink findings) {
        final Finding finding = claim(kind, edge, event, nowNs, findings);
        if (event.fact == MonitorFact.UNIVERSE_GROWN) {
            finding.severity = Severity.LOW;
        }
        if (event.fact == MonitorFact.SYMBOL_UNKNOWN) {
            finding.with(Evidence.CAUSE, UNKNOWN);
        }
        final String detail = event.text(DETAIL);
        finding.with(Evidence.DETAIL, detail.isEmpty() ? null : detail);
        findings.publish();
    }

    private Finding claim(
            final FindingKind kind,
            final Edge edge,
            final MarketEvent event,
            final long nowNs,
            final FindingSink findings) {
        final Finding finding = findings.claim(kind, edge, name(), nowNs);
        Subject.source(finding, state, event.source);
        finding.key = state.sources.source(event.source).name();
        return finding;
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append(
                        UNKNOWN.equals(finding.text(Evidence.CAUSE))
                                ? "The venue does not list what is to be watched"
                                : sentence(finding.kind, finding.edge))
                .append(" (")
                .append(finding.key)
                .append(')');
        final String detail = finding.text(Evidence.DETAIL);
        if (!"?".equals(detail)) {
            out.append(": ").append(detail);
        }
    }

    private static String sentence(final FindingKind kind, final Edge edge) {
        final boolean opens = edge != Edge.CLOSE;
        switch (kind) {
            case JOURNAL_FAULT:
                return opens
                        ? "The journal cannot write; detection goes on"
                        : "The journal writes again";
            case DISK_FULL:
                return opens
                        ? "The disk is nearly full: recording stopped, detection goes on"
                        : "There is disk space again: recording goes on";
            case OBSERVER_DEGRADED:
                return opens
                        ? "Redis is seen less well than it should be"
                        : "Redis is seen well again";
            case REDIS_DOWN:
                return opens ? "Redis does not answer" : "Redis answers again";
            case REDIS_SLOW:
                return opens ? "Redis answers slowly" : "Redis answers at its usual pace again";
            case REDIS_MOVED:
                return "Another node of this Redis took over";
            case RATE_LIMITED:
                return opens
                        ? "The venue limits our requests"
                        : "The venue takes our requests again";
            case TICK_SIZE:
                return opens
                        ? "Tick sizes are unknown: off-grid prices and deviations in ticks are not"
                                + " checked"
                        : "Tick sizes are known again";
            case UNIVERSE_INCOMPLETE:
                return edge == Edge.EVENT
                        ? "Symbols that are meant are watched only after the next start"
                        : opens
                                ? "Not every symbol that is meant is watched"
                                : "Every symbol that is meant is known now";
            case SUBSCRIBE_REJECTED:
                return "The venue refuses a subscription";
            default:
                return "A ping was not answered in time";
        }
    }
}
