package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.app.template.Template;
import io.plumbline.finding.Severity;
import io.plumbline.metrics.Counters;
import io.plumbline.time.ManualClock;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each pager is told, in the shape that its documents ask for. */
class PagerChannelsTest {
    private static final long TIMEOUT_NS = 10_000_000_000L;
    private static final String KEY = "price|binance-spot|BTC/USDT|pms:price:BTC/USDT";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path folder;

    private static Alert alert(final Alert.Action action, final Severity severity) {
        return new Alert(
                "id-" + action.label(),
                action,
                KEY,
                "episode-1",
                severity,
                "PRICE_WRONG",
                "\"BTC\" <is> wrong & late",
                "{\"kind\":\"PRICE_WRONG\"}",
                1_700_000_000_000_000_000L,
                1_700_000_001_000_000_000L);
    }

    private static Delivery deliver(final AlertChannel channel, final Alert alert) {
        return channel.deliver(alert, AlertJson.bytes(alert));
    }

    @Test
    void pagerDutyEvents() throws IOException {
        try (Receiver receiver = new Receiver(() -> 202)) {
            final AlertChannel channel =
                    new PagerDutyChannel(
                            "pd",
                            receiver.uri("/v2/enqueue"),
                            "0123456789abcdef0123456789abcdef",
                            "desk-1",
                            TIMEOUT_NS,
                            new SystemClock());
            assertEquals(
                    Delivery.delivered(),
                    deliver(channel, alert(Alert.Action.TRIGGER, Severity.CRITICAL)));
            assertEquals(
                    Delivery.delivered(),
                    deliver(channel, alert(Alert.Action.RESOLVE, Severity.LOW)));
            final JsonNode trigger = JSON.readTree(receiver.requests.get(0).body());
            final JsonNode resolve = JSON.readTree(receiver.requests.get(1).body());
            assertEquals("trigger", trigger.get("event_action").textValue());
            assertEquals("resolve", resolve.get("event_action").textValue());
            assertEquals(KEY, trigger.get("dedup_key").textValue());
            assertEquals(KEY, resolve.get("dedup_key").textValue());
            assertEquals(
                    "0123456789abcdef0123456789abcdef", trigger.get("routing_key").textValue());
            final JsonNode payload = trigger.get("payload");
            assertEquals(
                    JSON.readTree(
                            "{\"summary\":\"\\\"BTC\\\" <is> wrong & late\",\"source\":\"desk-1\","
                                    + "\"severity\":\"critical\","
                                    + "\"timestamp\":\"2023-11-14T22:13:21.000000000Z\","
                                    + "\"component\":\"pms:price:BTC/USDT\","
                                    + "\"group\":\"binance-spot\",\"class\":\"PRICE_WRONG\","
                                    + "\"custom_details\":"
                                    + AlertJson.text(alert(Alert.Action.TRIGGER, Severity.CRITICAL))
                                    + "}"),
                    payload);
            assertFalse(channel.toString().contains("0123456789abcdef"));
        }
    }

    @Test
    void slackMessages() throws IOException {
        final AtomicInteger status = new AtomicInteger(200);
        try (Receiver receiver = new Receiver(status::get)) {
            final AlertChannel channel =
                    new SlackChannel(
                            "slack",
                            receiver.uri("/services/T0/canary"),
                            TIMEOUT_NS,
                            new SystemClock());
            for (final Alert.Action action : Alert.Action.values()) {
                assertEquals(Delivery.delivered(), deliver(channel, alert(action, Severity.HIGH)));
            }
            final List<String> texts = new ArrayList<>();
            for (final Receiver.Request request : receiver.requests) {
                texts.add(JSON.readTree(request.body()).get("text").textValue());
            }
            assertEquals(
                    List.of(
                            ":warning: *HIGH PRICE_WRONG* \"BTC\" &lt;is&gt; wrong &amp; late",
                            ":white_check_mark: *HIGH PRICE_WRONG* \"BTC\" &lt;is&gt; wrong &amp;"
                                    + " late",
                            ":eyes: *HIGH PRICE_WRONG* \"BTC\" &lt;is&gt; wrong &amp; late"),
                    texts);
            status.set(404);
            assertEquals(
                    Delivery.refused("HTTP 404: ok"),
                    deliver(channel, alert(Alert.Action.TRIGGER, Severity.HIGH)));
            assertFalse(channel.toString().contains("canary"));
        }
    }

