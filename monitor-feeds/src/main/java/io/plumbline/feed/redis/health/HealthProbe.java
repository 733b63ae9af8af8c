package io.plumbline.feed.redis.health;

import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.feed.redis.RedisNode;
import io.plumbline.feed.redis.RedisProbeServer;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.metrics.LatencyRecorder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;

/**
 * Asks every node of a Redis how it is: a ping, INFO, in a Cluster what it thinks of the others;
 * now and then its slow log and its clients. The node that the configuration names is asked on the
 * probe's own connection, the others of a Cluster on one each, as they come and go. Probe thread;
 * {@link #nodes} any.
 */
public final class HealthProbe implements Probe<ProbeLink> {
    private static final int MOST_NODES = 128;
    private static final long SELDOM_NS = 10_000_000_000L;
    private static final long RETRY_NS = 5_000_000_000L;
    private static final List<String> COUNTERS =
            List.of("evicted_keys", "expired_keys", "total_commands_processed");

    /** A node and how it is reached. */
    private static final class Node {
        final String name;
        final NodeQuestions questions;
        ProbeLink link;
        long dueNs = Long.MIN_VALUE;
        long seldomNs = Long.MIN_VALUE;
        NodeReport last;

        Node(final String name, final NodeQuestions questions) {
            this.name = name;
            this.questions = questions;
        }
    }

    private final RedisProbeServer server;
    private final String subject;
    private final long everyNs;
    private final LatencyRecorder pings;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private volatile List<NodeReport> reports = List.of();

    /**
     * @param subject the name of the Redis
     * @param pings takes the time of every ping to every node
     */
    public HealthProbe(
            final RedisProbeServer server,
            final String subject,
            final long everyNs,
            final LatencyRecorder pings) {
        this.server = server;
        this.subject = subject;
        this.everyNs = everyNs;
        this.pings = pings;
    }

    @Override
    public String name() {
        return "health";
    }

    @Override
    public long everyNs() {
        return everyNs;
    }

    /** The last that was learned of every node. Any thread. */
    public List<NodeReport> nodes() {
        return reports;
    }

    @Override
    public void run(final ProbeLink entry, final ProbeReport report) {
        final Node first = node(server.node().toString());
        try {
            ask(first, entry, report);
        } catch (final RuntimeException failure) {
            first.last = down(first, server.reason(failure), report);
            publish();
            throw failure;
        }
        final Map<String, Boolean> others = others(first.last);
        for (final Map.Entry<String, Boolean> other : others.entrySet()) {
            if (report.hasTime()) {
                visit(node(other.getKey()), other.getValue(), report);
            }
        }
        nodes.values()
                .removeIf(
                        node -> {
                            final boolean gone = node != first && !others.containsKey(node.name);
                            if (gone) {
                                hangUp(node);
                            }
                            return gone;
                        });
        publish();
    }

    /** Hangs up at the other nodes: once the probe runs no more. */
    public void close() {
        nodes.values().forEach(this::hangUp);
    }

    /** The other nodes of a Cluster, and whether they were given up. */
    private static Map<String, Boolean> others(final NodeReport first) {
        final Map<String, Boolean> others = new LinkedHashMap<>();
        for (final ClusterPeer peer : first.peers()) {
            if (!peer.flags().contains("myself")
                    && !peer.address().isEmpty()
                    && others.size() < MOST_NODES) {
                others.put(peer.address(), peer.failed());
            }
        }
        others.remove(first.node());
        return others;
    }

    private Node node(final String name) {
        return nodes.computeIfAbsent(
                name, unknown -> new Node(unknown, new NodeQuestions(server.clientName())));
    }

    /** Another node: what fails there is told of it, and costs nobody else anything. */
    private void visit(final Node node, final boolean givenUp, final ProbeReport report) {
        if (report.clock().epochNanos() < node.dueNs) {
            return;
        }
        try {
            if (givenUp) {
                throw new IllegalStateException("the Cluster gave it up");
            }
            if (node.link == null) {
                node.link = server.open(RedisNode.parse(node.name));
            }
            ask(node, node.link, report);
        } catch (final RuntimeException failure) {
            hangUp(node);
            node.dueNs = report.clock().epochNanos() + RETRY_NS;
            node.last = down(node, givenUp ? failure.getMessage() : server.reason(failure), report);
        }
    }

    private NodeReport down(final Node node, final String reason, final ProbeReport report) {
        report.reading(ProbeKind.NODE_INFO, node.name).failed(reason);
        report.tell();
        return NodeReport.down(subject, node.name, reason, report.clock().epochNanos());
    }

    private void hangUp(final Node node) {
        if (node.link != null) {
            server.close(node.link);
            node.link = null;
        }
    }

    private void ask(final Node node, final ProbeLink link, final ProbeReport report) {
        final long sentNs = report.clock().epochNanos();
        link.ask(Command.PING);
        final long atNs = report.clock().epochNanos();
        pings.record(atNs - sentNs);
        final byte[] info = (byte[]) link.ask(Command.INFO);
        report.reading(ProbeKind.NODE_INFO, node.name)
                .with(Measure.PING_NS, atNs - sentNs)
                .text(info);
        report.tell();
        final Map<String, String> fields = fields(text(info));
        String cluster = "";
        String peers = "";
        if ("1".equals(fields.get("cluster_enabled"))) {
            cluster = text((byte[]) link.ask(Command.CLUSTER, "INFO"));
            peers = text((byte[]) link.ask(Command.CLUSTER, "NODES"));
            report.reading(ProbeKind.NODE_CLUSTER, node.name).text(cluster + '\n' + peers);
            report.tell();
        }
        if (atNs >= node.seldomNs) {
            node.seldomNs = atNs + SELDOM_NS;
            node.questions.ask(link, NodeReport.number(fields, "connected_clients"), atNs);
        }
        node.last =
                new NodeReport(
                        subject,
                        node.name,
                        true,
                        "",
                        atNs,
                        atNs - sentNs,
                        fields,
                        fields(cluster),
                        ClusterPeer.parse(peers),
                        perSecond(node.last, fields, atNs),
                        node.questions.slow(),
                        node.questions.own(),
                        node.questions.notifyFlags(),
                        node.questions.refused());
    }

    private static Map<String, Long> perSecond(
            final NodeReport before, final Map<String, String> fields, final long atNs) {
        final Map<String, Long> rates = new LinkedHashMap<>();
        if (before == null || !before.up() || atNs <= before.atNs()) {
            return rates;
        }
        for (final String counter : COUNTERS) {
            final long was = before.number(counter);
            final long is = NodeReport.number(fields, counter);
            if (was >= 0 && is >= was) {
                rates.put(counter, (is - was) * 1_000_000_000L / (atNs - before.atNs()));
            }
        }
        return rates;
    }

    private void publish() {
        final List<NodeReport> all = new ArrayList<>();
        for (final Node node : nodes.values()) {
            if (node.last != null) {
                all.add(node.last);
            }
        }
        reports = List.copyOf(all);
    }

    private static String text(final byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8);
    }

    /** The fields of INFO or CLUSTER INFO. */
    static Map<String, String> fields(final String text) {
        final Map<String, String> fields = new LinkedHashMap<>();
        for (final String line : text.lines().toList()) {
            final int colon = line.indexOf(':');
            if (colon > 0 && line.charAt(0) != '#') {
                fields.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return fields;
    }
}
