package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import io.plumbline.app.http.Prerequisite;
import io.plumbline.app.universe.Conclusion;
import io.plumbline.app.universe.RealOutside;
import io.plumbline.app.universe.UniverseResolver;
import io.plumbline.app.universe.UniverseText;
import io.plumbline.time.SystemClock;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Validates a configuration and prints what it comes to. Connects to nothing unasked. */
@Command(
        name = "check-config",
        description = {
            "Checks a configuration and this machine; connects to nothing without --resolve.",
            "Prints it to standard output with all defaults and without secrets;"
                    + " warnings, everything that is wrong and what the machine lacks go to"
                    + " standard error."
        })
final class CheckConfigCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "The YAML file, for example config/binance-usdm.yaml.")
    private Path file;

    @Option(
            names = "--resolve",
            description = {
                "Asks the venues and Redis for what patterns and `symbols: redis` come to,",
                "and prints every symbol that would be watched. Connects."
            })
    private boolean resolve;

    @Override
    public Integer call() throws ConfigException {
        final PrintWriter err = spec.commandLine().getErr();
        final ConfigLoader loader =
                new ConfigLoader(
                        InstalledVenues.list(),
                        System::getenv,
                        warning -> err.println("warning: " + warning));
        final Config config = loader.load(file);
        final PrintWriter out = spec.commandLine().getOut();
        err.println(Prerequisites.table(prerequisites(config)));
        if (!resolve) {
            UniverseText.questions(config)
                    .forEach(line -> err.println(line + "; --resolve shows which"));
            out.print(config.toYaml());
            out.flush();
            return ExitCode.OK;
        }
        final Conclusion conclusion =
                new UniverseResolver(new RealOutside(new SystemClock())).conclude(config);
        UniverseText.answers(config, conclusion.config()).forEach(err::println);
        conclusion.failures().forEach(text -> err.println("warning: " + text));
        conclusion.overruns().forEach(text -> err.println("warning: " + text));
        conclusion.unknown().forEach(text -> err.println("warning: " + text));
        out.print(conclusion.config().toYaml());
        out.flush();
        return ExitCode.OK;
    }

    /** Those of this machine, and with leave to connect those of Redis. */
    private List<Prerequisite> prerequisites(final Config config) {
        final List<Prerequisite> all = new ArrayList<>(Prerequisites.local(config));
        all.add(Prerequisites.port(config));
        all.add(ClockSync.ask());
        if (resolve) {
            config.redis().forEach(redis -> all.addAll(RedisProbeCommand.prerequisites(redis)));
        }
        return all;
    }
}
