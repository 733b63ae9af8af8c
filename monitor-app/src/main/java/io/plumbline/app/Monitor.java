package io.plumbline.app;

import io.netty.channel.EventLoopGroup;
import io.plumbline.app.alert.AlertPager;
import io.plumbline.app.alert.HeartbeatPush;
import io.plumbline.app.alert.Outbox;
import io.plumbline.app.alert.OutboxSettings;
import io.plumbline.app.config.Config;
import io.plumbline.app.desk.Desk;
import io.plumbline.app.desk.FindingLog;
import io.plumbline.app.http.HttpServer;
import io.plumbline.app.latency.LatencyReporter;
import io.plumbline.app.universe.Conclusion;
import io.plumbline.app.watch.DetectorSet;
import io.plumbline.app.watch.Watch;
import io.plumbline.detect.Engine;
import io.plumbline.feed.FeedContext;
import io.plumbline.feed.FeedStatus;
import io.plumbline.feed.TimerFeed;
import io.plumbline.feed.websocket.SocketLoops;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingRing;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.InboundType;
import io.plumbline.inbound.Pace;
import io.plumbline.inbound.Progress;
import io.plumbline.inbound.Shutdown;
import io.plumbline.inbound.Watchdog;
import io.plumbline.journal.JournalWriter;
import io.plumbline.market.MonitorFact;
import io.plumbline.market.Sources;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import io.plumbline.time.SystemClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: everything a live run consists of, made in the order in which data flows,
 * from sockets to pages. The only place that makes threads but for those that serve sockets. The
 * constructor binds the API, takes the data directory and opens the outbox, whose open cases the
 * desk begins with; {@link #start} starts from right to left, so that everything has somewhere to
 * go; {@link #close} stops from left to right.
 */
public final class Monitor implements AutoCloseable {
    /** Sees findings as the desk does. */
    @FunctionalInterface
    public interface FindingObserver {
        /** The finding is the caller's again on return. */
        void onFinding(Finding finding, CharSequence sentence);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
    private static final long RING_CLOSE_NS = 2_000_000_000L;
    private static final long JOURNAL_CLOSE_NS = 2_000_000_000L;
    private static final int FINDING_CELLS = 8_192;
    private static final long FINDINGS_FILE_BYTES = 256L << 20;
    private static final int FINDINGS_FILES = 4;

    private final Config config;
    private final EpochNanoClock clock;
    private final FindingObserver observer;
    private final Counters counters = new Counters();
    private final EventLoopGroup feedLoops;
    private final EventLoopGroup httpLoops = SocketLoops.of("http", Pace.WOKEN);
    private final UniverseRoom universe;
    private final Watch watch;
    private final DetectorSet detectors;
    private final InboundRing inbound;
    private final Feeds feeds;
    private final TimerFeed timer;
    private final JournalWriter journal;
    private final MeteredEngine engine;
    private final FindingRing findings;
    private final DataDirectory folder;
    private final SelfReports reports;
    private final DeskRoom room;
    private final Outbox outbox;
    private final SelfCheck selfCheck = new SelfCheck();
    private final Optional<HeartbeatPush> heartbeat;
    private final LatencyReporter latency;
    private final DeskClock deskClock;
    private final PrerequisiteBoard prerequisites;
    private final HttpServer http;
    private volatile Watchdog watchdog;

    /**
     * @param observer sees every finding of the engine with its sentence, on the desk's thread
     * @param fatal told once when the process can no longer be trusted
     */
    public Monitor(
            final Config config,
            final EpochNanoClock clock,
            final FindingObserver observer,
            final Runnable fatal)
            throws CannotStartException {
        this(config, null, clock, observer, fatal);
    }

    /**
     * The same with what the configuration is known to come to.
     *
     * @param known from {@link #renewal}; null to find it out, for which it waits some seconds
     *     where patterns or Redis tell the symbols
     */
    Monitor(
            final Config asked,
            final Conclusion known,
            final EpochNanoClock clock,
            final FindingObserver observer,
            final Runnable fatal)
            throws CannotStartException {
        this.clock = clock;
        this.observer = observer;
        final long startedNs = clock.epochNanos();
        final EarlyView early = new EarlyView(version(), clock, counters);
        http = asked.http().enabled() ? HttpDoor.open(asked.http(), httpLoops, early, clock) : null;
        // The database's library: beside what follows, as /health waits for what came before.
        background("preload", Outbox::preload);
        try {
            prerequisites = new PrerequisiteBoard(asked, httpPort(), startedNs);
            folder = DataDirectory.open(asked.monitor().dataDirectory());
        } catch (final CannotStartException e) {
            if (http != null) {
                http.close();
            }
            throw e;
        }
        universe = new UniverseRoom(asked, known, clock);
        config = universe.config();
        reports = new SelfReports(clock, fatal);
        watch = new Watch(config);
        detectors = new DetectorSet(watch.state(), config.detectors(), counters);

        // Sockets, Redis, clock ─▶ inbound ring
        feedLoops = SocketLoops.of("feed-io", RingRules.pace(config.monitor()));
        inbound =
                new InboundRing(
                        RingRules.of(config.monitor().ring()),
                        watch.sources().size(),
                        counters,
                        Monitor::background,
                        reports);
        final FeedContext context = new FeedContext(clock, inbound, counters, Monitor::background);
        feeds = new Feeds(watch, context, feedLoops, counters);
        watch.state().books.requests(feeds.bookRequests());
        timer =
                new TimerFeed(
                        context,
                        config.monitor().tick().toNanos(),
                        SystemClock::wallNanos,
                        List.of(inbound::flushDrops, this::watch));

        // Inbound ring ─▶ journal, and ─▶ engine ─▶ finding ring
        journal = JournalRoom.of(config, folder, watch, inbound, reports, counters, clock);
        outbox =
                new Outbox(
                        folder.resolve("outbox.db"),
                        OutboxSettings.defaults(),
                        AlertChannels.of(
                                config.alerts(), config.monitor().name(), selfCheck, clock),
                        Monitor::background,
                        clock,
                        new Random(startedNs),
                        counters,
                        reports);
        outbox.start();
        heartbeat = AlertChannels.heartbeat(config.heartbeat(), selfCheck, clock);
        final Desk desk =
                new Desk(
                        DeskRules.of(config.cases()),
                        this::describe,
                        new FindingLog(
                                config.findings().path(),
                                FINDINGS_FILE_BYTES,
                                FINDINGS_FILES,
                                fault -> LOG.warn("findings file: {}", fault)),
                        new AlertPager(outbox),
                        counters,
                        outbox.openCases());
        desk.restoreSilences(outbox.silences());
        final Operators operators = new Operators(desk);
        final GateRoom gate =
                new GateRoom(
                        config.gate(),
                        watch,
                        detectors.board(),
                        desk,
                        feeds.nodes()::named,
                        this::engineNs,
                        clock,
                        startedNs);
        room = new DeskRoom(desk, gate, clock);
        findings =
                new FindingRing(
                        "desk",
                        FINDING_CELLS,
                        feeds.backfills().behind(room),
                        counters,
                        Monitor::background,
                        reports);
        engine =
                new MeteredEngine(
                        new Engine(
                                watch.state(),
                                watch.decoders(),
                                detectors.detectors(),
                                findings,
                                counters),
                        clock,
                        counters);

        // What people and programs see of it
        latency =
                LatencyRules.reporter(
                        config.latency(),
                        folder,
                        startedNs,
                        List.of(detectors.recorders(), engine.recorders(), feeds.recorders()));
        final TrendBoard trends = new TrendBoard(watch, detectors.board());
        final LiveView view =
                new LiveView(
                        new LiveView.Parts(
                                version(),
                                startedNs,
                                clock,
                                counters,
                                feeds,
                                journal,
                                outbox,
                                desk,
                                operators,
                                inbound,
                                findings,
                                engine,
                                latency,
                                gate,
                                new SymbolBoard(watch, detectors.board()),
                                trends,
                                new CopyBoard(watch),
                                DiagnosticRules.of(config.diagnostics()),
                                prerequisites));
        deskClock =
                new DeskClock(
                        clock,
                        counters,
                        reports::stood,
                        List.of(
                                new DeskClock.Part(
                                        "reports", nowNs -> reports.tellAll(room, nowNs)),
                                new DeskClock.Part(
                                        "operators", nowNs -> operators.serve(room, nowNs)),
                                new DeskClock.Part(
                                        "desk",
                                        nowNs -> room.onTick(nowNs, view.readiness().ready())),
                                new DeskClock.Part("self-check", selfCheck::judge),
                                new DeskClock.Part("latency", latency::poll),
                                new DeskClock.Part("trends", trends::record),
                                new DeskClock.Part("view", nowNs -> view.observe())));
        operators.hurriedBy(deskClock::hurry);
        selfCheck.becomes(
                new SelfCheck.Senses(
                        this::engineNs,
                        reports::stalled,
                        this::feeds,
                        desk::cases,
                        outbox::oldestNs,
                        clock::epochNanos));
        early.becomes(view);
    }

    /** Starts everything; waits for nothing outside except a Redis that is required. */
    public void start() throws CannotStartException {
        start(UnaryOperator.identity());
    }

    /** The same with {@code around} in the engine's place: it measures, and hands everything on. */
    void start(final UnaryOperator<InboundHandler> around) throws CannotStartException {
        findings.start();
        deskClock.start(Monitor::background);
        room.start(Monitor::background);
        final List<InboundRing.Role> roles = new ArrayList<>();
        if (journal != null) {
            JournalRoom.start(journal);
            roles.add(new InboundRing.Role("journal", journal, Pace.NAPS));
        }
        final Pace pace = RingRules.pace(config.monitor());
        roles.add(new InboundRing.Role("engine", around.apply(engine), pace));
        inbound.start(roles.toArray(new InboundRing.Role[0]));
        final List<Progress> watched = new ArrayList<>(inbound.progress());
        watched.addAll(findings.progress());
        watchdog = new Watchdog(Watchdog.DEFAULT_STALL_NS, reports, watched);
        timer.start();
        universe.start(inbound, Monitor::background);
        feeds.start();
        heartbeat.ifPresent(push -> background("heartbeat", push));
        background("prerequisites", prerequisites::askClock);
        feeds.awaitRequired(config.redis(), clock);
    }

    /** With what the monitor is to be started anew, because more symbols are known; else null. */
    Conclusion renewal() {
        return universe.renewal();
    }

    /** The port of the HTTP server, 0 without one. */
    public int httpPort() {
        return http == null ? 0 : http.port();
    }

    /** Where every feed stands: venues first. */
    public List<FeedStatus> feeds() {
        return feeds.statuses();
    }

    public Counters counters() {
        return counters;
    }

    /** Stops the sources, lets everything that was taken in be judged and written, and ends. */
    @Override
    public void close() {
        inbound.offer(
                InboundType.MONITOR,
                Sources.MONITOR,
                0,
                clock.epochNanos(),
                MonitorFact.STOPPING.name());
        universe.close();
        feeds.close();
        timer.close();
        final Shutdown taken = inbound.close(RING_CLOSE_NS);
        if (!taken.complete()) {
            LOG.error("the inbound ring did not run empty: {}", taken);
        }
        if (journal != null && !journal.close(JOURNAL_CLOSE_NS)) {
            LOG.error("the journal could not be flushed in time");
        }
        final Shutdown told = findings.close(RING_CLOSE_NS);
        if (!told.complete()) {
            LOG.error("the finding ring did not run empty: {}", told);
        }
        deskClock.close();
        heartbeat.ifPresent(HeartbeatPush::close);
        reports.tellAll(room, clock.epochNanos());
        room.close();
        outbox.close();
        latency.close();
        folder.close();
        if (http != null) {
            http.close();
        }
        feedLoops.shutdownGracefully(0, 500, java.util.concurrent.TimeUnit.MILLISECONDS);
        httpLoops.shutdownGracefully(0, 500, java.util.concurrent.TimeUnit.MILLISECONDS);
        LOG.info("stopped: {} messages taken in and judged", taken.published());
    }

    /** Called once per finding, by the desk. */
    private void describe(final Finding finding, final StringBuilder out) {
        if (DeskRoom.DETECTOR.equals(finding.detector)) {
            DeskRoom.describe(finding, out);
        } else {
            detectors.describe(finding, out);
            observer.onFinding(finding, out);
        }
        LOG.info("{} {}: {}", finding.kind, finding.edge.label(), out);
    }

    /** When the engine last took a message, ns since the epoch; 0 before. Any thread. */
    long engineNs() {
        return engine.lastNs();
    }

    private void watch(final long nowNs) {
        final Watchdog current = watchdog;
        if (current != null) {
            current.check(nowNs);
        }
    }

    /** A thread of the monitor, and of the demo's stage: the only place that makes them. */
    static Thread background(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static String version() {
        final String version = Monitor.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
