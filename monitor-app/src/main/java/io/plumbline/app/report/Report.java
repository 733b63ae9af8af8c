package io.plumbline.app.report;

import io.plumbline.app.config.Config;
import io.plumbline.app.desk.CaseState;
import io.plumbline.app.desk.Desk;
import io.plumbline.app.desk.DeskSettings;
import io.plumbline.app.desk.FindingLog;
import io.plumbline.app.latency.LatencyFolder;
import io.plumbline.app.latency.LatencyTotals;
import io.plumbline.app.replay.Onlooker;
import io.plumbline.detect.Detector;
import io.plumbline.finding.Finding;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.metrics.Counters;
import io.plumbline.metrics.Hop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Gathers, while a replay goes on, what a person will want to see of it. The desk is the live one,
 * its clock the recording's: what it would have paged is what it pages here. Replay thread.
 */
public final class Report implements Onlooker {
    /** Runs that are listed; further ones are counted. */
    static final int MOST_RUNS = 200;

    /** The longest sentence of a finding or a case that is kept. */
    static final int MOST_TEXT = 400;

    private static final long TICK_NS = 250_000_000L;

    /**
     * One run of the monitor within the recording.
     *
     * @param config fingerprint of its configuration: the head of the SHA-256 of the printed form
     */
    record RunRow(
            long firstNs, long lastNs, String config, int instruments, int keys, int sources) {}

    private final Function<Config, DeskSettings> settings;
    private final Scenes scenes = new Scenes();
    private final CaseBook cases = new CaseBook();
    private final SourceBook sources = new SourceBook();
    private final CoverageBook coverage = new CoverageBook();
    private final LatencyTotals latencies = new LatencyTotals();
    private final List<RunRow> runs = new ArrayList<>();
    private long runCount;
    private String config = "";
    private String fault = "";
    private String live = "";
    private Run run;
    private PriceWatch prices;
    private Desk desk;
    private DeskSettings rules;
    private long firstNs;
    private long nowNs;
    private long tickNs;

    /**
     * @param settings how cases are to be made and paged under a configuration
     */
    public Report(final Function<Config, DeskSettings> settings) {
        this.settings = settings;
    }

    @Override
    public List<Detector> onRun(final Run begun) {
        run = begun;
        runCount++;
        config = begun.config().toYaml();
        rules = settings.apply(begun.config());
        prices = new PriceWatch(begun, scenes);
        desk =
                new Desk(
                        rules,
                        begun.describe()::accept,
                        FindingLog.none(),
                        cases,
                        new Counters(),
                        cases.standing());
        sources.onRun(begun.state().sources);
        firstNs = Long.MAX_VALUE;
        nowNs = Long.MIN_VALUE;
        tickNs = Long.MIN_VALUE;
        return List.of(prices);
    }

    @Override
    public void onMessage(final InboundMessage message, final long now, final boolean told) {
        nowNs = now;
        if (told) {
            firstNs = Math.min(firstNs, message.stampNs);
            sources.onMessage(message, now);
        }
        if (now - tickNs >= TICK_NS || tickNs == Long.MIN_VALUE) {
            tickNs = now;
            desk.onTick(now);
        }
    }

    @Override
    public void onFinding(final Finding finding, final CharSequence text) {
        desk.onFinding(finding);
        prices.onFinding(
                finding, rules.severity(finding.kind, finding.severity), cut(text.toString()));
    }

    @Override
    public void onRunEnd() {
        if (nowNs == Long.MIN_VALUE) {
            return;
        }
        desk.onTick(nowNs);
        cases.atEnd(desk.cases().stream().filter(of -> of.state() != CaseState.PENDING).toList());
        desk.close();
        prices.close(nowNs);
        fault = fault.isEmpty() ? prices.fault() : fault;
        sources.onRunEnd(nowNs);
        coverage.add(run.board(), prices.byKey());
        coverage.add(prices.keyless());
        latencies.add(run.latencies());
        if (runs.size() < MOST_RUNS) {
            runs.add(
                    new RunRow(
                            firstNs == Long.MAX_VALUE ? nowNs : firstNs,
                            nowNs,
                            fingerprint(config),
                            run.state().instruments.size(),
                            run.state().keys.size(),
                            run.state().sources.size()));
        }
        run = null;
        prices = null;
        desk = null;
    }

    /**
     * Adds what the live run measured and no recording can tell, where its files lie beside a
     * journal: {@code latency} in the same folder.
     */
    void addLiveLatencies(final List<Path> files, final long fromNs, final long toNs) {
        final Set<Hop> known = EnumSet.noneOf(Hop.class);
        latencies.all().forEach(total -> known.add(total.hop()));
        for (final Path file : files) {
            final Path beside = file.toAbsolutePath().normalize().resolveSibling("latency");
            if (Files.isDirectory(file) && Files.isDirectory(beside)) {
                try {
                    final long added = LatencyFolder.read(beside, fromNs, toNs, known, latencies);
                    live = added + " intervals of the live run are added from latency/ beside it";
                } catch (final IOException | RuntimeException e) {
                    live = "what the live run measured cannot be read: " + e;
                }
            }
        }
    }

    /** Where latencies of the live run come from, "" without any. */
    String live() {
        return live;
    }

    /** A sentence of at most {@value #MOST_TEXT} characters. */
    static String cut(final String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT - 1) + '…';
    }

    private static String fingerprint(final String yaml) {
        try {
            final byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(yaml.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, Long.BYTES);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** How often a person would have been called. */
    public long pages() {
        return cases.triggers();
    }

    /** Cases that opened. */
    public long cases() {
        return cases.opened();
    }

    Scenes scenes() {
        return scenes;
    }

    CaseBook caseBook() {
        return cases;
    }

    SourceBook sources() {
        return sources;
    }

    CoverageBook coverage() {
        return coverage;
    }

    LatencyTotals latencies() {
        return latencies;
    }

    List<RunRow> runs() {
        return List.copyOf(runs);
    }

    long runCount() {
        return runCount;
    }

    /** The configuration of the last run, without secrets. */
    String config() {
        return config;
    }

    /** Why prices are missing from some point on, "" where none is. */
    String fault() {
        return fault;
    }
}
