package io.plumbline.app;

import io.plumbline.app.alert.Outbox;
import io.plumbline.app.desk.Acknowledgement;
import io.plumbline.app.desk.CaseHandling;
import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.CaseState;
import io.plumbline.app.desk.Desk;
import io.plumbline.app.gate.GateReading;
import io.plumbline.app.http.BackfillView;
import io.plumbline.app.http.CaseView;
import io.plumbline.app.http.Controls;
import io.plumbline.app.http.Dependency;
import io.plumbline.app.http.FeedCopies;
import io.plumbline.app.http.GaugeId;
import io.plumbline.app.http.Health;
import io.plumbline.app.http.MonitorView;
import io.plumbline.app.http.Prerequisite;
import io.plumbline.app.http.Readiness;
import io.plumbline.app.http.RedisNodeView;
import io.plumbline.app.http.SymbolStatus;
import io.plumbline.app.http.Thresholds;
import io.plumbline.app.http.Trend;
import io.plumbline.app.http.Vitals;
import io.plumbline.app.latency.LatencyReporter;
import io.plumbline.app.latency.LatencyView;
import io.plumbline.feed.Feed;
import io.plumbline.feed.FeedStatus;
import io.plumbline.feed.redis.RedisFeed;
import io.plumbline.finding.FindingRing;
import io.plumbline.finding.Severity;
import io.plumbline.inbound.InboundRing;
import io.plumbline.journal.JournalState;
import io.plumbline.journal.JournalStats;
import io.plumbline.journal.JournalWriter;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The running monitor as the HTTP side sees it. Any thread; waits for nothing. */
final class LiveView implements MonitorView {
    private static final long ENGINE_STANDS_NS = 5_000_000_000L;
    private static final int SHOWN_CASES = 5;

    /** The parts that are looked at; all made before the server is bound. */
    record Parts(
            String version,
            long startedAtNs,
            EpochNanoClock clock,
            Counters counters,
            Feeds feeds,
            JournalWriter journal,
            Outbox outbox,
            Desk desk,
            Controls controls,
            InboundRing inbound,
            FindingRing findings,
            MeteredEngine engine,
            LatencyReporter latency,
            GateRoom gate,
            SymbolBoard symbols,
            TrendBoard trends,
            CopyBoard copies,
            Thresholds thresholds,
            PrerequisiteBoard prerequisites) {}

    private final Parts parts;
    private final VitalSigns vitals;
    private final Set<String> seenLive = Collections.synchronizedSet(new HashSet<>());

    LiveView(final Parts parts) {
        this.parts = parts;
        vitals = new VitalSigns(parts.counters, parts.feeds.venues());
        vitals.record(parts.startedAtNs);
    }

    /** Remembers what can be told later only by who has looked, whether or not anybody asks. */
    void observe() {
        final long nowNs = parts.clock.epochNanos();
        vitals.record(nowNs);
        parts.prerequisites.tell(parts.feeds.redis(), parts.feeds.nodes(), nowNs);
    }

    @Override
    public Health health() {
        final long nowNs = parts.clock.epochNanos();
        final List<String> reasons = new ArrayList<>();
        Health.Status status = Health.Status.UP;
        final long engineNs = parts.engine.lastNs();
        if (engineNs != 0 && nowNs - engineNs > ENGINE_STANDS_NS) {
            status = Health.Status.DOWN;
            reasons.add(
                    "the engine has not moved for " + (nowNs - engineNs) / 1_000_000_000 + " s");
        }
        for (final Dependency dependency : dependencies()) {
            if (!dependency.healthy()) {
                reasons.add(dependency.name() + " is " + dependency.state());
            }
        }
        int shown = 0;
        for (final CaseRecord open : parts.desk.cases()) {
            if (open.state() == CaseState.OPEN
                    && open.severity().compareTo(Severity.HIGH) >= 0
                    && open.inhibitedBy().isEmpty()
                    && shown++ < SHOWN_CASES) {
                reasons.add(open.text());
            }
        }
        if (status == Health.Status.UP && !reasons.isEmpty()) {
            status = Health.Status.DEGRADED;
        }
        return new Health(status, parts.version, parts.startedAtNs, nowNs, reasons);
    }

    @Override
    public List<Dependency> dependencies() {
        final List<Dependency> dependencies = new ArrayList<>();
        for (final Feed venue : parts.feeds.venues()) {
            dependencies.add(feed(venue.status(), Dependency.Kind.VENUE));
        }
        for (final RedisFeed server : parts.feeds.redis()) {
            for (final FeedStatus part : server.statuses()) {
                dependencies.add(feed(part, Dependency.Kind.REDIS));
            }
        }
        redisNodes().forEach(node -> dependencies.add(node(node)));
        for (final Feed probes : parts.feeds.probes().feeds()) {
            dependencies.add(feed(probes.status(), Dependency.Kind.PROBE));
        }
        for (final Feed database : parts.feeds.databases().feeds()) {
            dependencies.add(feed(database.status(), Dependency.Kind.DATABASE));
        }
        if (parts.journal != null) {
            final JournalStats stats = parts.journal.stats();
            dependencies.add(
                    new Dependency(
                            "journal",
                            Dependency.Kind.JOURNAL,
                            stats.state().name(),
                            stats.state() == JournalState.RECORDING,
                            "segment " + stats.segment() + ", " + stats.lost() + " records lost",
                            stats.sinceNs(),
                            0,
                            0));
        }
        final int pending = parts.outbox.pending();
        dependencies.add(
                new Dependency(
                        "outbox",
                        Dependency.Kind.OUTBOX,
                        pending == 0 ? "EMPTY" : "DELIVERING",
                        true,
                        pending + " alerts to deliver",
                        0,
                        0,
                        0));
        dependencies.addAll(parts.gate.dependencies());
        return dependencies;
    }

