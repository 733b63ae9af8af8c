package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.alert.Alerts.Script;
import io.plumbline.time.SystemClock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TestAlertTest {
    private static TestAlert.Report run(final long timeoutMs, final AlertChannel... channels)
            throws Exception {
        return new TestAlert(List.of(channels), Alerts.THREADS, new SystemClock(), new Random(1))
                .run("host", TimeUnit.MILLISECONDS.toNanos(timeoutMs));
    }

    @Test
    void allWell() throws Exception {
        final Script good = new Script("good", alert -> Delivery.delivered());
        final TestAlert.Report report = run(10_000, good);
        assertTrue(report.ok());
        assertEquals(
                List.of("trigger plumbline|test||host", "resolve plumbline|test||host"),
                List.copyOf(good.seen));
    }

    @Test
    void oneRefusesOneIsDown() throws Exception {
        final Script good = new Script("good", alert -> Delivery.delivered());
        final Script bad = new Script("bad", alert -> Delivery.refused("HTTP 404"));
        final Script down =
                new Script("down", alert -> Delivery.retry(60_000_000_000L, "ConnectException"));
        final TestAlert.Report report = run(500, good, bad, down);
        assertFalse(report.ok());
        assertEquals(
                List.of(
                        "good TRIGGER true delivered",
                        "good RESOLVE true delivered",
                        "bad TRIGGER false refused: HTTP 404",
                        "bad RESOLVE false refused: HTTP 404",
                        "down TRIGGER false will be repeated: ConnectException",
                        "down RESOLVE false not tried in time"),
                report.outcomes().stream()
                        .map(o -> o.channel() + ' ' + o.action() + ' ' + o.ok() + ' ' + o.says())
                        .toList());
        assertEquals(2, good.seen.size());
    }
}
