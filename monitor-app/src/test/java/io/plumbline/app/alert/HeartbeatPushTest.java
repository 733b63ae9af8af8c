package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The heart beats while the monitor vouches for itself, and not longer. */
class HeartbeatPushTest {
    private static final long MS = 1_000_000L;

    private final AtomicReference<String> doubt = new AtomicReference<>("");

    @Test
    void beatsOnlyWhileItVouches() throws Exception {
        try (Receiver receiver = new Receiver(() -> 200)) {
            final HeartbeatPush push =
                    new HeartbeatPush(
                            receiver.uri("/ping/secret"),
                            2 * MS,
                            1_000 * MS,
                            doubt::get,
                            new SystemClock());
            final Thread thread = Alerts.THREADS.start("heartbeat", push);
            Alerts.await("beats", () -> receiver.requests.size() >= 3);
            doubt.set("the engine has not moved for 6 s");
            // One may be under way; from then on there is none.
            Alerts.await("stopped", () -> settled(receiver));
            doubt.set("");
            final int before = receiver.requests.size();
            Alerts.await("again", () -> receiver.requests.size() > before);
            assertEquals("/ping/secret", receiver.requests.get(0).path());
            push.close();
            thread.join(2_000);
            assertEquals(false, thread.isAlive());
        }
    }

    private static boolean settled(final Receiver receiver) {
        final int before = receiver.requests.size();
        final long untilNs = System.nanoTime() + 30 * MS;
        while (System.nanoTime() < untilNs) {
            if (receiver.requests.size() != before) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    @Test
    void theWatchdogStandsAtAlertmanagerWhileItVouches() throws IOException {
        try (Receiver receiver = new Receiver(() -> 200)) {
            final AlertmanagerChannel channel =
                    new AlertmanagerChannel(
                                    "am",
                                    List.of(receiver.uri("")),
                                    Map.of(),
                                    "desk-1",
                                    30_000 * MS,
                                    1_000 * MS,
                                    new SystemClock())
                            .withWatchdog(doubt::get);
            assertEquals(Delivery.delivered(), channel.repeat());
            final JsonNode alert =
                    new ObjectMapper().readTree(receiver.requests.get(0).body()).get(0);
            assertEquals("Watchdog", alert.at("/labels/alertname").asText());
            assertEquals("desk-1", alert.at("/labels/monitor").asText());
            doubt.set("journal stands still");
            assertEquals(Delivery.delivered(), channel.repeat());
            assertEquals(1, receiver.requests.size());
        }
    }
}
