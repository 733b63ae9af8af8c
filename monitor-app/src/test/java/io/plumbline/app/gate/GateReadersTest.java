package io.plumbline.app.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.app.RepositoryTop;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The readers that we hand out, in their own languages, against a file that we write. */
class GateReadersTest {
    private static final List<String> SYMBOLS =
            List.of("ETH/USDT:USDT", "1000PEPE/USDT:USDT", "币安/USDT", "BTC/USDT", "BTC/USDT:USDT");

    @TempDir Path folder;

    @Test
    void inJava() throws Exception {
        final Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        verify(List.of(java.toString(), example("GateReader.java")));
    }

    @Test
    void inPython() throws Exception {
        assumeTrue(isThere("python3"), "python3 is not installed");
        verify(List.of("python3", example("gate.py")));
    }

    @Test
    void inC() throws Exception {
        assumeTrue(isThere("cc"), "no C compiler is installed");
        final String program = folder.resolve("gate").toString();
        final String said =
                run(
                        List.of(
                                "cc",
                                "-std=c11",
                                "-Wall",
                                "-Wextra",
                                "-Werror",
                                "-D_POSIX_C_SOURCE=200809L",
                                "-O2",
                                "-o",
                                program,
                                example("gate.c")));
        assertEquals("", said);
        verify(List.of(program));
    }

    private void verify(final List<String> reader) throws Exception {
        final Path file = folder.resolve("plumbline.gate");
        final GateFile gate = new GateFile(file, SYMBOLS, SystemClock::monotonicNanos);
        final GateReading all = new GateReading("", GateState.CAUTION, "", List.of(), 1, 1);
        for (int i = 0; i < 3; i++) {
            gate.onChange(
                    i,
                    new GateReading(
                            SYMBOLS.get(i), GateState.values()[i], "why", List.of(), 40 + i, 1));
        }
        final List<String> said = new ArrayList<>();
        for (final String symbol :
                List.of(SYMBOLS.get(0), SYMBOLS.get(1), SYMBOLS.get(2), "BTC", "")) {
            said.add(readAlive(gate, all, reader, file, symbol));
        }
        assertEquals(List.of("OPEN", "CAUTION", "CLOSED", "CLOSED", "CLOSED"), said);
        gate.close();
        assertEquals("CLOSED", state(reader, file, SYMBOLS.get(0)), "no heartbeat");
        Files.write(file, new byte[10]);
        assertEquals("CLOSED", state(reader, file, SYMBOLS.get(0)), "no gate file");
        Files.delete(file);
        assertEquals("CLOSED", state(reader, file, SYMBOLS.get(0)), "no file");
    }

    /** The heart beats while the reader starts, which may take longer than its patience. */
    private static String readAlive(
            final GateFile gate,
            final GateReading all,
            final List<String> reader,
            final Path file,
            final String symbol)
            throws Exception {
        final Thread heart =
                new Thread(
                        () -> {
                            while (!Thread.currentThread().isInterrupted()) {
                                gate.onJudged(all, true, 1);
                                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000L);
                            }
                        });
        // Its first beat may come later than a reader that starts within milliseconds.
        gate.onJudged(all, true, 1);
        heart.start();
        try {
            return state(reader, file, symbol);
        } finally {
            heart.interrupt();
            heart.join();
        }
    }

    private static String state(final List<String> reader, final Path file, final String symbol)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(reader);
        command.add(file.toString());
        command.add(symbol);
        return run(command).split(" ")[0].strip();
    }

    private static String run(final List<String> command) throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        final Process process = builder.start();
        final String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(20, TimeUnit.SECONDS);
        return said;
    }

    private static boolean isThere(final String program) {
        for (final String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static String example(final String name) {
        return RepositoryTop.path("config/examples/gate").resolve(name).toString();
    }
}
