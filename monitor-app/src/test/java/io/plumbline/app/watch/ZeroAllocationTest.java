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
    private static final int WARM_CHUNKS = 20;
    private static final int MEASURED_CHUNKS = 20;
    private static final long CLOSE_NS = 10_000_000_000L;

    /**
     * What a late compilation may cost the thread that it interrupts, in few chunks of the run. One
     * byte for each message would be ten times as much, in every chunk.
     */
    private static final long ARTEFACT_BYTES = 20_000;

    private static final int ARTEFACT_CHUNKS = MEASURED_CHUNKS / 4;

    private static final String YAML =
            "venues:\n"
                    + "  - name: binance-spot\n"
                    + "    channels: [bookTicker, aggTrade, trade, depth]\n"
                    + "    symbols: [SPOT]\n"
                    + "  - name: binance-usdm\n"
                    + "    channels: [bookTicker, aggTrade, trade, depth, markPrice]\n"
                    + "    symbols: [USDM]\n"
                    + "redis:\n"
                    + "  - name: main\n"
                    + "    keys:\n"
                    + "      - pattern: \"plain:last:{symbol}\"\n"
                    + "        venue: binance-spot\n"
                    + "        reference: last\n"
                    + "      - pattern: \"json:last:{symbol}\"\n"
                    + "        venue: binance-usdm\n"
                    + "        reference: last\n"
                    + "        format: json:price\n"
                    + "        tolerance: {bps: 1}\n"
                    + "      - pattern: \"plain:bid:{symbol}\"\n"
                    + "        venue: binance-usdm\n"
                    + "        reference: bid\n"
                    + "        tolerance: {ticks: 2}\n";

    private final ThreadMXBean threads = threads();
    private final Counters counters = new Counters();
    private final List<String> found = new ArrayList<>();
    private final List<Throwable> thrown = new ArrayList<>();

    /** Reads the engine thread's own counter after each chunk of messages. Engine thread. */
    private final class Gauge implements InboundHandler {
        private final Engine engine;
        private final int warm;
        private final long[] bytes = new long[MEASURED_CHUNKS];
        private int handled;
        private long beforeBytes;

        Gauge(final Engine engine, final int warm) {
            this.engine = engine;
            this.warm = warm;
        }

        @Override
        public void onMessage(final InboundMessage message) {
            engine.onMessage(message);
            handled++;
            if (handled >= warm && (handled - warm) % CHUNK == 0) {
                final long nowBytes = threads.getCurrentThreadAllocatedBytes();
                if (handled > warm) {
                    bytes[(handled - warm) / CHUNK - 1] = nowBytes - beforeBytes;
                }
                beforeBytes = nowBytes;
            }
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
        final int warm = opening.length + WARM_CHUNKS * CHUNK;
        final Gauge gauge = new Gauge(engine, warm);
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
        for (int i = 0; i < WARM_CHUNKS; i++) {
            offer(traffic.next(CHUNK), traffic, ring);
        }
        final long[] producer = new long[MEASURED_CHUNKS];
        long longer = 0;
        for (int i = 0; i < MEASURED_CHUNKS; i++) {
            final SteadyTraffic.Message[] chunk = traffic.next(CHUNK);
            longer += Arrays.stream(chunk).filter(m -> m.length() > CELL_BYTES).count();
            final long beforeBytes = threads.getCurrentThreadAllocatedBytes();
            offer(chunk, traffic, ring);
            producer[i] = threads.getCurrentThreadAllocatedBytes() - beforeBytes;
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
        assertEquals(warm + MEASURED_CHUNKS * CHUNK, gauge.handled);
        assertNothing("the engine", gauge.bytes);
        assertNothing("the producer", producer);
    }

    private static void assertNothing(final String who, final long[] bytes) {
        final String sentence =
                who + " allocated " + Arrays.toString(bytes) + " bytes per " + CHUNK + " messages";
        assertTrue(Arrays.stream(bytes).filter(b -> b > 0).count() <= ARTEFACT_CHUNKS, sentence);
        assertTrue(Arrays.stream(bytes).sum() <= ARTEFACT_BYTES, sentence);
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
