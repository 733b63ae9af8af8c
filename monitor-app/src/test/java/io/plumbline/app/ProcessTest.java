package io.plumbline.app;

import static java.lang.ProcessBuilder.Redirect.DISCARD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.journal.JournalVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process, with nothing of what it watches within reach. */
class ProcessTest {
    /** The promise is for the launcher, whose JVM keeps its classes from one start to the next. */
    private static final long PROMISED_MS = 1_000;

    /** From folders of classes, from which no JVM keeps any. */
    private static final long BOUND_MS = 2_500;

    /**
     * A slow machine is slow with --version too: that many times its time at most. What makes the
     * launcher itself slower shows in the bench, whose figure {@code start} has a bare JVM beside.
     */
    private static final double TIMES_VERSION = 2.5;

    /** The machine may be shared, so the best counts. */
    private static final int STARTS = 5;

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
        answersWithin(BOUND_MS, port, () -> start("--version"), () -> start(run()));

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
        Await.until(
                "the table of prerequisites",
                10,
                () -> log().contains("  FAIL    redis ") && log().contains("  OK      http port "),
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

    /** From the start of the launcher, with what the build made: this is what an operator has. */
    @Test
    @Tag("slow")
    void answersWithinASecondOfTheLauncher() throws Exception {
        final Path launcher = install();
        final int port = freePort();
        Files.writeString(folder.resolve("plumbline.yaml"), yaml(port));
        assertEquals(0, launch(launcher, "", "--version").waitFor());
        final Path archive = archive(launcher);
        assertTrue(Files.size(archive) > 0, this::log);

        final Path loads = folder.resolve("loads");
        process = launch(launcher, "-Xlog:class+load:file=loads", "run", "--help");
        assertEquals(0, process.waitFor(), this::log);
        assertTrue(
                Files.readAllLines(loads).stream()
                        .anyMatch(
                                line ->
                                        line.contains(" " + RunCommand.class.getName() + " ")
                                                && line.contains("shared objects file")),
                "the archive is not used");

        Files.delete(folder.resolve("out"));
        answersWithin(
                PROMISED_MS,
                port,
                () -> prepared(launcher, "", "--version").redirectOutput(DISCARD).start(),
                () -> launch(launcher, "", run()));
        assertEquals("", Files.readString(folder.resolve("out")), "standard output");
    }

    /** Whatever became of the archive: the start goes on, and standard output is the command's. */
    @Test
    @Tag("slow")
    void anArchiveThatIsNoneChangesNothing() throws Exception {
        final Path launcher = install();
        assertEquals(0, launch(launcher, "", "--version").waitFor());
        final Path archive = archive(launcher);
        final byte[] whole = Files.readAllBytes(archive);
        final List<byte[]> none =
                List.of(
                        new byte[whole.length],
                        "#".repeat(whole.length).getBytes(StandardCharsets.US_ASCII),
                        otherJars(whole));
        for (final byte[] content : none) {
            assertTrue(archive.toFile().setWritable(true));
            Files.write(archive, content);
            Files.deleteIfExists(folder.resolve("out"));
            Files.deleteIfExists(folder.resolve("log"));
            assertEquals(0, launch(launcher, "", "--version").waitFor(), this::log);
            final List<String> said = Files.readAllLines(folder.resolve("out"));
            assertEquals(2, said.size(), said.toString());
            assertTrue(said.get(0).startsWith("plumbline "), said.toString());
            assertEquals("", log());
        }
    }

    /** An archive whose jars have other times than those on disk. */
    private byte[] otherJars(final byte[] archive) throws IOException {
        try (Stream<Path> jars = Files.list(folder.resolve("top/monitor-app/target/lib"))) {
            for (final Path jar : jars.toList()) {
                Files.setLastModifiedTime(jar, FileTime.fromMillis(1_600_000_000_000L));
            }
        }
        return archive;
    }

    /** What is built, in a folder of its own, as an operator copies it. */
    private Path install() throws IOException {
        final Path built = RepositoryTop.path("monitor-app/target");
        final Path target = folder.resolve("top/monitor-app/target");
        Files.createDirectories(target.resolve("lib"));
        final Path launcher = folder.resolve("top/plumbline");
        Files.copy(RepositoryTop.path("plumbline"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        for (final String name : List.of("", "lib")) {
            try (Stream<Path> jars = Files.list(built.resolve(name))) {
                for (final Path jar : jars.filter(ProcessTest::isJar).toList()) {
                    Files.copy(jar, target.resolve(name).resolve(jar.getFileName()));
                }
            }
        }
        return launcher;
    }

    private static boolean isJar(final Path file) {
        return file.toString().endsWith(".jar");
    }

    private static Path archive(final Path launcher) throws IOException {
        try (Stream<Path> files = Files.list(launcher.resolveSibling("monitor-app/target"))) {
            return files.filter(file -> file.toString().endsWith(".jsa")).findAny().orElseThrow();
        }
    }

    private Process launch(final Path launcher, final String javaOptions, final String... arguments)
            throws IOException {
        return prepared(launcher, javaOptions, arguments).start();
    }

    private ProcessBuilder prepared(
            final Path launcher, final String javaOptions, final String... arguments) {
        final List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectError(to("log"))
                        .redirectOutput(to("out"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PLUMBLINE_JAVA_OPTS", javaOptions);
        return builder;
    }

    private String[] run() {
        return new String[] {"run", "--config", folder.resolve("plumbline.yaml").toString()};
    }

    private void answersWithin(
            final long promisedMs,
            final int port,
            final Callable<Process> version,
            final Callable<Process> start)
            throws Exception {
        assertFalse(answers(port), "the client's own classes are loaded before the clock runs");
        final List<String> tries = new ArrayList<>();
        boolean kept = false;
        while (!kept && tries.size() < STARTS) {
            if (process != null) {
                process.destroyForcibly().waitFor();
            }
            final long versionMs = untilItEnds(version);
            final long firstMs = startUntilItAnswers(port, start);
            kept = firstMs < Math.max(promisedMs, TIMES_VERSION * versionMs);
            tries.add("/health after " + firstMs + " ms, --version " + versionMs + " ms");
        }
        System.out.println(tries + ", promised " + promisedMs + " ms");
        assertTrue(kept, tries + ", promised " + promisedMs + " ms");
    }

    private static long untilItEnds(final Callable<Process> start) throws Exception {
        final long startNs = System.nanoTime();
        assertEquals(0, start.call().waitFor());
        return (System.nanoTime() - startNs) / 1_000_000;
    }

    private long startUntilItAnswers(final int port, final Callable<Process> start)
            throws Exception {
        final long startNs = System.nanoTime();
        process = start.call();
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
        // Of what a build has not packed yet the tests of feeds bring a log of their own.
        command.add(
                "-Dlogback.configurationFile="
                        + RepositoryTop.path("monitor-app/src/main/resources/logback.xml"));
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(PlumblineMain.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(to("log"))
                .start();
    }

    private ProcessBuilder.Redirect to(final String name) {
        return ProcessBuilder.Redirect.appendTo(folder.resolve(name).toFile());
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
