package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.app.demo.Stage;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.SimulatedMarket;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run --low-latency} as a process, looked at from outside: it judges, and the threads that
 * shall never sleep do not. Whether a thread is runnable does not hang on how busy the machine is.
 */
@Tag("servers")
class LowLatencyLiveTest {
    private static final int LOOKS = 40;
    private static final int NEARLY_ALL = 34;
    private static final int HALF = 20;

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private Stage stage;
    private Process process;
    private int port;

    @AfterEach
    void end() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void judgesWhileSocketsAndEngineNeverSleep() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/task")), "needs /proc of Linux");
        start("run", "--low-latency", "--config", "plumbline.yaml");
        final Map<String, Integer> running = looks();
        for (final String role : List.of("engine", "feed-io")) {
            assertTrue(running.getOrDefault(role, 0) >= NEARLY_ALL, role + " of " + running);
        }
        for (final String role : List.of("journal", "journal-disk", "http", "desk-clock")) {
            assertTrue(running.getOrDefault(role, 0) <= HALF, role + " of " + running);
        }
    }

    @Test
    void sleepsWithoutTheOption() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/task")), "needs /proc of Linux");
        start("run", "--config", "plumbline.yaml");
        final Map<String, Integer> running = looks();
        for (final String role : List.of("engine", "feed-io")) {
            assertTrue(running.getOrDefault(role, 0) <= HALF, role + " of " + running);
        }
    }

    /** Until every key is verified: the engine has compared what came by both ways. */
    private void start(final String... arguments) throws IOException {
        stage =
                new Stage(
                        new SimulatedMarket(11, SimulatedInstruments.standard()),
                        SimulatedInstruments.standard(),
                        WriterSettings.standard(),
                        new SystemClock(),
                        Monitor::background);
        stage.open();
        stage.play(FaultScript.of(List.of()), List.of(), List.of());
        port = PlumblineProcess.freePort();
        Files.writeString(
                folder.resolve("plumbline.yaml"),
                "monitor: {dataDirectory: data}\nhttp: {port: "
                        + port
                        + "}\n"
                        + stage.watchedYaml("aggTrade, bookTicker"));
        process = PlumblineProcess.start(folder, "log", Map.of(), arguments);
        Await.until("every key verified and in sync", 60, this::isJudged, this::log);
    }

    private boolean isJudged() throws IOException {
        final JsonNode symbols;
        try {
            symbols = LiveRig.MAPPER.readTree(LiveRig.get(client, port, "/api/symbols").body());
        } catch (final IOException notYet) {
            assertTrue(process.isAlive(), this::log);
            return false;
        }
        int judged = 0;
        for (final JsonNode symbol : symbols.path("symbols")) {
            if (symbol.path("coverageSeconds").path("verified").asLong() > 0
                    && symbol.path("verdict").asText().equals("IN_SYNC")) {
                judged++;
            }
        }
        return judged == SimulatedInstruments.standard().size();
    }

    /** In how many of the looks each thread ran or wanted to. */
    private Map<String, Integer> looks() {
        final Map<String, Integer> running = new TreeMap<>();
        final int[] looks = {0};
        Await.until(
                LOOKS + " looks at the threads",
                60,
                () -> {
                    look(running);
                    return ++looks[0] == LOOKS;
                },
                () -> looks[0]);
        return running;
    }

    private void look(final Map<String, Integer> running) throws IOException {
        try (var tasks = Files.list(Path.of("/proc", process.pid() + "", "task"))) {
            for (final Path task : tasks.toList()) {
                try {
                    final String stat = Files.readString(task.resolve("stat"));
                    final int end = stat.lastIndexOf(')');
                    if (stat.charAt(end + 2) == 'R') {
                        running.merge(stat.substring(stat.indexOf('(') + 1, end), 1, Integer::sum);
                    }
                } catch (final NoSuchFileException ended) {
                    // One that is gone does not run.
                }
            }
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