    private static Dependency node(final RedisNodeView node) {
        return new Dependency(
                "redis/" + node.report().server() + ' ' + node.report().node(),
                Dependency.Kind.REDIS_NODE,
                node.state(),
                node.healthy(),
                node.detail(),
                0,
                node.report().up() ? node.report().atNs() : 0,
                0);
    }

    private Dependency feed(final FeedStatus status, final Dependency.Kind kind) {
        if (status.state() == SessionState.LIVE) {
            seenLive.add(status.name());
        }
        return new Dependency(
                status.name(),
                kind,
                status.state().name(),
                status.state() == SessionState.LIVE,
                status.detail(),
                status.sinceNs(),
                status.lastMessageNs(),
                status.epoch());
    }

    @Override
    public Readiness readiness() {
        final List<String> reasons = new ArrayList<>();
        for (final Dependency dependency : dependencies()) {
            final boolean feed =
                    dependency.kind() == Dependency.Kind.VENUE
                            || dependency.kind() == Dependency.Kind.REDIS;
            if (feed && !seenLive.contains(dependency.name())) {
                reasons.add(dependency.name() + " has not been LIVE yet: " + dependency.detail());
            }
        }
        if (parts.engine.lastNs() == 0) {
            reasons.add("the engine has not seen a message yet");
        }
        return new Readiness(reasons.isEmpty(), reasons);
    }

    @Override
    public List<SymbolStatus> symbols() {
        return parts.symbols.read(parts.clock.epochNanos());
    }

    @Override
    public List<String> recentFindings(final int limit) {
        final List<String> lines = new ArrayList<>(parts.desk.recentFindings());
        Collections.reverse(lines);
        return lines.subList(0, Math.min(limit, lines.size()));
    }

    @Override
    public Controls controls() {
        return parts.controls;
    }

    @Override
    public List<CaseView> cases() {
        final List<CaseView> views = new ArrayList<>();
        for (final CaseRecord open : parts.desk.cases()) {
            final CaseHandling handling = open.handling();
            final Acknowledgement taken = handling.acknowledged();
            views.add(
                    new CaseView(
                            open.fingerprint(),
                            open.kind(),
                            open.severity(),
                            open.state().name(),
                            open.venue(),
                            open.instrument(),
                            open.key(),
                            open.sinceNs(),
                            open.lastNs(),
                            open.count(),
                            open.inhibitedBy(),
                            open.text(),
                            handling.silencedBy(),
                            open.told().name(),
                            handling.flapping(),
                            taken == null ? "" : taken.by(),
                            taken == null ? 0 : taken.atNs(),
                            taken == null ? "" : taken.note(),
                            handling.timeline().stream()
                                    .map(
                                            moment ->
                                                    new CaseView.Moment(
                                                            moment.atNs(),
                                                            moment.what().name(),
                                                            moment.detail()))
                                    .toList()));
        }
        return views;
    }

    @Override
    public List<LatencyView> latency() {
        return parts.latency.latest();
    }

    @Override
    public Trend trend(final String key) {
        return parts.trends.of(key);
    }

    @Override
    public GateReading gate() {
        return parts.gate.gate().overall();
    }

    @Override
    public List<GateReading> gates() {
        return parts.gate.gate().readings();
    }

    @Override
    public GateReading gate(final String symbol) {
        return parts.gate.gate().of(symbol);
    }

    @Override
    public List<BackfillView> backfills() {
        return parts.feeds.backfills().views();
    }

    @Override
    public List<RedisNodeView> redisNodes() {
        final List<CaseRecord> open = new ArrayList<>(parts.desk.cases());
        open.removeIf(record -> record.state() != CaseState.OPEN);
        return parts.feeds.nodes().read().stream()
                .map(
                        report -> {
                            final String key = "redis/" + report.server() + ' ' + report.node();
                            return new RedisNodeView(
                                    report,
                                    open.stream()
                                            .filter(record -> record.key().equals(key))
                                            .map(record -> record.kind() + ": " + record.text())
                                            .toList());
                        })
                .toList();
    }

    @Override
    public List<FeedCopies> copies() {
        return parts.copies.read();
    }

    @Override
    public Vitals vitals() {
        return vitals.read(parts.clock.epochNanos());
    }

    @Override
    public Thresholds thresholds() {
        return parts.thresholds;
    }

    @Override
    public List<Prerequisite> prerequisites() {
        return parts.prerequisites.read(parts.feeds.redis(), parts.feeds.nodes());
    }

    @Override
    public Counters counters() {
        return parts.counters;
    }

    @Override
    public Map<GaugeId, Long> gauges() {
        final Map<GaugeId, Long> gauges = new EnumMap<>(GaugeId.class);
        gauges.put(GaugeId.INBOUND_RING_CAPACITY, (long) parts.inbound.capacity());
        gauges.put(GaugeId.INBOUND_RING_REMAINING, parts.inbound.remaining());
        gauges.put(GaugeId.FINDING_RING_CAPACITY, (long) parts.findings.capacity());
        gauges.put(GaugeId.FINDING_RING_REMAINING, parts.findings.remaining());
        gauges.put(GaugeId.OUTBOX_BACKLOG, (long) parts.outbox.pending());
        gauges.put(
                GaugeId.CASES_OPEN,
                parts.desk.cases().stream().filter(c -> c.state() == CaseState.OPEN).count());
        gauges.put(
                GaugeId.CASES_SUPPRESSED,
                parts.desk.cases().stream().filter(CaseRecord::suppressed).count());
        gauges.put(GaugeId.WATCHED_SYMBOLS, (long) parts.symbols.size());
        return gauges;
    }
}
