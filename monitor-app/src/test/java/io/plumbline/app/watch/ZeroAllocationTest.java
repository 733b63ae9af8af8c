package io.plumbline.app.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.config.KnownVenue;
import io.plumbline.detect.Engine;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.venue.Venues;
import io.plumbline.finding.FindingHandler;
import io.plumbline.finding.FindingRing;
import io.plumbline.inbound.ConsumerFaults;
import io.plumbline.inbound.InboundHandler;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.WaitKind;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * From the inbound ring to the finding ring, with real decoders, all detectors and Redis keys that
 * follow their prices: in steady state a message costs no bytes, on either side of the ring.
 */
@Timeout(120)
final class ZeroAllocationTest {
    private static final long SEED = 20_261_123L;
    private static final long FROM_NS = 1_764_000_000_000_000_000L;
    private static final long TRADE_INTERVAL_NS = 100_000_000L;
    private static final int CELLS = 8_192;

    /** Below the length of a depth frame, so that some messages take several cells. */
    private static final int CELL_BYTES = 256;

    private static final int CHUNK = 10_000;

    /** So many chunks in a row, 200,000 messages, must cost nothing. */
    private static final int STEADY_CHUNKS = 20;

    /**
     * Until then: the JVM resolves all string constants of a class on the thread whose call makes
     * its first method worth compiling, once per class, late for what is seldom called.
     */
    private static final int MOST_CHUNKS = 120;

    private static final long CLOSE_NS = 10_000_000_000L;

    /** What reading the counter and one such class may cost within the steady chunks, in all. */
    private static final long ARTEFACT_BYTES = 512;

    private static final String YAML =
            "venues:\n"
                    + "  - name: binance-spot\n"
                    + "    channels: [bookTicker, aggTrade, trade, depth]\n"
                    + "    symbols: [SPOT]\n"
                    + "  - name: binance-usdm\n"
                    + "    channels: [bookTicker, aggTrade, trade, depth, markPrice]\n"
                    + "    symbols: [USDM]\n"
                    + "    connections: 2\n"
                    + "redis:\n"
                    + "  - name: main\n"
                    + "    keys:\n"
                    + "      - pattern: \"plain:last:{symbol}\"\n"
                    + "        venue: binance-spot\n"
                    + "        reference: last\n"
                    + "      - pattern: \"json:last:{symbol}\"\n"
                    + "        venue: binance-usdm\n"
                    + "        reference: last\n"
                    + "        format: json:price,time=E\n"
                    + "        tolerance: {bps: 1}\n"
                    + "      - pattern: \"plain:bid:{symbol}\"\n"
                    + "        venue: binance-usdm\n"
                    + "        reference: bid\n"
                    + "        tolerance: {ticks: 2}\n";

    private final ThreadMXBean threads = threads();
    private final Counters counters = new Counters();
    private final List<String> found = new ArrayList<>();
    private final List<Throwable> thrown = new ArrayList<>();

    /** What a thread allocated per chunk: written by that thread, read by the test. */
    private static final class Spent {
        private final long[] bytes = new long[MOST_CHUNKS];
        private long beforeBytes = -1;
        private volatile boolean steady;
        private volatile int chunks;

        void readAt(final long nowBytes) {
            if (beforeBytes >= 0) {
                add(nowBytes - beforeBytes);
            }
            beforeBytes = nowBytes;
        }

        void add(final long chunkBytes) {
            bytes[chunks] = chunkBytes;
            chunks = chunks + 1;
            // On the measured thread: a stream would be seen.
            if (chunks >= STEADY_CHUNKS) {
                long sum = 0;
                for (int i = chunks - STEADY_CHUNKS; i < chunks; i++) {
                    sum += bytes[i];
                }
                steady |= sum <= ARTEFACT_BYTES;
            }
        }

        /** Whether so many chunks in a row have cost no more than artefacts may. */
        boolean isSteady() {
            return steady;
        }

        @Override
        public String toString() {
            return Arrays.toString(Arrays.copyOf(bytes, chunks)) + " bytes per " + CHUNK;
        }
    }

    /** Reads the engine thread's own counter after each chunk of messages. Engine thread. */
    private final class Gauge implements InboundHandler {
        private final Engine engine;
        private final int opening;
        private final Spent spent = new Spent();
        private int handled;

        Gauge(final Engine engine, final int opening) {
            this.engine = engine;
            this.opening = opening;
        }

        @Override
        public void onMessage(final InboundMessage message) {
            engine.onMessage(message);
            handled++;
            if (isChunk()) {
                spent.readAt(threads.getCurrentThreadAllocatedBytes());
            }
        }

        private boolean isChunk() {
            final int after = handled - opening;
            return after >= 0 && after % CHUNK == 0 && after / CHUNK <= MOST_CHUNKS;
        }

        @Override
        public void onBatchEnd() {
            engine.onBatchEnd();
        }
    }

