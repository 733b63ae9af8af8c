package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class PlumblineMainTest {
    private static final String EXIT_CODES =
            """
            Exit codes:
               0   all well
               1   found what it is meant to fail on (missed fault, differing replay)
               2   wrong usage or configuration
               3   cannot start (port in use, required Redis absent, disk full)
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    /** Fails in the way it is told. */
    @Command(name = "failing")
    static final class Failing implements Callable<Integer> {
        private final Exception failure;

        Failing(final Exception failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    @Test
    void shouldPrintTheConcludedConfiguration() throws IOException {
        final Path file = folder.resolve("a.yaml");
        Files.writeString(
                file,
                "venues: [{name: binance-usdm, symbols: [\"BTC/USDT:USDT\"]}]\n"
                        + "alerts: [{type: file}]\n");
        assertEquals(ExitCode.OK, run("check-config", file.toString()));
        assertTrue(out.toString().startsWith("monitor:\n  name: plumbline\n"), out.toString());
        assertEquals(
                List.of(
                        "warning: "
                                + file
                                + ":1:1: redis: none given: feeds are watched, no price is"
                                + " compared"),
                err.toString().lines().filter(line -> line.startsWith("warning")).toList());
        final List<String> table =
                err.toString().lines().filter(line -> !line.startsWith("warning")).toList();
        assertTrue(table.get(0).startsWith("prerequisites: "), err.toString());
        for (final String name :
                List.of(
                        "data directory",
                        "free space",
                        "file descriptors",
                        "heap",
                        "http port",
                        "clock")) {
            assertTrue(
                    table.stream()
                            .anyMatch(
                                    line ->
                                            line.matches(
                                                    "  (OK|WARN|FAIL|UNKNOWN) +" + name + "  .+")),
                    err.toString());
        }
    }

    @Test
    void shouldListWhatIsWrong() throws IOException {
        final Path file = folder.resolve("a.yaml");
        Files.writeString(file, "venus: []\nhttp: {port: x}\n");
        assertEquals(ExitCode.USAGE, run("check-config", file.toString()));
        assertEquals("", out.toString());
        assertEquals(
                List.of(
                        file
                                + ":1:1: venues: missing; write `venues: [{name: binance-usdm,"
                                + " symbols: [BTC/USDT:USDT]}]`",
                        file + ":1:1: venus: unknown key; did you mean \"venues\"?",
                        file
                                + ":2:14: http.port: \"x\" is no whole number; write one from 0 to"
                                + " 65535"),
                err.toString()
                        .lines()
                        .filter(line -> !line.startsWith("warning: "))
                        .sorted()
                        .toList());
    }

    @Test
    void usageErrors() {
        assertEquals(ExitCode.USAGE, run());
        assertEquals(ExitCode.USAGE, run("chek-config"));
        assertEquals(ExitCode.USAGE, run("check-config"));
        assertEquals(ExitCode.USAGE, run("check-config", "a", "b"));
        assertEquals(ExitCode.USAGE, run("--nonsense"));
        assertEquals("", out.toString());
        assertTrue(err.toString().contains("Did you mean: plumbline check-config"));
    }

    @Test
    void shouldDocumentExitCodesInEveryHelp() {
        assertEquals(ExitCode.OK, run("--help"));
        assertTrue(out.toString().endsWith(EXIT_CODES), out.toString());
        for (final String command : PlumblineMain.commandLine().getSubcommands().keySet()) {
            out.getBuffer().setLength(0);
            assertEquals(ExitCode.OK, run(command, "--help"));
            assertTrue(out.toString().endsWith(EXIT_CODES), out.toString());
        }
        assertFalse(out.toString().contains("\u001b"), "colours without a terminal");
    }

    @Test
    void shouldKnowNoOtherCommandThanTheNamedOne() {
        for (final String command : PlumblineMain.commandLine().getSubcommands().keySet()) {
            assertEquals(
                    Set.of(command),
                    PlumblineMain.commandLineFor(command, "--help").getSubcommands().keySet());
            assertEquals(ExitCode.OK, run(command, "--help"));
            final String alone = out.toString();
            out.getBuffer().setLength(0);
            assertEquals(ExitCode.OK, execute(PlumblineMain.commandLine(), command, "--help"));
            assertEquals(out.toString(), alone);
            out.getBuffer().setLength(0);
        }
        final int all = PlumblineMain.commandLine().getSubcommands().size();
        for (final String first : List.of("--help", "rnu", "")) {
            assertEquals(all, PlumblineMain.commandLineFor(first).getSubcommands().size());
        }
        assertEquals(all, PlumblineMain.commandLineFor().getSubcommands().size());
    }

    @Test
    void version() {
        assertEquals(ExitCode.OK, run("--version"));
        assertTrue(out.toString().startsWith("plumbline "), out.toString());
    }

    @Test
    void shouldTellWhyItCannotStart() {
        final int code = fail(new CannotStartException("port 8080 is in use; set http.port"));
        assertEquals(ExitCode.CANNOT_START, code);
        assertEquals("plumbline: port 8080 is in use; set http.port\n", err.toString());
    }

    @Test
    void shouldTellOfTheUnexpectedInOneLineAndLogTheRest() {
        final Logger log = (Logger) LoggerFactory.getLogger(PlumblineMain.class);
        final Level level = log.getLevel();
        log.setLevel(Level.OFF);
        try {
            final int code = fail(new IllegalStateException("boom"));
            assertEquals(ExitCode.CANNOT_START, code);
        } finally {
            log.setLevel(level);
        }
        assertEquals(
                "plumbline: unexpected failure: java.lang.IllegalStateException: boom; details:"
                        + " the log on standard error\n",
                err.toString());
    }

    private int run(final String... arguments) {
        return execute(PlumblineMain.commandLineFor(arguments), arguments);
    }

    private int fail(final Exception failure) {
        return execute(Shell.prepare(new CommandLine(new Failing(failure))));
    }

    private int execute(final CommandLine commands, final String... arguments) {
        return commands.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
