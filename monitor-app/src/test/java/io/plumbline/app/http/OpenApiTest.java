package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The OpenAPI document against the routes, in both directions. A new route needs nothing here: it
 * is asked with the examples of its parameters, and its answer must be what its {@link Content}
 * says. What {@link FakeMonitor} leaves empty is not tried: give it one of each.
 */
class OpenApiTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Lists of text that a healthy monitor leaves empty. */
    private static final Set<String> EMPTY =
            Set.of(
                    "/api/debug/comprehensive.market_data.data_freshness.missing_data_symbols",
                    "/api/debug/comprehensive.reasons",
                    "/api/debug/comprehensive.redis_cluster.nodes[].problems",
                    "/api/debug/market-data.data_freshness.missing_data_symbols",
                    "/api/debug/redis-cluster.nodes[].problems",
                    "/api/gate.symbols[].findings",
                    "/api/gate/{symbol}.findings",
                    "/api/redis.nodes[].problems",
                    "/health.reasons",
                    "/ready.reasons");

    /** How a documented status other than 200 comes about: path and status, then what is asked. */
    private static final Map<String, String> PROVOKED =
            new TreeMap<>(
                    Map.of(
                            "/health 503", "/health",
                            "/ready 503", "/ready",
                            "/api/cases/{fingerprint} 404", "/api/cases/none",
                            "/api/gate/{symbol} 404", "/api/gate/NOBODY",
                            "/api/trend 404", "/api/trend?key=nobody"));

    private static RunningServer server;
    private static HttpClient client;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(HttpRoutesTest.unpaced());
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        document = MAPPER.readTree(get("/api/openapi.json").body());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldDocumentEveryRouteAndNothingElse() {
        final Set<String> documented = new TreeSet<>();
        document.get("paths").fieldNames().forEachRemaining(documented::add);
        final Set<String> served = new TreeSet<>();
        Routes.of(server.monitor).all().forEach(route -> served.add(route.template()));
        Routes.of(server.monitor).orders().forEach(order -> served.add(order.template()));
        assertEquals(served, documented);
    }

    @Test
    void shouldBeADocumentOfVersion31() {
        assertEquals("3.1.0", document.get("openapi").asText());
        assertEquals("1.2.3", document.at("/info/version").asText());
        final Set<String> ids = new HashSet<>();
        for (final JsonNode operation : operations().values()) {
            assertTrue(ids.add(operation.get("operationId").asText()), operation.toString());
            assertFalse(operation.get("summary").asText().isEmpty(), operation.toString());
            assertTrue(operation.at("/responses/default/content").has("application/json"));
            for (final JsonNode response : operation.get("responses")) {
                assertFalse(response.get("description").asText().isEmpty(), response.toString());
            }
            for (final JsonNode parameter : operation.get("parameters")) {
                assertFalse(parameter.get("description").asText().isEmpty());
                assertFalse(parameter.get("example").asText().isEmpty());
            }
        }
    }

    @Test
    void shouldAnswerEachPathAsDocumented() throws Exception {
        final SchemaCheck check = new SchemaCheck();
        for (final Map.Entry<String, JsonNode> operation : operations().entrySet()) {
            final String target = target(operation.getKey(), operation.getValue());
            final JsonNode content = operation.getValue().at("/responses/200/content");
            final String type = content.fieldNames().next();
            if (type.equals("text/event-stream")) {
                try (RawClient stream = server.client()) {
                    stream.get(target);
                    assertTrue(stream.readUntil("\n\n").contains("content-type: " + type), target);
                }
                continue;
            }
            final HttpResponse<String> answer = get(target);
            assertEquals(200, answer.statusCode(), target);
            final String sent = answer.headers().firstValue("content-type").orElse("");
            assertTrue(sent.startsWith(type), target + " answers " + sent);
            if (content.get(type).has("schema")) {
                check.check(
                        operation.getKey(),
                        content.get(type).get("schema"),
                        MAPPER.readTree(answer.body()));
            }
        }
        assertEquals(List.of(), check.problems());
        final Set<String> untried = check.neverFilled();
        untried.removeAll(EMPTY);
        assertEquals(Set.of(), untried, "give FakeMonitor one of each");
    }

    @Test
    void shouldAnswerOtherStatusesAsDocumented() throws Exception {
        final List<String> documented = new ArrayList<>();
        final SchemaCheck check = new SchemaCheck();
        server.monitor.status = Health.Status.DOWN;
        server.monitor.ready = false;
        try {
            for (final Map.Entry<String, JsonNode> operation : operations().entrySet()) {
                final JsonNode responses = operation.getValue().get("responses");
                for (final String status : names(responses)) {
                    if (status.equals("200") || status.equals("default")) {
                        continue;
                    }
                    final String name = operation.getKey() + ' ' + status;
                    documented.add(name);
                    final HttpResponse<String> answer = get(PROVOKED.getOrDefault(name, "/"));
                    assertEquals(status, Integer.toString(answer.statusCode()), name);
                    check.check(
                            name,
                            responses.get(status).at("/content/application~1json/schema"),
                            MAPPER.readTree(answer.body()));
                }
            }
        } finally {
            server.monitor.status = Health.Status.UP;
            server.monitor.ready = true;
        }
        assertEquals(List.of(), check.problems());
        assertEquals(new ArrayList<>(PROVOKED.keySet()), documented.stream().sorted().toList());
    }

    /** The proof is one: a field more, one less, one of another type are each seen. */
    @Test
    void shouldSeeWhatIsNotAsDocumented() throws Exception {
        final JsonNode schema =
                document.get("paths")
                        .get("/health")
                        .at("/get/responses/200/content/application~1json/schema");
        final ObjectNode health = (ObjectNode) MAPPER.readTree(get("/health").body());
        health.put("mood", 7).put("version", 3).put("now", "noon").remove("status");
        assertEquals(
                Set.of(
                        "h lacks status",
                        "h.mood is not documented",
                        "h.version is 3 and not [string]",
                        "h.now is no time: noon"),
                new HashSet<>(new SchemaCheck().check("h", schema, health).problems()));
    }

    /** What is read, by path. */
    private static Map<String, JsonNode> operations() {
        final Map<String, JsonNode> operations = new TreeMap<>();
        document.get("paths")
                .properties()
                .forEach(
                        path -> {
                            if (path.getValue().has("get")) {
                                operations.put(path.getKey(), path.getValue().get("get"));
                            }
                        });
        return operations;
    }

    private static String target(final String path, final JsonNode operation) {
        String target = path;
        String between = "?";
        for (final JsonNode parameter : operation.get("parameters")) {
            final String name = parameter.get("name").asText();
            final String value =
                    URLEncoder.encode(parameter.get("example").asText(), StandardCharsets.UTF_8);
            if (parameter.get("in").asText().equals("path")) {
                target = target.replace('{' + name + '}', value);
            } else {
                target += between + name + '=' + value;
                between = "&";
            }
        }
        return target;
    }

    private static List<String> names(final JsonNode object) {
        final List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static HttpResponse<String> get(final String target)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
                        .build(),
                BodyHandlers.ofString());
    }
}
