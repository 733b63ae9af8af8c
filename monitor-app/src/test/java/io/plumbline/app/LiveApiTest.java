package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.app.gate.GateState;
import io.plumbline.app.http.SchemaCheck;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.metrics.Hop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What a running monitor answers, held against what is really there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveApiTest {
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[^}]*\\})? (-?[0-9.eE+-]+|NaN|\\+Inf|-Inf)");
    private static final String TREND = "?key=pms:price:BTC/USDT";
    private static final int KEYS = SimulatedInstruments.standard().size();

    private LiveRig rig;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        rig =
                new LiveRig(
                        folder,
                        "detectors: {staleness: {connection: 10s, symbol: 10s}}\n"
                                + "latency: {interval: 1s}\n"
                                + "http: {port: 0}\n");
        Await.until("a live rig", 20, () -> rig.allLive() && rig.onNotifications(), rig::state);
        Await.until(
                "every key with both prices",
                20,
                () -> rig.redisValues().values().stream().noneMatch("none"::equals),
                rig::redisValues);
    }

    @AfterAll
    void stop() throws IOException {
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    void pricesEqualWhenTheMarketRests() throws IOException {
        rig.pauseMarket(true);
        try {
            Await.until(
                    "the board to equal Redis and the venue",
                    5,
                    () ->
                            rig.redisValues().equals(rig.apiColumn("redisPrice"))
                                    && rig.redisValues().equals(rig.apiColumn("referencePrice")),
                    () -> rig.redisValues().toString());
            final JsonNode answer = rig.json("/api/symbols");
            assertEquals(KEYS, answer.get("count").asInt());
            for (final JsonNode symbol : answer.get("symbols")) {
                assertEquals("0", symbol.get("deviationTicks").asText(), symbol.toString());
                assertEquals("notification", symbol.get("rung").asText(), symbol.toString());
                assertTrue(symbol.get("lagNs").asLong() >= 0, symbol.toString());
                assertTrue(symbol.get("feedAgeNs").asLong() < 60_000_000_000L, symbol.toString());
            }
        } finally {
            rig.pauseMarket(false);
        }
    }

    @Test
    void symbolsAreVerifiedAndSelected() throws IOException {
        Await.until(
                "every key in sync and verified",
                20,
                () -> {
                    for (final JsonNode symbol : rig.json("/api/symbols").get("symbols")) {
                        if (symbol.get("coverageSeconds").get("verified").asLong() == 0) {
                            return false;
                        }
                    }
                    return true;
                },
                rig::state);
        final JsonNode spot = rig.json("/api/symbols?venue=binance-spot&search=btc");
        assertEquals(1, spot.get("count").asInt(), spot.toString());
        assertEquals("BTC/USDT", spot.get("symbols").get(0).get("instrument").asText());
    }

    @Test
    void everyHopIsMeasured() throws IOException {
        final Set<String> hops = new HashSet<>();
        for (final Hop hop : EnumSet.allOf(Hop.class)) {
            hops.add(hop.label());
        }
        Await.until(
                "counts of every hop",
                10,
                () -> {
                    final Set<String> measured = new HashSet<>();
                    for (final JsonNode latency : rig.json("/api/latency").get("latency")) {
                        if (latency.get("total").get("count").asLong() > 0) {
                            measured.add(latency.get("hop").asText());
                        }
                    }
                    return measured.equals(hops);
                },
                () -> hops);
        for (final JsonNode latency : rig.json("/api/latency").get("latency")) {
            final JsonNode total = latency.get("total");
            assertTrue(total.get("minNs").asLong() <= total.get("p50Ns").asLong());
            assertTrue(total.get("p50Ns").asLong() <= total.get("p99Ns").asLong());
            assertTrue(total.get("p99Ns").asLong() <= total.get("maxNs").asLong());
            assertTrue(total.get("maxNs").asLong() < 10_000_000_000L, latency.toString());
        }
    }

    @Test
    void healthAndReadiness() throws IOException {
        final JsonNode health = rig.json("/health");
        assertTrue(List.of("UP", "DEGRADED").contains(health.get("status").asText()));
        assertTrue(health.get("uptimeNs").asLong() > 0);
        final Duration age =
                Duration.between(Instant.parse(health.get("now").asText()), Instant.now());
        assertTrue(age.abs().toSeconds() < 10, age.toString());
        assertTrue(rig.json("/ready").get("ready").asBoolean());
        final Map<String, String> states = new TreeMap<>();
        for (final JsonNode dependency : rig.json("/health/deps").get("dependencies")) {
            states.put(dependency.get("name").asText(), dependency.get("state").asText());
            assertTrue(dependency.get("healthy").asBoolean(), dependency.toString());
        }
        assertEquals("LIVE", states.get("redis/demo"), states.toString());
        assertEquals("LIVE", states.get("binance-spot/stream"), states.toString());
        assertEquals("RECORDING", states.get("journal"), states.toString());
    }

    @Test
    void findingsAndCases() throws IOException {
        rig.pauseMarket(true);
        try (Jedis jedis = rig.redis()) {
            jedis.set("pms:price:ETH/USDT", "1,5");
            Await.until(
                    "the case of a malformed value",
                    5,
                    () ->
                            rig.get("/api/cases").body().contains("value|binance-spot|ETH/USDT")
                                    && rig.get("/api/findings?limit=1000")
                                            .body()
                                            .contains("value|binance-spot|ETH/USDT"),
                    rig::state);
            rig.pauseMarket(false);
            Await.until(
                    "the writer to write it again",
                    10,
                    () -> !"1,5".equals(jedis.get("pms:price:ETH/USDT")),
                    rig::state);
        } finally {
            rig.pauseMarket(false);
        }
        JsonNode found = null;
        for (final JsonNode finding : rig.json("/api/findings?limit=1000").get("findings")) {
            if (finding.get("kind").asText().equals("VALUE_MALFORMED")
                    && finding.get("key").asText().equals("pms:price:ETH/USDT")
                    && finding.get("edge").asText().equals("open")) {
                found = finding;
            }
        }
        assertEquals("pms:price:ETH/USDT", found.get("key").asText());
        assertEquals("binance-spot", found.get("venue").asText());
        assertEquals("ETH/USDT", found.get("instrument").asText());
        assertTrue(Instant.parse(found.get("at").asText()).isBefore(Instant.now()));
        for (final String field :
                List.of("severity", "detector", "fingerprint", "evidence", "text")) {
            assertTrue(found.has(field), field + " in " + found);
        }
        assertEquals(1, rig.json("/api/findings?limit=1").get("findings").size());
        assertEquals(400, rig.get("/api/findings?limit=x").statusCode());
    }

    /** From the writer's first wrong value to a closed gate, in the API and in the file. */
    @Test
    void theGateClosesOnASymbolAndOpensAgain() throws IOException {
        final String symbol = "LINK/USDT";
        final String before = gate(symbol, GateState.OPEN);
        rig.pauseMarket(true);
        try (Jedis jedis = rig.redis()) {
            jedis.set("pms:price:" + symbol, "not a price");
            final String closed = gate(symbol, GateState.CLOSED);
            assertTrue(closed.contains("value|binance-spot|LINK/USDT|pms:price:LINK/USDT"), closed);
            assertEquals("CAUTION", rig.json("/api/gate").get("state").asText());
        } finally {
            rig.pauseMarket(false);
        }
        final String again = gate(symbol, GateState.OPEN);
        assertTrue(epoch(again) > epoch(before), before + again);
    }

    /** What a real monitor answers has the fields that are documented, and no others. */
    @Test
    void everyAnswerIsAsDocumented() throws IOException {
        final SchemaCheck check = new SchemaCheck();
        int asked = 0;
        for (final var path : rig.json("/api/openapi.json").get("paths").properties()) {
            final JsonNode schema =
                    path.getValue().at("/get/responses/200/content/application~1json/schema");
            if (!schema.isMissingNode() && !path.getKey().contains("{")) {
                final String query = path.getKey().equals("/api/trend") ? TREND : "";
                check.check(path.getKey(), schema, rig.json(path.getKey() + query));
                asked++;
            }
        }
        assertEquals(List.of(), check.problems());
        assertTrue(asked > 15, "paths that were asked: " + asked);
    }

    private String gate(final String symbol, final GateState state) throws IOException {
        Await.until(
                symbol + " to be " + state,
                60,
                () -> rig.get("/api/gate/" + symbol).body().contains("\"" + state + "\""),
                rig::state);
        return rig.get("/api/gate/" + symbol).body();
    }

    private static long epoch(final String reading) {
        return Long.parseLong(reading.replaceAll(".*\"epoch\":(\\d+).*", "$1"));
    }

    @Test
    void metricsParse() throws IOException {
        Await.until(
                "metrics of every hop",
                10,
                () -> {
                    final String body = rig.get("/metrics").body();
                    return EnumSet.allOf(Hop.class).stream()
                            .allMatch(hop -> body.contains(hop.name().toLowerCase(Locale.ROOT)));
                },
                rig::state);
        final Map<String, Double> totals = new TreeMap<>();
        for (final String line : rig.get("/metrics").body().split("\n")) {
            if (!line.startsWith("#")) {
                final Matcher sample = SAMPLE.matcher(line);
                assertTrue(sample.matches(), line);
                if (!sample.group(3).endsWith("Inf") && !sample.group(3).equals("NaN")) {
                    totals.merge(sample.group(1), Double.parseDouble(sample.group(3)), Double::sum);
                }
            }
        }
        assertTrue(totals.size() > 30, totals.keySet().toString());
        assertTrue(
                totals.entrySet().stream()
                        .anyMatch(e -> e.getKey().contains("in_sync") && e.getValue() > 0),
                totals.toString());
    }
}
