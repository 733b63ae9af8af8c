package io.plumbline.app;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point: one line for each command; everything they share is in {@link Shell}. */
@Command(name = "plumbline", description = "The independent witness beside a trading engine.")
public final class PlumblineMain implements Runnable {
    private static final List<Class<?>> COMMANDS =
            List.of(
                    RunCommand.class,
                    DemoCommand.class,
                    ReplayCommand.class,
                    CheckConfigCommand.class,
                    ProfileCommand.class,
                    RedisAclCommand.class,
                    JournalCommand.class,
                    RedisProbeCommand.class,
                    TestAlertCommand.class,
                    HelpCommand.class,
                    CompletionCommand.class);

    @Spec private CommandSpec spec;

    public static void main(final String... args) {
        System.exit(commandLineFor(args).execute(args));
    }

    /** The commands with their help, errors and exit codes; tests give it other writers. */
    static CommandLine commandLine() {
        return of(COMMANDS);
    }

    /**
     * What {@code args} need of it: the named command alone, or all of them. Reflection over the
     * options of commands that nobody named would hold up the first answer of a run.
     */
    static CommandLine commandLineFor(final String... args) {
        for (final Class<?> command : COMMANDS) {
            if (args.length > 0 && command.getAnnotation(Command.class).name().equals(args[0])) {
                return of(List.of(command));
            }
        }
        return commandLine();
    }

    private static CommandLine of(final List<Class<?>> commands) {
        final CommandLine line = new CommandLine(new PlumblineMain());
        commands.forEach(line::addSubcommand);
        return Shell.prepare(line);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: name a command");
    }
}
