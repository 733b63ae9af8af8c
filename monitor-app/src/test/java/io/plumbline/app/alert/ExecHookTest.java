package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecHookTest {
    @TempDir Path folder;

    private Delivery run(final String script, final long timeoutMs) {
        return run(script, timeoutMs, new byte[] {'{', '}'});
    }

    private Delivery run(final String script, final long timeoutMs, final byte[] body) {
        final ExecHook hook =
                new ExecHook(
                        "hook",
                        List.of("/bin/sh", "-c", script),
                        Map.of("OUT", folder.resolve("out").toString(), "TOKEN", "canary-token"),
                        TimeUnit.MILLISECONDS.toNanos(timeoutMs),
                        new SystemClock());
        return hook.deliver(Alerts.trigger("k"), body);
    }

    @Test
    void exitCodes() {
        assertEquals(Delivery.delivered(), run("exit 0", 5_000));
        assertEquals(Delivery.retry(0, "exit 75: later"), run("echo later; exit 75", 5_000));
        assertEquals(Delivery.refused("exit 3: no"), run("echo no >&2; exit 3", 5_000));
    }

    @Test
    void standardInputAndEnvironment() throws IOException {
        assertEquals(Delivery.delivered(), run("cat > $OUT; env >> $OUT", 5_000));
        final List<String> lines = Files.readAllLines(folder.resolve("out"));
        assertEquals("{}", lines.get(0));
        assertTrue(lines.contains("TOKEN=canary-token"));
        assertFalse(lines.stream().anyMatch(line -> line.startsWith("HOME=")), lines.toString());
    }

    @Test
    void shouldNotCareWhetherItsInputIsRead() {
        assertEquals(Delivery.delivered(), run("exec 0<&-; exit 0", 5_000, new byte[60_000]));
    }

    @Test
    void shouldBoundItsOutputAndTakeSecretsOut() {
        final Delivery delivery =
                run(
                        "echo $TOKEN; i=0; while [ $i -lt 9000 ]; do echo 0123456789; i=$((i+1));"
                                + " done; exit 1",
                        20_000);
        assertTrue(delivery.reason().startsWith("exit 1: ***\n0123456789"), delivery.reason());
        assertTrue(delivery.reason().length() <= 4_200);
        assertFalse(delivery.reason().contains("canary"));
    }

    @Test
    void shouldKillTheWholeTreeAfterItsTimeout() throws IOException {
        final Delivery delivery = run("sleep 300 & echo $! > $OUT; wait", 300);
        assertEquals(Delivery.Outcome.RETRY, delivery.outcome());
        final long child = Long.parseLong(Files.readString(folder.resolve("out")).strip());
        Alerts.await(
                "the grandchild is gone",
                () -> ProcessHandle.of(child).map(handle -> !handle.isAlive()).orElse(true));
    }

    @Test
    void shouldNotWaitForABackgroundChildThatKeepsThePipe() {
        assertEquals(Delivery.delivered(), run("sleep 2 & exit 0", 10_000));
    }

    @Test
    void notAProgram() {
        final ExecHook hook =
                new ExecHook(
                        "hook", List.of("/no/such/program"), Map.of(), 1_000, new SystemClock());
        assertEquals(
                Delivery.refused(
                        "cannot start /no/such/program: check that it exists and is executable"),
                hook.deliver(Alerts.trigger("k"), new byte[0]));
        assertEquals("hook (exec /no/such/program)", hook.toString());
    }
}
