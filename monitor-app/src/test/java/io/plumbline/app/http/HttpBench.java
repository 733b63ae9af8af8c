package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A server over a monitor that says what it is told, and a client of it. */
abstract class HttpBench {
    static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    static final List<String> ROUTES =
            List.of(
                    "/",
                    "/web/icon.svg",
                    "/web/app.css",
                    "/web/app.js",
                    "/web/cases.js",
                    "/web/charts.js",
                    "/web/feeds.js",
                    "/web/login.js",
                    "/web/uplot.js",
                    "/web/uplot.css",
                    "/api",
                    "/health",
                    "/health/deps",
                    "/ready",
                    "/metrics",
                    "/api/findings",
                    "/api/cases",
                    "/api/symbols",
                    "/api/gate",
                    "/api/latency",
                    "/api/latency/buckets",
                    "/api/backfill/status",
                    "/api/openapi.json");

    static RunningServer server;
    static HttpClient client;

    @BeforeAll
    static void start() throws IOException {
        server = new RunningServer(HttpRoutesTest.unpaced());
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        server.monitor.status = Health.Status.UP;
        server.monitor.ready = true;
        server.monitor.fault = null;
    }

    static String plain(final String target) throws Exception {
        final HttpResponse<String> answer = get(target);
        return answer.statusCode() + " " + answer.body();
    }

    static JsonNode json(final HttpResponse<String> answer) throws IOException {
        assertEquals(
                "application/json; charset=utf-8",
                answer.headers().firstValue("content-type").orElse(""));
        return MAPPER.readTree(answer.body());
    }

    static HttpResponse<String> get(final String target) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(target)).build(), BodyHandlers.ofString());
    }

    static HttpResponse<String> send(final String method, final String target, final String body)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(target))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    static URI uri(final String target) {
        return URI.create("http://127.0.0.1:" + server.port() + target);
    }
}