    @Test
    void alertmanagerIsToldAgainUntilItIsOver() throws Exception {
        final AtomicInteger first = new AtomicInteger(503);
        final ManualClock clock = new ManualClock(1_700_000_002_000_000_000L);
        try (Receiver down = new Receiver(first::get);
                Receiver up = new Receiver(() -> 200)) {
            final AlertmanagerChannel channel =
                    new AlertmanagerChannel(
                            "am",
                            List.of(down.uri(""), up.uri("/prefix/")),
                            Map.of("Authorization", "Bearer canary"),
                            "desk-1",
                            30_000_000_000L,
                            TIMEOUT_NS,
                            clock);
            assertEquals(Delivery.delivered(), channel.repeat());
            assertEquals(List.of(), up.requests);
            assertEquals(
                    Delivery.delivered(),
                    deliver(channel, alert(Alert.Action.TRIGGER, Severity.HIGH)));
            assertEquals("/prefix/api/v2/alerts", up.requests.get(0).path());
            assertEquals("Bearer canary", up.requests.get(0).authorization());
            final JsonNode sent = JSON.readTree(up.requests.get(0).body());
            assertEquals(
                    JSON.readTree(
                            "[{\"labels\":{\"alertname\":\"PRICE_WRONG\",\"severity\":\"error\","
                                    + "\"detector\":\"price\",\"venue\":\"binance-spot\","
                                    + "\"instrument\":\"BTC/USDT\",\"key\":\"pms:price:BTC/USDT\","
                                    + "\"monitor\":\"desk-1\"},\"annotations\":{\"summary\":"
                                    + "\"\\\"BTC\\\" <is> wrong & late\",\"dedupKey\":\""
                                    + KEY
                                    + "\",\"episode\":\"episode-1\"},"
                                    + "\"startsAt\":\"2023-11-14T22:13:20.000000000Z\","
                                    + "\"endsAt\":\"2023-11-14T22:15:22.000000000Z\"}]"),
                    sent);
            first.set(200);
            clock.advanceTo(1_700_000_032_000_000_000L);
            assertEquals(Delivery.delivered(), channel.repeat());
            assertEquals(
                    "2023-11-14T22:15:52.000000000Z",
                    last(down).get(0).get("endsAt").textValue(),
                    "the replica that was down has it now");

            // Worse: other labels, so the old alert ends and a new one begins.
            deliver(channel, alert(Alert.Action.TRIGGER, Severity.CRITICAL));
            assertEquals(2, last(up).size());
            assertEquals(
                    "2023-11-14T22:13:52.000000000Z", last(up).get(0).get("endsAt").textValue());
            assertEquals("critical", last(up).get(1).get("labels").get("severity").textValue());

            deliver(channel, alert(Alert.Action.RESOLVE, Severity.CRITICAL));
            assertEquals(
                    "2023-11-14T22:13:52.000000000Z", last(up).get(0).get("endsAt").textValue());
            final int soFar = up.requests.size();
            assertEquals(Delivery.delivered(), channel.repeat());
            assertEquals(soFar, up.requests.size(), "nothing stands any more");
        }
    }

    private static JsonNode last(final Receiver receiver) throws IOException {
        return JSON.readTree(receiver.requests.get(receiver.requests.size() - 1).body());
    }