    @Test
    void shouldAllocateNothingPerMessageFromRingToFinding() throws ConfigException {
        final List<SimulatedInstrument> instruments = instruments();
        final Watch watch = watch(instruments);
        final DetectorSet detectors =
                new DetectorSet(watch.state(), watch.config().detectors(), counters);
        final FindingRing findings = findings(detectors);
        final Engine engine =
                new Engine(
                        watch.state(), watch.decoders(), detectors.detectors(), findings, counters);
        final SteadyTraffic traffic = new SteadyTraffic(watch, instruments, SEED, FROM_NS);
        final SteadyTraffic.Message[] opening = traffic.opening();
        final Gauge gauge = new Gauge(engine, opening.length);
        final InboundRing ring =
                new InboundRing(
                        new InboundRing.Settings(
                                CELLS, CELL_BYTES, WaitKind.TIMEOUT_BLOCKING, CELLS),
                        watch.sources().size(),
                        counters,
                        ZeroAllocationTest::thread,
                        new Faults());
        ring.start(new InboundRing.Role("engine", gauge));
        findings.start();

        offer(opening, traffic, ring);
        final Spent producer = new Spent();
        long longer = 0;
        for (int i = 0; i < MOST_CHUNKS && !(gauge.spent.isSteady() && producer.isSteady()); i++) {
            final SteadyTraffic.Message[] chunk = traffic.next(CHUNK);
            longer += Arrays.stream(chunk).filter(m -> m.length() > CELL_BYTES).count();
            final long beforeBytes = threads.getCurrentThreadAllocatedBytes();
            offer(chunk, traffic, ring);
            producer.add(threads.getCurrentThreadAllocatedBytes() - beforeBytes);
        }
        assertTrue(ring.close(CLOSE_NS).complete(), "the engine has judged everything");
        assertTrue(findings.close(CLOSE_NS).complete());
        assertEquals(List.of(), thrown);
        assertEquals(List.of(), found, "findings with seed " + SEED);
        assertEquals(0, counters.get(CounterId.INBOUND_DROPPED));
        assertEquals(0, counters.get(CounterId.ENGINE_UNPARSED));
        assertTrue(longer > CHUNK, longer + " messages of several cells");
        assertTrue(counters.get(CounterId.PRICE_IN_SYNC) > CHUNK, "values in sync");
        assertTrue(counters.get(CounterId.PRICE_LATE) > 0, "values a little late");
        assertTrue(counters.get(CounterId.PRICE_AHEAD) > 0, "values ahead of our socket");
        assertTrue(gauge.spent.isSteady(), "the engine allocated " + gauge.spent);
        assertTrue(producer.isSteady(), "the producer allocated " + producer);
    }

    /**
     * All at one pace, so that each price history holds about 100 versions: far enough from the
     * powers of two at which it would grow once more, late in the run.
     */
    private static List<SimulatedInstrument> instruments() {
        return SimulatedInstruments.standard().stream()
                .map(
                        i ->
                                new SimulatedInstrument(
                                        i.venue(),
                                        i.symbol(),
                                        i.venueSymbol(),
                                        i.tickSize(),
                                        i.decimals(),
                                        i.startTicks(),
                                        TRADE_INTERVAL_NS))
                .toList();
    }

    private Watch watch(final List<SimulatedInstrument> instruments) throws ConfigException {
        final String yaml =
                YAML.replace("SPOT", symbols(instruments, SimulatedInstruments.SPOT))
                        .replace("USDM", symbols(instruments, SimulatedInstruments.USDM));
        return new Watch(
                new ConfigLoader(
                                Venues.all().stream().map(KnownVenue::of).toList(),
                                variable -> null,
                                warning -> {})
                        .parse("test", yaml));
    }

    private static String symbols(final List<SimulatedInstrument> instruments, final String venue) {
        return instruments.stream()
                .filter(instrument -> instrument.venue().equals(venue))
                .map(instrument -> '"' + instrument.symbol() + '"')
                .collect(Collectors.joining(", "));
    }

    private FindingRing findings(final DetectorSet detectors) {
        final StringBuilder sentence = new StringBuilder();
        final FindingHandler handler =
                finding -> {
                    sentence.setLength(0);
                    detectors.describe(finding, sentence);
                    found.add(finding.kind + " " + finding.edge + ": " + sentence);
                };
        return new FindingRing(
                "desk", 1_024, handler, counters, ZeroAllocationTest::thread, new Faults());
    }

    private static void offer(
            final SteadyTraffic.Message[] messages,
            final SteadyTraffic traffic,
            final InboundRing ring) {
        for (final SteadyTraffic.Message message : messages) {
            while (ring.remaining() < CELLS / 2) {
                Thread.yield();
            }
            traffic.offer(message, ring);
        }
    }

    private static Thread thread(final String role, final Runnable body) {
        final Thread thread = new Thread(body, role);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static ThreadMXBean threads() {
        final java.lang.management.ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        assumeTrue(
                bean instanceof ThreadMXBean measured
                        && measured.isThreadAllocatedMemorySupported()
                        && measured.isThreadAllocatedMemoryEnabled(),
                "this JVM does not count allocated bytes per thread");
        return (ThreadMXBean) bean;
    }

    private final class Faults implements ConsumerFaults {
        @Override
        public void onFault(final String role, final Throwable fault) {
            thrown.add(fault);
        }

        @Override
        public void onFatal(final String role, final Error error) {
            thrown.add(error);
        }
    }
}
