package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.journal.JournalVerifier;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process, with nothing of what it watches within reach. */
class ProcessTest {
    /** A second is the aim on a machine of its own; this one may be shared, so the best counts. */
    private static final long BOUND_MS = 2_500;

    private static final int STARTS = 3;
    private static final String NOWHERE = "127.0.0.1:1";
    private static final List<String> ROUTES =
            List.of(
                    "/health",
                    "/health/deps",
                    "/ready",
                    "/metrics",
                    "/api/findings",
                    "/api/cases",
                    "/api/symbols",
                    "/api/latency");

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void answersWhileNothingIsThereAndEndsInOrder() throws Exception {
        final int port = freePort();
        Files.writeString(folder.resolve("plumbline.yaml"), yaml(port));
        final List<Long> firstMs = new ArrayList<>();
        final long boundMs = boundMs();
        while (firstMs.isEmpty()
                || firstMs.size() < STARTS && Collections.min(firstMs) >= boundMs) {
            if (process != null) {
                process.destroyForcibly().waitFor();
            }
            firstMs.add(startUntilItAnswers(port));
        }
        System.out.println(
                "/health answered " + firstMs + " ms after process start, bound " + boundMs);
        assertTrue(Collections.min(firstMs) < boundMs, firstMs + " ms, bound " + boundMs);

        final List<String> slow = new ArrayList<>();
        int asked = 0;
        for (int round = 0; round < 5; round++) {
            for (final String route : ROUTES) {
                final long askedNs = System.nanoTime();
                final int status = LiveRig.get(client, port, route).statusCode();
                final long tookMs = (System.nanoTime() - askedNs) / 1_000_000;
                assertEquals(route.equals("/ready") ? 503 : 200, status, route);
                asked++;
                if (tookMs >= 100) {
                    slow.add(route + " " + tookMs + " ms");
                }
                LockSupport.parkNanos(50_000_000);
            }
        }
        final int stolen = asked / 20;
        assertTrue(
                slow.size() <= stolen,
                () -> "slower than 100 ms, more than a shared machine explains: " + slow);

        Await.until(
                "an alert of the absent Redis",
                15,
                () -> contains(folder.resolve("alerts.ndjson"), "REDIS_DOWN"),
                this::log);
        final long stopNs = System.nanoTime();
        process.destroy();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "not ended 10 s after SIGTERM");
        System.out.println(
                "ended " + (System.nanoTime() - stopNs) / 1_000_000 + " ms after SIGTERM");
        assertTrue(log().contains("messages taken in and judged"), this::log);
        assertTrue(!log().contains("ERROR"), this::log);

        final JournalVerifier.Summary journal = JournalVerifier.verify(segments());
        assertEquals(List.of(), journal.damages());
        assertTrue(journal.records() > 0);
        assertTrue(
                queued() > 0 && contains(folder.resolve("alerts.ndjson"), "REDIS_DOWN"),
                "what the webhook did not take must wait for the next start");
    }

    /** The bound, stretched by as much as there is more to run than there are processors. */
    private static long boundMs() {
        final OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
        final double load = machine.getSystemLoadAverage() / machine.getAvailableProcessors();
        return (long) (BOUND_MS * Math.max(1, load));
    }

    private long startUntilItAnswers(final int port) throws IOException {
        final long startNs = System.nanoTime();
        process = start("run", "--config", folder.resolve("plumbline.yaml").toString());
        while (!answers(port)) {
            assertTrue(process.isAlive(), () -> "ended: " + log());
            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(20), this::log);
            LockSupport.parkNanos(5_000_000);
        }
        return (System.nanoTime() - startNs) / 1_000_000;
    }

    @Test
    void everyHelpDocumentsTheExitCodes() throws Exception {
        for (final String command : PlumblineMain.commandLine().getSubcommands().keySet()) {
            Files.deleteIfExists(folder.resolve("log"));
            process = start(command, "--help");
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), command);
            assertEquals(ExitCode.OK, process.exitValue(), command + ": " + log());
            for (final String code : ExitCode.descriptions().values()) {
                assertTrue(log().contains(code), command + ": " + log());
            }
        }
    }

    private String yaml(final int port) {
        return "monitor: {dataDirectory: \""
                + folder.resolve("data")
                + "\"}\nvenues:\n  - name: binance-usdm\n    endpoint: ws://"
                + NOWHERE
                + "\n    rest: http://"
                + NOWHERE
                + "\n    symbols: [\"BTC/USDT:USDT\"]\nredis:\n  - uri: redis://"
                + NOWHERE
                + "\n    keys: [{pattern: \"pms:price:{symbol}\", venue: binance-usdm}]\n"
                + "http: {port: "
                + port
                + "}\nalerts:\n  - {type: file, path: \""
                + folder.resolve("alerts.ndjson")
                + "\"}\n  - {type: webhook, url: \"http://"
                + NOWHERE
                + "/hook\"}\n";
    }

    private Process start(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(PlumblineMain.class.getName());
        command.addAll(List.of(arguments));
        final File log = folder.resolve("log").toFile();
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private boolean answers(final int port) {
        try {
            return LiveRig.get(client, port, "/health").statusCode() == 200;
        } catch (final IOException notYet) {
            return false;
        }
    }

    private Path[] segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data").resolve("journal"))) {
            return files.filter(file -> file.toString().contains(".plj"))
                    .sorted()
                    .toArray(Path[]::new);
        }
    }

    private int queued() throws Exception {
        try (Connection outbox =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("data").resolve("outbox.db"));
                Statement ask = outbox.createStatement();
                ResultSet answer =
                        ask.executeQuery(
                                "SELECT count(*) FROM alerts WHERE channel = 'webhook' AND state IN"
                                        + " ('queued', 'attempted')")) {
            return answer.next() ? answer.getInt(1) : 0;
        }
    }

    private static boolean contains(final Path file, final String text) throws IOException {
        return Files.exists(file) && Files.readString(file).contains(text);
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (final IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
