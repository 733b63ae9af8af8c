package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Hop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** /metrics as a reader of the text format sees it. */
class MetricsTest {
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]"
                            + "|\\\\[\\\\n\"])*\",?)*\\})? (\\S+)");

    private final FakeMonitor monitor = new FakeMonitor();
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, String> helps = new LinkedHashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();

    @BeforeEach
    void scrape() throws BadParameter {
        monitor.counters.add(CounterId.FEED_FRAMES, 12);
        final MetricsAnswer metrics = new MetricsAnswer(monitor);
        metrics.answer(Query.of("/metrics", List.of()));
        parse(new String(metrics.answer(null).body(), StandardCharsets.UTF_8));
    }

    @Test
    void shouldExportEveryCounterWithItsSentence() {
        for (final CounterId id : CounterId.values()) {
            assertEquals("counter", types.get(id.metric()));
            assertEquals(id.sentence(), helps.get(id.metric()));
            assertNotNull(samples.get(id.metric()), id.metric());
        }
        assertEquals(12, samples.get("plumbline_feed_frames_total"));
    }

    @Test
    void shouldExportWhatEachOfTwoConnectionsIsWorth() {
        final String copies =
                "plumbline_feed_copies_total{copy=\"%s\",source=\"binance-spot/1-a\"}";
        assertEquals(7, samples.get(copies.formatted("first")));
        assertEquals(5, samples.get(copies.formatted("duplicate")));
        assertEquals(3, samples.get(copies.formatted("missed")));
        assertEquals(1, samples.get(copies.formatted("different")));
        final String late = "plumbline_feed_copies_late_seconds_total{source=\"binance-spot/1-a\"}";
        assertEquals(2, samples.get(late));
    }

    @Test
    void shouldExportHealthFeedsSymbolsAndGauges() {
        final List<Double> values = new ArrayList<>();
        for (final String sample :
                List.of(
                        "plumbline_health{status=\"UP\"}",
                        "plumbline_health{status=\"DOWN\"}",
                        "plumbline_ready",
                        "plumbline_build_info{version=\"1.2.3\"}",
                        "plumbline_inbound_ring_capacity",
                        "plumbline_inbound_ring_remaining",
                        "plumbline_dependency_up{kind=\"venue\",name=\"binance-spot/1\"}",
                        "plumbline_dependency_up{kind=\"redis\",name=\"redis/main\"}",
                        "plumbline_dependency_silent_seconds{kind=\"venue\",name=\"binance-spot/1\"}",
                        "plumbline_feed_state{source=\"binance-spot/1\",state=\"LIVE\"}",
                        "plumbline_feed_state{source=\"redis/main\",state=\"LIVE\"}",
                        "plumbline_feed_epoch{source=\"binance-spot/1\"}",
                        "plumbline_symbols{venue=\"binance-spot\",verdict=\"WRONG\"}",
                        "plumbline_coverage_seconds_total{class=\"verified\",venue=\"binance-usdm\"}")) {
            values.add(samples.get(sample));
        }
        assertEquals(
                List.of(
                        1.0, 0.0, 1.0, 1.0, 65_536.0, 17.0, 1.0, 0.0, 2.0, 1.0, 0.0, 3.0, 1.0,
                        10.0),
                values);
    }

    @Test
    void shouldExportLatenciesAsHistogramsInSeconds() {
        final String labels = "{hop=\"venue_to_socket\",name=\"binance-spot\"";
        assertEquals("histogram", types.get("plumbline_latency_seconds"));
        assertEquals(2, samples.get("plumbline_latency_seconds_count" + labels + "}"));
        assertEquals(0.006, samples.get("plumbline_latency_seconds_sum" + labels + "}"), 1e-4);
        assertEquals(
                List.of(0.0, 1.0, 2.0, 2.0),
                List.of(
                        bucket(labels, "0.001"),
                        bucket(labels, "0.0025"),
                        bucket(labels, "0.005"),
                        bucket(labels, "+Inf")));
        assertEquals(
                0.004,
                samples.get("plumbline_latency_interval_seconds" + labels + ",percentile=\"100\"}"),
                1e-4);
        assertNotNull(
                samples.get(
                        "plumbline_latency_seconds_count{hop=\""
                                + Hop.ENGINE.label()
                                + "\",name=\"all\"}"));
    }

    @Test
    void shouldExportTheProcess() {
        for (final String sample :
                List.of(
                        "jvm_memory_used_bytes{area=\"heap\"}",
                        "jvm_buffer_pool_used_bytes{pool=\"direct\"}",
                        "jvm_threads_current",
                        "process_cpu_seconds_total",
                        "process_start_time_seconds")) {
            assertTrue(samples.containsKey(sample) && samples.get(sample) >= 0, sample);
        }
        assertEquals("summary", types.get("jvm_gc_collection_seconds"));
    }

    @Test
    void shouldPutTheProjectsNameBeforeItsOwnMetrics() {
        final Set<String> foreign = new HashSet<>();
        for (final String name : types.keySet()) {
            if (!name.startsWith("plumbline_")) {
                foreign.add(name.substring(0, name.indexOf('_')));
            }
        }
        assertEquals(Set.of("jvm", "process", "netty"), foreign);
    }

    private double bucket(final String labels, final String upTo) {
        return samples.get("plumbline_latency_seconds_bucket" + labels + ",le=\"" + upTo + "\"}");
    }

    /** Fails on whatever a strict reader would not take. */
    private void parse(final String text) {
        assertTrue(text.endsWith("\n"));
        String family = "";
        for (final String line : text.split("\n")) {
            final String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                family = words[2];
                assertEquals(null, helps.put(family, words[3]), line);
            } else if (line.startsWith("# TYPE ")) {
                assertEquals(family, words[2], line);
                assertEquals(null, types.put(family, words[3]), line);
            } else {
                final Matcher sample = SAMPLE.matcher(line);
                assertTrue(sample.matches(), line);
                final String suffix = sample.group(1).substring(family.length());
                assertTrue(sample.group(1).startsWith(family), line);
                assertTrue(
                        Set.of("", "_bucket", "_sum", "_count").contains(suffix),
                        line + " in family " + family);
                assertEquals(
                        null,
                        samples.put(
                                sample.group(1) + (sample.group(2) == null ? "" : sample.group(2)),
                                Double.parseDouble(sample.group(3))),
                        line);
            }
        }
        assertEquals(helps.keySet(), types.keySet());
    }
}
