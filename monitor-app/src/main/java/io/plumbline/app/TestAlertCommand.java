package io.plumbline.app;

import io.plumbline.app.alert.TestAlert;
import io.plumbline.app.config.AlertConfig;
import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Proves, before the night does, that a page arrives. */
@Command(
        name = "test-alert",
        description = {
            "Sends a real trigger and resolve through every alert channel.",
            "They take the way that pages take; what became of each is printed.",
            "Exit 0 when all were delivered, 1 when one was not."
        })
final class TestAlertCommand implements Callable<Integer> {
    private static final String TIMEOUT = "30s";

    @Spec private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The YAML file, for example config/binance-usdm.yaml.")
    private Path file;

    @Option(
            names = "--channel",
            paramLabel = "NAME",
            description = "Only this channel; all of them otherwise.")
    private String channel;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = TIMEOUT,
            description = "How long to wait for all of them (default " + TIMEOUT + ").")
    private Duration timeout;

    @Override
    public Integer call() throws ConfigException, CannotStartException, InterruptedException {
        final PrintWriter err = spec.commandLine().getErr();
        final Config config =
                new ConfigLoader(
                                InstalledVenues.list(),
                                System::getenv,
                                warning -> err.println("warning: " + warning))
                        .load(file);
        final List<AlertConfig> chosen = chosen(config);
        final SystemClock clock = new SystemClock();
        final TestAlert test =
                new TestAlert(
                        AlertChannels.of(
                                chosen,
                                config.monitor().name(),
                                () -> "a test vouches for nothing",
                                clock),
                        Monitor::background,
                        clock,
                        new Random(clock.epochNanos()));
        try {
            final TestAlert.Report report = test.run(config.monitor().name(), timeout.toNanos());
            print(report, spec.commandLine().getOut());
            return report.ok() ? ExitCode.OK : ExitCode.FOUND;
        } catch (final IOException e) {
            throw new CannotStartException(
                    "cannot write to the folder for temporary files ("
                            + e.getMessage()
                            + "): make room there, or set another by java.io.tmpdir",
                    e);
        }
    }

    private List<AlertConfig> chosen(final Config config) {
        if (config.alerts().isEmpty()) {
            throw usage(
                    file
                            + " configures no alerts: add some, for example `alerts: [{type: exec,"
                            + " command: [/usr/local/bin/page]}]`");
        }
        final List<AlertConfig> chosen =
                config.alerts().stream()
                        .filter(alert -> channel == null || alert.name().equals(channel))
                        .toList();
        if (chosen.isEmpty()) {
            throw usage(
                    "no alert channel \""
                            + channel
                            + "\" in "
                            + file
                            + ": it has "
                            + String.join(
                                    ", ",
                                    config.alerts().stream().map(AlertConfig::name).toList()));
        }
        if (!config.withheldSecrets().isEmpty()) {
            throw usage(
                    file
                            + " was printed without its secrets: give "
                            + String.join(", ", config.withheldSecrets()));
        }
        return chosen;
    }

    private ParameterException usage(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static void print(final TestAlert.Report report, final PrintWriter out) {
        for (final TestAlert.Outcome outcome : report.outcomes()) {
            out.println(outcome.channel() + " " + outcome.action().label() + ": " + outcome.says());
        }
        out.flush();
    }
}
