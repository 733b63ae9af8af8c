package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.app.gate.GateReading;
import io.plumbline.app.gate.GateState;
import io.plumbline.metrics.CounterId;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpRoutesTest extends HttpBench {
    @Test
    void shouldTellTheHealth() throws Exception {
        assertEquals(
                "200 {\"status\":\"UP\",\"version\":\"1.2.3\","
                        + "\"startedAt\":\"2026-11-23T11:59:00.123456789Z\","
                        + "\"now\":\"2026-11-23T12:00:00.123456789Z\","
                        + "\"uptimeNs\":60000000000,\"score\":SCORE,\"reasons\":[]}",
                plain("/health").replaceAll("\"score\":[0-9.]+,", "\"score\":SCORE,"));
        server.monitor.status = Health.Status.DEGRADED;
        final HttpResponse<String> degraded = get("/health");
        assertEquals(200, degraded.statusCode());
        assertEquals(FakeMonitor.HOSTILE, json(degraded).get("reasons").get(0).asText(), "escaped");
        server.monitor.status = Health.Status.DOWN;
        assertEquals(503, get("/health").statusCode());
    }

    @Test
    void shouldTellTheDependencies() throws Exception {
        final JsonNode dependencies = json(get("/health/deps")).get("dependencies");
        assertEquals(3, dependencies.size());
        assertEquals(
                MAPPER.readTree(
                        "{\"name\":\"binance-spot/1\",\"kind\":\"venue\",\"state\":\"LIVE\","
                                + "\"healthy\":true,\"detail\":\"wss://127.0.0.1\","
                                + "\"since\":\"2026-11-23T11:59:55.123456789Z\","
                                + "\"lastMessage\":\"2026-11-23T11:59:58.123456789Z\","
                                + "\"silentNs\":2000000000,\"epoch\":3,"
                                + "\"connected\":true,\"last_message_age\":2.000}"),
                dependencies.get(0));
        assertTrue(dependencies.get(1).get("lastMessage").isNull());
        assertTrue(dependencies.get(1).get("silentNs").isNull());
    }

    @Test
    void shouldTellWhetherItIsReady() throws Exception {
        assertEquals("200 {\"ready\":true,\"reasons\":[]}", plain("/ready"));
        server.monitor.ready = false;
        assertEquals(
                "503 {\"ready\":false,\"reasons\":[\"redis/main was never LIVE\"]}",
                plain("/ready"));
    }

    @Test
    void shouldTellTheGate() throws Exception {
        final String btc =
                "{\"symbol\":\"BTC/USDT:USDT\",\"state\":\"OPEN\",\"reason\":\"\",\"findings\":[],"
                        + "\"epoch\":3,\"since\":\"2026-11-23T11:59:58.123456789Z\"}";
        final JsonNode all = json(get("/api/gate"));
        assertEquals("CAUTION", all.get("state").asText());
        assertEquals(FakeMonitor.HOSTILE, all.get("reason").asText());
        assertEquals(7, all.get("epoch").asInt());
        assertEquals(MAPPER.readTree(btc), all.get("symbols").get(0));
        assertEquals("200 " + btc, plain("/api/gate/BTC/USDT:USDT"));
        assertEquals("200 " + btc, plain("/api/gate/BTC%2FUSDT%3AUSDT"));
        final String unknown =
                "404 {\"state\":\"CLOSED\",\"reason\":\"this symbol is not watched\"}";
        assertEquals(unknown, plain("/api/gate/BTC/USDT"));
        assertEquals(unknown, plain("/api/gate/"));
        try (RawClient client = server.client()) {
            assertEquals(
                    List.of(400), RawClient.statuses(client.get("/api/gate/%zz").readAnswer()));
        }
    }

    @Test
    void shouldStreamWhatChangesOfTheGate() throws Exception {
        final List<GateReading> before = server.monitor.gates;
        try (RawClient stream = server.client()) {
            stream.get("/api/gate/stream");
            final String head = stream.readUntil("data: {\"symbol\":\"BTC/USDT:USDT\"");
            assertTrue(head.contains("content-type: text/event-stream"), head);
            assertTrue(head.contains("event: all\ndata: {\"state\":\"CAUTION\""), head);
            server.monitor.gates =
                    List.of(
                            new GateReading(
                                    "BTC/USDT:USDT", GateState.CLOSED, "late", List.of("f"), 4, 1));
            final String change = stream.readUntil("\"epoch\":4");
            assertTrue(change.contains("\"state\":\"CLOSED\",\"reason\":\"late\""), change);
            assertEquals(0, change.split("event: all", -1).length - 1, "only what changed");
        } finally {
            server.monitor.gates = before;
        }
    }

    @Test
    void shouldListFindingsNewestFirstUpToTheLimit() throws Exception {
        assertEquals(3, json(get("/api/findings")).get("findings").size());
        assertEquals(
                "200 {\"findings\":["
                        + FakeMonitor.finding(3)
                        + ','
                        + FakeMonitor.finding(2)
                        + "]}",
                plain("/api/findings?limit=2"));
    }

    @Test
    void shouldNameWhatAParameterTakesAndRepeatNothing() throws Exception {
        final List<String> answers = new ArrayList<>();
        for (final String query :
                List.of("limit=0", "limit=1001", "limit=zzz", "limti=zzz", "limit=1&limit=2")) {
            answers.add(plain("/api/findings?" + query));
        }
        final String wrong = "400 {\"error\":\"limit is a whole number from 1 to 1000\"}";
        final String unknown = "400 {\"error\":\"this route takes each of these once: limit\"}";
        assertEquals(List.of(wrong, wrong, wrong, unknown, unknown), answers);
        assertEquals(
                "400 {\"error\":\"this route takes each of these once: venue, search\"}",
                plain("/api/symbols?zzz=1"));
    }

    @Test
    void shouldIgnoreAQueryWhereNoneIsTaken() throws Exception {
        assertEquals(200, get("/health?cachebuster=1").statusCode());
    }

    @Test
    void shouldListCases() throws Exception {
        final JsonNode found = json(get("/api/cases")).get("cases").get(0);
        assertEquals("PRICE_WRONG", found.get("kind").asText());
        assertEquals("HIGH", found.get("severity").asText());
        assertEquals("OPEN", found.get("state").asText());
        assertEquals(4, found.get("findings").asInt());
        assertTrue(found.get("inhibitedBy").isNull());
        assertEquals(FakeMonitor.HOSTILE, found.get("text").asText());
    }

    @Test
    void shouldListSymbols() throws Exception {
        final JsonNode symbols = json(get("/api/symbols"));
        assertEquals(2, symbols.get("count").asInt());
        assertEquals(
                MAPPER.readTree(
                        "{\"venue\":\"binance-spot\",\"instrument\":\"BTC/USDT\","
                                + "\"key\":\"pms:price:BTC/USDT\",\"field\":\"last\","
                                + "\"referencePrice\":\"64123.45\",\"redisPrice\":\"64123.4\","
                                + "\"deviationTicks\":\"-5\",\"deviationBps\":null,"
                                + "\"verdict\":\"WRONG\",\"lagNs\":0,\"feedAgeNs\":1000000,"
                                + "\"redisAgeNs\":null,\"freshness\":\"FRESH\",\"seen\":true,"
                                + "\"rung\":\"notification\","
                                + "\"coverageSeconds\":{\"verified\":10,\"unverifiable\":2,"
                                + "\"quiet\":3,\"closed\":4}}"),
                symbols.get("symbols").get(0));
    }

    @Test
    void shouldFilterSymbolsByVenueAndText() throws Exception {
        final List<Integer> counts = new ArrayList<>();
        for (final String query :
                List.of(
                        "venue=binance-usdm",
                        "search=btc%2f",
                        "search=PRICE:",
                        "venue=binance-spot&search=eth",
                        "venue=binance")) {
            final JsonNode answer = json(get("/api/symbols?" + query));
            assertEquals(answer.get("count").asInt(), answer.get("symbols").size());
            counts.add(answer.get("count").asInt());
        }
        assertEquals(List.of(1, 1, 2, 0, 0), counts);
    }

    @Test
    void shouldWriteTenThousandSymbolsWithinATenthOfASecond() throws Exception {
        final List<SymbolStatus> before = server.monitor.symbols;
        final List<SymbolStatus> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(FakeMonitor.symbol("binance-spot", "S" + i + "/USDT"));
        }
        server.monitor.symbols = many;
        try {
            final JsonNode answer = json(get("/api/symbols"));
            assertEquals(10_000, answer.get("count").asInt());
            assertEquals("S9999/USDT", answer.get("symbols").get(9_999).get("instrument").asText());
            assertTrue(bestOf(10, "/api/symbols") < 100_000_000L);
            assertTrue(bestOf(10, "/metrics") < 100_000_000L);
        } finally {
            server.monitor.symbols = before;
        }
    }

    @Test
    void shouldTellLatencies() throws Exception {
        final JsonNode latency = json(get("/api/latency")).get("latency");
        assertEquals("venue_to_socket", latency.get(0).get("hop").asText());
        assertEquals("binance-spot", latency.get(0).get("name").asText());
        assertEquals(2, latency.get(0).get("interval").get("count").asInt());
        assertEquals(2, latency.get(0).get("total").get("count").asInt());
        assertEquals(0, latency.get(1).get("total").get("maxNs").asInt());
        final List<String> names = new ArrayList<>();
        latency.get(0).get("total").fieldNames().forEachRemaining(names::add);
        assertEquals(
                List.of("count", "minNs", "p50Ns", "p90Ns", "p99Ns", "p999Ns", "maxNs"), names);
    }

    @Test
    void shouldTellWhatWasFetchedAgain() throws Exception {
        assertEquals(
                MAPPER.readTree(
                        "{\"venues\":[{\"venue\":\"binance-spot\",\"gaps\":3,\"missing\":120,"
                                + "\"recovered\":118,\"books\":2,\"requests\":9,\"failed\":1,"
                                + "\"refused\":4,\"queued\":5,"
                                + "\"heldBackUntil\":\"2026-11-23T12:00:01.123456789Z\","
                                + "\"lastError\":"
                                + MAPPER.writeValueAsString(FakeMonitor.HOSTILE)
                                + "}]}"),
                json(get("/api/backfill/status")));
    }

    @Test
    void shouldCarryTheProtectingHeadersOnEveryAnswer() throws Exception {
        final List<String> all = new ArrayList<>(ROUTES);
        all.add("/nothing/here");
        for (final String route : all) {
            final HttpResponse<String> answer = get(route);
            final String found =
                    answer.headers().firstValue("cache-control").orElse("-")
                            + answer.headers().firstValue("x-content-type-options").orElse("-")
                            + answer.headers().firstValue("content-security-policy").orElse("-")
                            + answer.headers()
                                    .firstValue("access-control-allow-origin")
                                    .isPresent();
            assertEquals("no-storenosniffdefault-src 'self'false", found, route);
        }
    }

    @Test
    void shouldAnswerHeadAsGetWithoutBody() throws Exception {
        for (final String route : ROUTES) {
            final HttpResponse<String> head = send("HEAD", route, "");
            final HttpResponse<String> get = get(route);
            assertEquals(get.statusCode(), head.statusCode(), route);
            assertEquals("", head.body(), route);
            assertEquals(
                    get.headers().firstValue("content-type"),
                    head.headers().firstValue("content-type"),
                    route);
        }
    }

    @Test
    void shouldRefuseUnknownPathsAndMethodsWithoutRepeatingThem() throws Exception {
        final String notFound = "404 {\"error\":\"no such route; see /api for the list\"}";
        assertEquals(notFound, plain("/health/"));
        assertEquals(notFound, plain("/%3Cscript%3E?x=1"));
        assertEquals(notFound, plain("/api/debug"));
        for (final String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")) {
            final HttpResponse<String> answer = send(method, "/health", "");
            assertEquals(405, answer.statusCode(), method);
            assertEquals("GET, HEAD", answer.headers().firstValue("allow").orElse(""), method);
            assertEquals(
                    "{\"error\":\"this method is not allowed here; see Allow\"}", answer.body());
        }
    }

    @Test
    void shouldRefuseABody() throws Exception {
        assertEquals(413, send("POST", "/health", "{}").statusCode());
        assertEquals(413, send("GET", "/health", "x".repeat(200_000)).statusCode());
    }

    @Test
    void shouldSurviveAFaultInARoute() throws Exception {
        server.monitor.fault = new IllegalStateException("secret detail");
        assertEquals(
                "500 {\"error\":\"the answer could not be made; the log says why\"}",
                plain("/api/cases"));
        assertEquals(200, get("/health").statusCode());
    }

    @Test
    void shouldCountAnswersAndRefusals() throws Exception {
        final long answered = server.monitor.counters.get(CounterId.HTTP_REQUESTS);
        final long refused = server.monitor.counters.get(CounterId.HTTP_REFUSED);
        get("/health");
        get("/ready");
        get("/nothing");
        assertEquals(answered + 2, server.monitor.counters.get(CounterId.HTTP_REQUESTS));
        assertEquals(refused + 1, server.monitor.counters.get(CounterId.HTTP_REFUSED));
    }

    @Test
    void shouldAnswerHealthWithinATenthOfASecond() throws Exception {
        assertTrue(bestOf(5, "/health") < 100_000_000L);
    }

    private static long bestOf(final int times, final String route) throws Exception {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < times; i++) {
            final long beginNs = System.nanoTime();
            get(route);
            best = Math.min(best, System.nanoTime() - beginNs);
        }
        return best;
    }

    /** The standard limits but for the pace, which these tests exceed. */
    static HttpLimits unpaced() {
        return HttpLimits.STANDARD.perAddress(64, 1_000_000);
    }
}
