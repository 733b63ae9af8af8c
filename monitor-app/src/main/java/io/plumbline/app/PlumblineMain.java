package io.plumbline.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point: one line for each command; everything they share is in {@link Shell}. */
@Command(
        name = "plumbline",
        description = "The independent witness beside a trading engine.",
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            ReplayCommand.class,
            CheckConfigCommand.class,
            JournalCommand.class,
            TestAlertCommand.class,
        })
public final class PlumblineMain implements Runnable {
    @Spec private CommandSpec spec;

    public static void main(final String... args) {
        System.exit(commandLine().execute(args));
    }

    /** The commands with their help, errors and exit codes; tests give it other writers. */
    static CommandLine commandLine() {
        return Shell.prepare(new CommandLine(new PlumblineMain()));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: name a command");
    }
}
