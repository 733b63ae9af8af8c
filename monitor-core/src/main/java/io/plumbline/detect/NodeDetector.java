package io.plumbline.detect;

import io.plumbline.detect.NodeHealth.Ill;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.SessionState;
import io.plumbline.market.probe.NameTable;
import io.plumbline.market.probe.NodeRule;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The health of Redis, node by node: CLUSTER_UNHEALTHY (one for a whole Cluster, whoever says it),
 * REDIS_MEMORY, REPLICATION_BROKEN, PERSISTENCE_FAILED, REDIS_CLIENTS_DROPPED, REDIS_RESTARTED, and
 * REDIS_SLOW of a node while the observer of its prices does not say so. All of a node have one
 * fingerprint: one case, as bad as the worst.
 */
public final class NodeDetector implements Detector {
    private static final int MOST_NODES = 1_024;
    private static final long BLIND_NS = 10_000_000_000L;

    private final MarketState state;
    private final List<NodeRule> rules;
    private final List<NameTable> names = new ArrayList<>();
    private final List<List<NodeHealth>> nodes = new ArrayList<>();
    private final int[] clusterTold;
    private final long[] blindSinceNs;
    private final boolean[] blindTold;
    private final String[] blindReason;

    /**
     * @param rules one a server, its nodes found as they come
     */
    public NodeDetector(final MarketState state, final List<NodeRule> rules) {
        this.state = state;
        this.rules = List.copyOf(rules);
        for (int i = 0; i < rules.size(); i++) {
            names.add(new NameTable(MOST_NODES));
            nodes.add(new ArrayList<>());
        }
        clusterTold = new int[rules.size()];
        blindSinceNs = new long[rules.size()];
        blindTold = new boolean[rules.size()];
        blindReason = new String[rules.size()];
        Arrays.fill(blindSinceNs, MarketEvent.NONE);
    }

    @Override
    public String name() {
        return "node";
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
        if (event.type == EventType.TIMER) {
            for (int i = 0; i < rules.size(); i++) {
                blind(i, nowNs, findings);
            }
        } else if (event.type == EventType.PROBE) {
            for (int i = 0; i < rules.size(); i++) {
                if (rules.get(i).source() == event.source) {
                    reading(i, event.reading, nowNs, findings);
                }
            }
        }
    }

    private void reading(
            final int rule, final Reading reading, final long nowNs, final FindingSink findings) {
        if (reading.kind == ProbeKind.PROBE_STATE) {
            blindSinceNs[rule] = reading.failed() ? nowNs : MarketEvent.NONE;
            blindReason[rule] = reading.text();
            blind(rule, nowNs, findings);
        } else if (reading.failed()) {
            return;
        } else if (reading.kind == ProbeKind.NODE_INFO) {
            final NodeHealth node = node(rule, reading);
            if (node != null) {
                info(node, reading, nowNs, findings);
            }
        } else if (reading.kind == ProbeKind.NODE_CLUSTER) {
            final NodeHealth node = node(rule, reading);
            if (node != null) {
                cluster(rule, node, reading, nowNs, findings);
            }
        }
    }

    /** A Redis whose prices are seen, and that does not say how it is. */
    private void blind(final int rule, final long nowNs, final FindingSink findings) {
        final boolean lasting =
                blindSinceNs[rule] != MarketEvent.NONE
                        && nowNs - blindSinceNs[rule] >= BLIND_NS
                        && state.sessions.state(rules.get(rule).redis()) == SessionState.LIVE;
        final boolean over = blindSinceNs[rule] == MarketEvent.NONE;
        if (blindTold[rule] ? over : lasting) {
            blindTold[rule] = lasting;
            final Finding finding =
                    findings.claim(
                            FindingKind.OBSERVER_DEGRADED,
                            lasting ? Edge.OPEN : Edge.CLOSE,
                            name(),
                            nowNs);
            finding.key = rules.get(rule).subject();
            if (lasting) {
                finding.with(Evidence.CAUSE, "it does not say how it is")
                        .with(Evidence.DETAIL, blindReason[rule]);
            }
            findings.publish();
        }
    }

    private NodeHealth node(final int rule, final Reading reading) {
        final int id =
                names.get(rule).intern(reading.bytes, reading.targetOffset, reading.targetLength);
        final List<NodeHealth> known = nodes.get(rule);
        if (id >= 0 && id == known.size()) {
            known.add(
                    new NodeHealth(
                            rules.get(rule), rules.get(rule).subject() + ' ' + reading.target()));
        }
        return id < 0 ? null : known.get(id);
    }

