package io.plumbline.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.FileAppender;
import io.plumbline.app.config.BadValue;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.Durations;
import io.plumbline.app.config.Nearest;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What all commands share: help with exit codes, version, colours on a terminal only, and errors as
 * one line instead of a stack trace.
 */
final class Shell {
    private static final Logger LOG = LoggerFactory.getLogger(PlumblineMain.class);

    private Shell() {}

    static CommandLine prepare(final CommandLine commands) {
        commands.setExecutionExceptionHandler(Shell::failed);
        commands.setParameterExceptionHandler(Shell::misused);
        commands.setColorScheme(
                CommandLine.Help.defaultColorScheme(isTerminal() ? Ansi.AUTO : Ansi.OFF));
        commands.setAbbreviatedSubcommandsAllowed(false);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.registerConverter(Duration.class, Shell::duration);
        describe(commands);
        return commands;
    }

    /** Durations on the command line are written as in the configuration. */
    private static Duration duration(final String text) {
        try {
            return Durations.parse(text);
        } catch (final BadValue e) {
            throw new TypeConversionException('"' + text + "\" " + e.getMessage());
        }
    }

    private static void describe(final CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getCommandSpec().versionProvider(Shell::version);
        command.getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.descriptions());
        command.getSubcommands().values().forEach(Shell::describe);
    }

    /** Version of the jar, and of the Java that runs it. */
    static String[] version() {
        final String version = PlumblineMain.class.getPackage().getImplementationVersion();
        return new String[] {
            "plumbline " + (version == null ? "(unpackaged)" : version),
            "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
        };
    }

    /** One line and where the help is, not the help itself. */
    private static int misused(final ParameterException misuse, final String... arguments) {
        final CommandLine command = misuse.getCommandLine();
        command.getErr().println(misuse.getMessage());
        if (!namedNearestOption(misuse)) {
            UnmatchedArgumentException.printSuggestions(misuse, command.getErr());
        }
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    /** An option that is not known is answered with the nearest one that is. */
    private static boolean namedNearestOption(final ParameterException misuse) {
        if (misuse instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            final String written = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
            final CommandLine command = misuse.getCommandLine();
            final String nearest =
                    Nearest.of(written, command.getCommandSpec().optionsMap().keySet());
            if (nearest != null) {
                command.getErr().println("Did you mean: " + nearest);
                return true;
            }
        }
        return false;
    }

    private static int failed(
            final Exception failure, final CommandLine command, final ParseResult parsed) {
        final PrintWriter err = command.getErr();
        if (failure instanceof ConfigException) {
            err.println(failure.getMessage());
            return ExitCode.USAGE;
        }
        if (failure instanceof CannotStartException) {
            LOG.debug("cannot start", failure);
            err.println("plumbline: " + failure.getMessage());
            return ExitCode.CANNOT_START;
        }
        LOG.error("unexpected failure in {}", command.getCommandName(), failure);
        err.println("plumbline: unexpected failure: " + failure + "; details: " + logLocation());
        return ExitCode.CANNOT_START;
    }

    /** Where the details of a failure stand. */
    private static String logLocation() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            final var appenders = context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
            while (appenders.hasNext()) {
                if (appenders.next() instanceof FileAppender<?> file) {
                    return file.getFile();
                }
            }
        }
        return "the log on standard error";
    }

    /**
     * Whether a person looks at standard error, and at nothing that is piped: only then a line may
     * be drawn over itself.
     */
    static boolean isErrorTerminal() {
        return isTerminal() && !"dumb".equals(System.getenv("TERM")) && !isErrorRedirected();
    }

    /** Linux tells; elsewhere the console must do. */
    private static boolean isErrorRedirected() {
        final Path descriptor = Path.of("/proc/self/fd/2");
        try {
            return Files.isSymbolicLink(descriptor)
                    && !Files.readSymbolicLink(descriptor).startsWith("/dev");
        } catch (final IOException e) {
            return false;
        }
    }

    /** From Java 22 on a console may exist without a terminal, and says so itself. */
    private static boolean isTerminal() {
        final Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (final NoSuchMethodException e) {
            return true;
        } catch (final ReflectiveOperationException e) {
            return false;
        }
    }
}
