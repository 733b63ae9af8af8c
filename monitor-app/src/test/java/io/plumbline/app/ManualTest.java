package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Help, completion and the nearest name: all made from the options themselves. */
class ManualTest {
    private static final List<String> SECTIONS =
            List.of(
                    "NAME",
                    "SYNOPSIS",
                    "DESCRIPTION",
                    "OPTIONS",
                    "EXIT STATUS",
                    "FILES",
                    "EXAMPLES");

    private final Terminal terminal = new Terminal();
    @TempDir private Path folder;

    private static void collect(final CommandLine command, final List<CommandLine> all) {
        all.add(command);
        command.getSubcommands().values().forEach(part -> collect(part, all));
    }

    @Test
    void shouldShowTheSectionsOfAManual() {
        assertEquals(ExitCode.OK, terminal.run("help", "replay"));
        assertEquals(SECTIONS, terminal.out().stream().filter(SECTIONS::contains).toList());
        final String text = String.join("\n", terminal.out());
        assertTrue(text.contains("       --report=FILE\n"), text);
        assertTrue(
                text.contains("       plumbline replay data/journal --report report.html"), text);
        assertTrue(
                terminal.out().stream().allMatch(line -> line.length() <= 100), "lines too long");
    }

    @Test
    void everyExampleOfEveryCommandCanBeTyped() {
        final List<CommandLine> all = new ArrayList<>();
        collect(PlumblineMain.commandLine(), all);
        for (final CommandLine command : all) {
            final String name = command.getCommandSpec().qualifiedName();
            assertFalse(ManualNotes.of(name).examples().isEmpty(), name + " has no example");
            for (final String example : ManualNotes.of(name).examples().keySet()) {
                final String[] words = example.split(" ");
                assertDoesNotThrow(
                        () ->
                                PlumblineMain.commandLine()
                                        .parseArgs(Arrays.copyOfRange(words, 1, words.length)),
                        example);
                assertTrue(example.startsWith(name), example + " is not of " + name);
            }
        }
    }

    @Test
    void shouldMakeTheSourceOfAManualPage() {
        assertEquals(ExitCode.OK, terminal.run("help", "--roff", "journal", "verify"));
        assertEquals(".TH PLUMBLINE-JOURNAL-VERIFY 1", terminal.out().get(0));
        assertTrue(terminal.out().contains(".SH EXIT STATUS"));
        assertTrue(terminal.out().contains("plumbline journal verify data/journal"));
    }

    @Test
    void shouldNameTheNearest() {
        assertEquals(ExitCode.USAGE, terminal.run("help", "reply"));
        assertEquals("no command \"reply\"; did you mean \"replay\"?", terminal.complaint());
        assertEquals(ExitCode.USAGE, terminal.run("replay", "x", "--raport", "y"));
        assertTrue(terminal.err().contains("Did you mean: --report"), terminal.err().toString());
        assertEquals(ExitCode.USAGE, terminal.run("replay", "x", "--findigs=y"));
        assertTrue(terminal.err().contains("Did you mean: --findings"), terminal.err().toString());
    }

    @Test
    void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
        assertEquals(ExitCode.OK, terminal.run("completion", "bash"));
        final Path script = Files.write(folder.resolve("completion"), terminal.out());
        assertEquals("replay", completed(script, "rep"));
        assertEquals("--report", completed(script, "replay", "--rep"));
        assertEquals("verify", completed(script, "journal", "ver"));
        assertEquals("redis-acl", completed(script, "help", "redis-a"));
        assertEquals(ExitCode.OK, terminal.run("completion", "zsh"));
        assertEquals("#compdef plumbline", terminal.out().get(0));
        assertEquals(ExitCode.USAGE, terminal.run("completion", "fish"));
    }

    /** What bash makes of the last word. */
    private String completed(final Path script, final String... words)
            throws IOException, InterruptedException {
        final List<String> command =
                new ArrayList<>(
                        List.of(
                                "bash",
                                "--norc",
                                "-c",
                                "source "
                                        + script
                                        + "; COMP_WORDS=(plumbline \"$@\"); COMP_CWORD=$#;"
                                        + " _complete_plumbline >/dev/null 2>&1; echo"
                                        + " ${COMPREPLY[*]}",
                                "bash"));
        command.addAll(List.of(words));
        final Process bash =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("out").toFile())
                        .start();
        assertTrue(bash.waitFor(20, TimeUnit.SECONDS));
        return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8).strip();
    }
}