    private void info(
            final NodeHealth node,
            final Reading reading,
            final long nowNs,
            final FindingSink findings) {
        if (node.isAnotherRun(reading, nowNs)) {
            final Finding finding =
                    findings.claim(FindingKind.REDIS_RESTARTED, Edge.EVENT, name(), nowNs);
            finding.key = node.name;
            finding.with(Evidence.CAUSE, node.cause()).with(Evidence.DETAIL, node.detail());
            findings.publish();
        }
        judge(node, Ill.MEMORY, reading, nowNs, findings);
        judge(node, Ill.REPLICATION, reading, nowNs, findings);
        judge(node, Ill.PERSISTENCE, reading, nowNs, findings);
        judge(node, Ill.CLIENTS, reading, nowNs, findings);
        judge(node, Ill.SLOW, reading, nowNs, findings);
        node.read(reading, nowNs);
    }

    private void judge(
            final NodeHealth node,
            final Ill ill,
            final Reading reading,
            final long nowNs,
            final FindingSink findings) {
        final boolean toldElsewhere = ill == Ill.SLOW && state.sight.isSlow(node.rule.redis());
        final boolean holds = node.holds(ill, reading, nowNs) && !toldElsewhere;
        if (node.step(ill, holds, nowNs)) {
            tell(node, ill, node.name, nowNs, findings);
        }
    }

    /** One condition for all nodes of a Cluster: it holds while any of them says so. */
    private void cluster(
            final int rule,
            final NodeHealth node,
            final Reading reading,
            final long nowNs,
            final FindingSink findings) {
        if (!node.step(Ill.CLUSTER, node.holds(Ill.CLUSTER, reading, nowNs), nowNs)) {
            return;
        }
        clusterTold[rule] += node.isOpen(Ill.CLUSTER) ? 1 : -1;
        if (clusterTold[rule] == (node.isOpen(Ill.CLUSTER) ? 1 : 0)) {
            tell(node, Ill.CLUSTER, node.rule.subject(), nowNs, findings);
        }
    }

    private void tell(
            final NodeHealth node,
            final Ill ill,
            final String key,
            final long nowNs,
            final FindingSink findings) {
        final boolean opens = node.isOpen(ill);
        final Finding finding =
                findings.claim(ill.kind, opens ? Edge.OPEN : Edge.CLOSE, name(), nowNs);
        finding.key = key;
        if (opens) {
            finding.severity = node.severity() == null ? finding.severity : node.severity();
            finding.with(Evidence.CAUSE, node.cause()).with(Evidence.DETAIL, node.detail());
        } else {
            finding.with(Evidence.LASTED_NS, nowNs - node.sinceNs(ill));
        }
        findings.publish();
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        if (finding.edge == Edge.CLOSE) {
            out.append(finding.key).append(' ').append(well(finding.kind));
            if (finding.kind == FindingKind.OBSERVER_DEGRADED) {
                return;
            }
            out.append(", after ");
            Subject.duration(out, finding.number(Evidence.LASTED_NS, 0));
            return;
        }
        out.append(finding.key)
                .append(' ')
                .append(ill(finding.kind))
                .append(": ")
                .append(finding.text(Evidence.CAUSE));
        final String detail = finding.text(Evidence.DETAIL);
        if (!detail.isEmpty()) {
            out.append(" (").append(detail).append(')');
        }
    }

    private static String ill(final FindingKind kind) {
        switch (kind) {
            case CLUSTER_UNHEALTHY:
                return "does not serve all of its slots, or is about to";
            case REDIS_MEMORY:
                return "runs out of memory";
            case REPLICATION_BROKEN:
                return "does not replicate as it should";
            case PERSISTENCE_FAILED:
                return "cannot save its data";
            case REDIS_CLIENTS_DROPPED:
                return "turns clients away";
            case OBSERVER_DEGRADED:
                return "is seen less well than it should be";
            case REDIS_RESTARTED:
                return "is not the process that it was";
            default:
                return "answers slowly";
        }
    }

    private static String well(final FindingKind kind) {
        switch (kind) {
            case CLUSTER_UNHEALTHY:
                return "serves all of its slots again";
            case REDIS_MEMORY:
                return "has memory again";
            case REPLICATION_BROKEN:
                return "replicates again";
            case PERSISTENCE_FAILED:
                return "saves its data again";
            case OBSERVER_DEGRADED:
                return "says again how it is";
            case REDIS_CLIENTS_DROPPED:
                return "takes its clients again";
            default:
                return "answers at its usual pace again";
        }
    }
}
