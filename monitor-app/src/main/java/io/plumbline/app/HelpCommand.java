package io.plumbline.app;

import io.plumbline.app.config.Nearest;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A manual page of a command, on a terminal or as the source of a real one. */
@Command(
        name = "help",
        description = {
            "Shows the manual of a command, with files and examples.",
            "plumbline help --roff replay | man -l -    shows it as a manual page."
        })
final class HelpCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            completionCandidates = Names.class,
            description = "Which one, with its part where it has parts: journal verify.")
    private List<String> names = List.of();

    @Option(names = "--roff", description = "As the source of a manual page, for man.")
    private boolean roff;

    /** What a shell may complete: every command. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return PlumblineMain.commandLine().getSubcommands().keySet().iterator();
        }
    }

    @Override
    public Integer call() {
        CommandLine command = PlumblineMain.commandLine();
        for (final String name : names) {
            final CommandLine next = command.getSubcommands().get(name);
            if (next == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no command \""
                                + name
                                + "\"; "
                                + Nearest.advice(name, command.getSubcommands().keySet()));
            }
            command = next;
        }
        final PrintWriter out = spec.commandLine().getOut();
        final Manual manual = Manual.of(command);
        out.print(roff ? manual.roff() : manual.text());
        out.flush();
        return ExitCode.OK;
    }
}