    @Test
    void theOutboxLetsAChannelRepeatWhatStands() throws Exception {
        final AtomicInteger status = new AtomicInteger(200);
        try (Receiver receiver = new Receiver(status::get)) {
            final AlertmanagerChannel channel =
                    new AlertmanagerChannel(
                            "am",
                            List.of(receiver.uri("")),
                            Map.of(),
                            "desk-1",
                            50_000_000L,
                            TIMEOUT_NS,
                            new SystemClock());
            final List<String> told = new ArrayList<>();
            final Outbox outbox =
                    new Outbox(
                            folder.resolve("o.db"),
                            OutboxSettings.defaults(),
                            List.of(channel),
                            Alerts.THREADS,
                            new SystemClock(),
                            new Random(1),
                            new Counters(),
                            new OutboxListener() {
                                @Override
                                public void onRepeatFailed(final String name, final String reason) {
                                    told.add(name + ' ' + reason);
                                }
                            });
            try (outbox) {
                outbox.start();
                outbox.accept(List.of(alert(Alert.Action.TRIGGER, Severity.HIGH)), List.of());
                Alerts.await("repeated", () -> receiver.requests.size() > 4);
                status.set(500);
                Alerts.await("told", () -> !told.isEmpty());
                final int soFar = receiver.requests.size();
                Alerts.await("still repeated", () -> receiver.requests.size() > soFar + 3);
                assertEquals(List.of("am HTTP 500: ok"), told, "told once, not every time");
            }
        }
    }

    @Test
    void templatesForReceiversOfOtherShapes() throws IOException {
        try (Receiver receiver = new Receiver(() -> 202)) {
            final WebhookHook hook =
                    new WebhookHook(
                            "jsm",
                            new WebhookHook.Target(
                                    Template.parseUrl(receiver.uri("/v2/alerts").toString()),
                                    Template.parse(
                                            "{\"message\":\"{{summary|11}}\",\"alias\":"
                                                + "\"{{dedupKey}}\",\"priority\":\"{{priority}}\","
                                                + "\"details\":{{finding}}}")),
                            new WebhookHook.Target(
                                    Template.parseUrl(
                                            receiver.uri("/v2/alerts/").toString()
                                                    + "{{dedupKey}}/close?identifierType=alias"),
                                    Template.parse("{\"note\":\"{{kind}} is over\"}")),
                            "",
                            Map.of("Authorization", "GenieKey canary"),
                            TIMEOUT_NS,
                            new SystemClock());
            for (final Alert.Action action : List.of(Alert.Action.TRIGGER, Alert.Action.RESOLVE)) {
                assertEquals(Delivery.delivered(), deliver(hook, alert(action, Severity.HIGH)));
            }
            assertEquals(
                    List.of(
                            new Receiver.Request(
                                    "/v2/alerts",
                                    "GenieKey canary",
                                    "{\"message\":\"\\\"BTC\\\" <is> \",\"alias\":\""
                                            + KEY
                                            + "\",\"priority\":\"P2\",\"details\":"
                                            + "{\"kind\":\"PRICE_WRONG\"}}",
                                    202),
                            new Receiver.Request(
                                    "/v2/alerts/price%7Cbinance-spot%7CBTC%2FUSDT%7Cpms%3Aprice"
                                            + "%3ABTC%2FUSDT/close?identifierType=alias",
                                    "GenieKey canary", "{\"note\":\"PRICE_WRONG is over\"}", 202)),
                    receiver.requests);
        }
    }

    @Test
    void templatesThatAreNone() {
        final List<String> said = new ArrayList<>();
        for (final String text : List.of("{{sumary}}", "{{", "a {{ b }} {{kind}", "{{kind|x}}")) {
            said.add(
                    assertThrows(IllegalArgumentException.class, () -> Template.parse(text))
                            .getMessage());
        }
        assertTrue(
                said.get(0).startsWith("has the unknown word {{sumary}}; there are id, action,"),
                said.get(0));
        assertEquals(
                "has \"{{\" without a word; write {{summary}} or {{summary|130}}", said.get(1));
        assertEquals(
                "holds {{finding}}, which no address can",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Template.parseUrl("http://h/{{finding}}"))
                        .getMessage());
        assertEquals(
                URI.create("http://h/x/y"), Template.parseUrl("http://h/{{key}}/y").exampleUri());
    }
}
