package io.plumbline.app.replay;

import io.plumbline.app.watch.DetectorSet;
import io.plumbline.detect.Detector;
import io.plumbline.detect.Engine;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingJson;
import io.plumbline.finding.InlineFindings;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.InstrumentBook;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketState;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** Plays a tape into the engine, on the caller's thread. */
public final class Replay {
    /** Takes each finding as its JSON line, without a line end. */
    @FunctionalInterface
    public interface FindingLines {
        void line(CharSequence json) throws IOException;
    }

    private final Tape tape;
    private final EpochNanoClock clock;
    private final double speed;
    private final long fromNs;
    private final long toNs;
    private final FindingLines lines;
    private final Onlooker onlooker;
    private final Counters counters = new Counters();
    private final Map<String, Long> findings = new TreeMap<>();
    private final StringBuilder json = new StringBuilder(1_024);
    private final StringBuilder text = new StringBuilder(256);
    private final Set<String> symbols = new TreeSet<>();
    private final Map<String, Map<String, Long>> events = new TreeMap<>();
    private final Map<String, Map<String, BookSummary>> books = new TreeMap<>();
    private DetectorSet detectors;
    private Engine engine;
    private long startedNs;
    private long frames;
    private long observations;
    private long firstNs = Long.MIN_VALUE;
    private long lastNs = Long.MIN_VALUE;
    private IOException failed;

    /**
     * @param clock paces the replay and measures it; the engine never sees it
     * @param speed 1 for as recorded, 10 for ten times that, 0 for as fast as possible
     * @param fromNs first data time to tell of, ns since the epoch; what the tape has from before
     *     it is judged silently, so that the state is known
     * @param toNs last data time
     */
    public Replay(
            final Tape tape,
            final EpochNanoClock clock,
            final double speed,
            final long fromNs,
            final long toNs,
            final FindingLines lines) {
        this(tape, clock, speed, fromNs, toNs, lines, Onlooker.NONE);
    }

    /** The same under someone's eyes. */
    public Replay(
            final Tape tape,
            final EpochNanoClock clock,
            final double speed,
            final long fromNs,
            final long toNs,
            final FindingLines lines,
            final Onlooker onlooker) {
        this.tape = tape;
        this.clock = clock;
        this.speed = speed;
        this.fromNs = fromNs;
        this.toNs = toNs;
        this.lines = lines;
        this.onlooker = onlooker;
    }

    /** The instruments that the recording told of, ccxt form. After {@link #run}. */
    public Set<String> symbols() {
        return symbols;
    }

    private void finding(final Finding finding) {
        if (finding.atNs < fromNs) {
            return;
        }
        findings.merge(finding.kind.name(), 1L, Long::sum);
        text.setLength(0);
        json.setLength(0);
        detectors.describe(finding, text);
        FindingJson.append(finding, text, json);
        onlooker.onFinding(finding, text);
        try {
            lines.line(json);
        } catch (final IOException e) {
            failed = failed == null ? e : failed;
        }
    }

    /** Plays everything; IOException when the recording or the findings file fails. */
    public ReplaySummary run() throws IOException {
        startedNs = clock.epochNanos();
        while (failed == null && tape.nextRun()) {
            detectors = new DetectorSet(tape.state(), tape.detectors(), counters);
            final List<Detector> all = new ArrayList<>(detectors.detectors());
            all.addAll(
                    onlooker.onRun(
                            new Onlooker.Run(
                                    tape.config(),
                                    tape.state(),
                                    detectors.board(),
                                    detectors.recorders(),
                                    detectors::describe)));
            engine =
                    new Engine(
                            tape.state(),
                            tape.decoders(),
                            all,
                            new InlineFindings(this::finding),
                            counters);
            playRun();
            onlooker.onRunEnd();
            for (int id = 0; id < tape.state().instruments.size(); id++) {
                symbols.add(tape.state().instruments.instrument(id).symbol());
            }
            summariseBooks();
            engine.tally()
                    .byVenue()
                    .forEach(
                            (venue, counts) ->
                                    counts.forEach(
                                            (channel, count) ->
                                                    events.computeIfAbsent(
                                                                    venue, v -> new TreeMap<>())
                                                            .merge(channel, count, Long::sum)));
        }
        if (failed != null) {
            throw failed;
        }
        return new ReplaySummary(
                frames,
                observations,
                counters.get(CounterId.ENGINE_UNPARSED),
                events,
                findings,
                books,
                firstNs,
                lastNs,
                clock.epochNanos() - startedNs,
                tape.damages());
    }

    private void summariseBooks() {
        final MarketState state = tape.state();
        for (int id = 0; id < state.books.size(); id++) {
            final InstrumentBook book = state.books.find(id);
            if (book != null) {
                final Instruments.Instrument of = state.instruments.instrument(id);
                books.computeIfAbsent(of.venue(), v -> new TreeMap<>())
                        .merge(of.symbol(), BookSummary.of(book), BookSummary::followedBy);
            }
        }
    }

    private void playRun() throws IOException {
        final InboundMessage message = new InboundMessage();
        while (failed == null && tape.next(message)) {
            final boolean frame =
                    message.type == InboundType.FRAME_TEXT
                            || message.type == InboundType.FRAME_BINARY;
            if (message.stampNs > toNs) {
                break;
            }
            // Recorders write what they fetched among the frames.
            if ((frame || message.type == InboundType.SNAPSHOT) && message.stampNs >= fromNs) {
                frames++;
                firstNs = firstNs == Long.MIN_VALUE ? message.stampNs : firstNs;
                lastNs = Math.max(lastNs, message.stampNs);
                pace(message.stampNs - firstNs);
            } else if (message.type == InboundType.REDIS_VALUE) {
                observations++;
            }
            engine.onMessage(message, tape.decoded());
            onlooker.onMessage(message, engine.nowNs(), message.stampNs >= fromNs);
        }
        engine.onBatchEnd();
    }

    private void pace(final long elapsedNs) {
        if (speed > 0) {
            final long dueNs = startedNs + (long) (elapsedNs / speed);
            long waitNs = dueNs - clock.epochNanos();
            while (waitNs > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(this, waitNs);
                waitNs = dueNs - clock.epochNanos();
            }
        }
    }
}
