package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.universe.Conclusion;
import io.plumbline.time.SystemClock;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The always-on service: runs until SIGTERM or SIGINT. */
@Command(
        name = "run",
        description = {
            "Watches venues and Redis until it is told to stop (SIGTERM).",
            "Starts whatever is up outside; /health answers at once."
        })
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    /** So often it is looked whether the monitor is to start anew. */
    private static final long RENEWAL_MS = 500;

    @Spec private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The YAML file, for example config/binance-usdm.yaml.")
    private Path file;

    @Option(
            names = "--low-latency",
            description = {
                "Sockets and engine never sleep: two cores for microseconds.",
                "The same as monitor.lowLatency: true in the file."
            })
    private boolean lowLatency;

    @Override
    public Integer call() throws ConfigException, CannotStartException, InterruptedException {
        final Config read =
                new ConfigLoader(
                                InstalledVenues.list(),
                                System::getenv,
                                warning -> LOG.warn("{}", warning))
                        .load(file);
        final Config config = lowLatency ? read.inLowLatency() : read;
        if (!config.withheldSecrets().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    file
                            + " was printed without its secrets: give "
                            + String.join(", ", config.withheldSecrets()));
        }
        LOG.info("configuration:\n{}", config.toYaml());
        final CountDownLatch stop = new CountDownLatch(1);
        final CountDownLatch done = new CountDownLatch(1);
        Termination.onSignal(stop, done);
        try (ServiceNotifier service = ServiceNotifier.of(System::getenv)) {
            Conclusion known = null;
            do {
                known = watch(config, known, service, stop);
            } while (stop.getCount() > 0);
        } finally {
            done.countDown();
        }
        return ExitCode.OK;
    }

    /** Runs until it is told to stop, or more symbols are known: then it returns what is known. */
    private static Conclusion watch(
            final Config config,
            final Conclusion known,
            final ServiceNotifier service,
            final CountDownLatch stop)
            throws CannotStartException, InterruptedException {
        final SystemClock clock = new SystemClock();
        try (Monitor monitor =
                new Monitor(
                        config,
                        known,
                        clock,
                        (finding, sentence) -> {},
                        () -> Runtime.getRuntime().halt(ExitCode.CANNOT_START))) {
            monitor.start();
            service.ready();
            while (monitor.renewal() == null && !stop.await(RENEWAL_MS, TimeUnit.MILLISECONDS)) {
                service.alive(monitor.engineNs(), clock.epochNanos());
            }
            if (stop.getCount() == 0) {
                service.stopping();
            } else {
                service.renewing();
            }
            return monitor.renewal();
        }
    }
}
