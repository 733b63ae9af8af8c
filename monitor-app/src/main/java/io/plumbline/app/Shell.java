package io.plumbline.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.FileAppender;
import io.plumbline.app.config.BadValue;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.Durations;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

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
    private static String[] version() {
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
        CommandLine.UnmatchedArgumentException.printSuggestions(misuse, command.getErr());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
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
