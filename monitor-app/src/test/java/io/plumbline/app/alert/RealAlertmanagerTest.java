package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.finding.Severity;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's Alertmanager takes, groups, inhibits and resolves what we send; what it itself tells
 * PagerDuty of the same alert is compared with what we tell it.
 */
@Tag("servers")
class RealAlertmanagerTest {
    private static final Path BINARY = Path.of("/usr/bin/prometheus-alertmanager");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Receiver pagerDuty;
    private Process alertmanager;
    private URI base;
    private AlertmanagerChannel channel;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Files.isExecutable(BINARY), BINARY + " is not installed");
        pagerDuty = new Receiver(() -> 202);
        final int port = freePort();
        base = URI.create("http://127.0.0.1:" + port);
        final Path config = folder.resolve("alertmanager.yml");
        Files.writeString(
                config,
                """
                route:
                  receiver: pager
                  group_by: [venue]
                  group_wait: 300ms
                  group_interval: 1s
                receivers:
                  - name: pager
                    pagerduty_configs:
                      - routing_key: %s
                        url: %s
                        send_resolved: true
                        severity: '{{ .CommonLabels.severity }}'
                        class: '{{ .CommonLabels.alertname }}'
                        component: '{{ .CommonLabels.key }}'
                        group: '{{ .CommonLabels.venue }}'
                inhibit_rules:
                  - source_matchers: [alertname="FEED_DOWN"]
                    target_matchers: [alertname="SYMBOL_STALE"]
                    equal: [venue]
                """
                        .formatted(ROUTING_KEY, pagerDuty.uri("/v2/enqueue")));
        launch();
        channel =
                new AlertmanagerChannel(
                        "am",
                        List.of(base),
                        Map.of(),
                        "desk-1",
                        30_000_000_000L,
                        2_000_000_000L,
                        new SystemClock());
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (alertmanager != null) {
            alertmanager.destroy();
            alertmanager.waitFor(5, TimeUnit.SECONDS);
            alertmanager.destroyForcibly();
            pagerDuty.close();
        }
    }

    private void launch() throws IOException {
        alertmanager =
                new ProcessBuilder(
                                BINARY.toString(),
                                "--config.file=" + folder.resolve("alertmanager.yml"),
                                "--storage.path=" + folder.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + base.getPort(),
                                "--cluster.listen-address=")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        Alerts.await("Alertmanager is ready", () -> status("/-/ready") == 200);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private int status(final String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(base.resolve(path)).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (final IOException | InterruptedException e) {
            return 0;
        }
    }

    /** What Alertmanager holds: name, instrument and state of each, sorted. */
    private List<String> held() {
        try {
            final String body =
                    http.send(
                                    HttpRequest.newBuilder(base.resolve("/api/v2/alerts")).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
            final TreeSet<String> held = new TreeSet<>();
            for (final JsonNode alert : JSON.readTree(body)) {
                held.add(
                        alert.get("labels").get("alertname").textValue()
                                + ' '
                                + alert.get("labels").path("instrument").asText()
                                + ' '
                                + alert.get("status").get("state").textValue());
            }
            return List.copyOf(held);
        } catch (final IOException | InterruptedException e) {
            return List.of(e.toString());
        }
    }

    private static Alert alert(
            final Alert.Action action,
            final String kind,
            final String instrument,
            final Severity severity) {
        final long nowNs = new SystemClock().epochNanos();
        return new Alert(
                "id",
                action,
                kind.toLowerCase(java.util.Locale.ROOT)
                        + "|binance-usdm|"
                        + instrument
                        + "|k"
                        + instrument,
                "e",
                severity,
                kind,
                kind + " of " + instrument,
                "{\"kind\":\"" + kind + "\"}",
                nowNs - 1_000_000L,
                nowNs);
    }

    private void tell(
            final Alert.Action action,
            final String kind,
            final String instrument,
            final Severity severity) {
        final Alert alert = alert(action, kind, instrument, severity);
        assertEquals(Delivery.delivered(), channel.deliver(alert, AlertJson.bytes(alert)));
    }

    @Test
    void alertsAreTakenGroupedInhibitedAndResolved() throws Exception {
        tell(Alert.Action.TRIGGER, "SYMBOL_STALE", "BTC/USDT:USDT", Severity.HIGH);
        tell(Alert.Action.TRIGGER, "SYMBOL_STALE", "1000PEPE/USDT:USDT", Severity.HIGH);
        Alerts.await("one page for the group", () -> pagerDuty.requests.size() == 1);
        final JsonNode grouped = JSON.readTree(pagerDuty.requests.get(0).body());
        assertEquals("trigger", grouped.get("event_action").textValue());
        assertEquals("2", grouped.get("payload").get("custom_details").get("num_firing").asText());

        tell(Alert.Action.TRIGGER, "FEED_DOWN", "", Severity.CRITICAL);
        Alerts.await(
                "the feed stands for its symbols",
                () ->
                        held().equals(
                                        List.of(
                                                "FEED_DOWN  active",
                                                "SYMBOL_STALE 1000PEPE/USDT:USDT suppressed",
                                                "SYMBOL_STALE BTC/USDT:USDT suppressed")));
        assertEquals(Delivery.delivered(), channel.repeat());
        tell(Alert.Action.RESOLVE, "FEED_DOWN", "", Severity.CRITICAL);
        tell(Alert.Action.RESOLVE, "SYMBOL_STALE", "BTC/USDT:USDT", Severity.HIGH);
        Alerts.await(
                "one is left",
                () -> held().equals(List.of("SYMBOL_STALE 1000PEPE/USDT:USDT active")));
        tell(Alert.Action.RESOLVE, "SYMBOL_STALE", "1000PEPE/USDT:USDT", Severity.HIGH);
        Alerts.await(
                "the page is taken back",
                () ->
                        pagerDuty.requests.stream()
                                .anyMatch(r -> r.body().contains("\"event_action\":\"resolve\"")));
        assertEquals(List.of(), held());
    }

    /** It keeps nothing over its own restart: what stands is there again with the repetition. */
    @Test
    void whatStandsIsSaidAgainAfterItsRestart() throws Exception {
        channel.withWatchdog(() -> "");
        tell(Alert.Action.TRIGGER, "REDIS_DOWN", "", Severity.CRITICAL);
        assertEquals(Delivery.delivered(), channel.repeat());
        final List<String> standing = List.of("REDIS_DOWN  active", "Watchdog  active");
        Alerts.await("both stand", () -> held().equals(standing));
        alertmanager.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        assertEquals(Delivery.Outcome.RETRY, channel.repeat().outcome());
        launch();
        assertEquals(List.of(), held());
        assertEquals(Delivery.delivered(), channel.repeat());
        Alerts.await("both stand again", () -> held().equals(standing));
        tell(Alert.Action.RESOLVE, "REDIS_DOWN", "", Severity.CRITICAL);
        Alerts.await("one is over", () -> held().equals(List.of("Watchdog  active")));
    }

    /** Both of its events have every field of ours in the same place and of the same type. */
    @Test
    void ourPagerDutyEventsHaveTheShapeOfItsOwn() throws Exception {
        tell(Alert.Action.TRIGGER, "PRICE_WRONG", "BTC/USDT:USDT", Severity.HIGH);
        Alerts.await("its page", () -> pagerDuty.requests.size() == 1);
        compare(Alert.Action.TRIGGER, JSON.readTree(pagerDuty.requests.get(0).body()));
        tell(Alert.Action.RESOLVE, "PRICE_WRONG", "BTC/USDT:USDT", Severity.HIGH);
        Alerts.await("its resolve", () -> pagerDuty.requests.size() == 3);
        compare(Alert.Action.RESOLVE, JSON.readTree(pagerDuty.requests.get(2).body()));
        assertEquals(
                keyOf(pagerDuty.requests.get(1)), keyOf(pagerDuty.requests.get(3)), "our own key");
        assertEquals(keyOf(pagerDuty.requests.get(0)), keyOf(pagerDuty.requests.get(2)), "its own");
    }

    private static String keyOf(final Receiver.Request request) throws IOException {
        return JSON.readTree(request.body()).get("dedup_key").textValue();
    }

    /** Sends ours, too; the next request that the stub has. */
    private void compare(final Alert.Action action, final JsonNode theirs) throws Exception {
        final int next = pagerDuty.requests.size();
        final AlertChannel direct =
                new PagerDutyChannel(
                        "pd",
                        pagerDuty.uri("/v2/enqueue"),
                        ROUTING_KEY,
                        "desk-1",
                        2_000_000_000L,
                        new SystemClock());
        final Alert alert = alert(action, "PRICE_WRONG", "BTC/USDT:USDT", Severity.HIGH);
        assertEquals(Delivery.delivered(), direct.deliver(alert, AlertJson.bytes(alert)));
        final JsonNode ours = JSON.readTree(pagerDuty.requests.get(next).body());
        final List<String> missing = new ArrayList<>();
        differences("", theirs, ours, missing);
        assertEquals(List.of(), missing, () -> theirs + "\n" + ours);
        for (final String same :
                List.of(
                        "/routing_key",
                        "/event_action",
                        "/payload/severity",
                        "/payload/class",
                        "/payload/component",
                        "/payload/group")) {
            assertEquals(theirs.at(same), ours.at(same), same);
        }
        assertTrue(ours.get("dedup_key").textValue().length() <= 255);
    }

    /** Fields of theirs that ours lacks or has as another type; links and their details aside. */
    private static void differences(
            final String path,
            final JsonNode theirs,
            final JsonNode ours,
            final List<String> missing) {
        theirs.fieldNames()
                .forEachRemaining(
                        field -> {
                            final String at = path + '/' + field;
                            if (at.equals("/client_url") || at.equals("/links")) {
                                return;
                            }
                            if (!ours.has(field)) {
                                missing.add(at);
                            } else if (ours.get(field).getNodeType()
                                    != theirs.get(field).getNodeType()) {
                                missing.add(at + " has another type");
                            } else if (!field.equals("custom_details")) {
                                differences(at, theirs.get(field), ours.get(field), missing);
                            }
                        });
    }
}
