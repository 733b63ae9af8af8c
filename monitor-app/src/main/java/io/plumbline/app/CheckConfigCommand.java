package io.plumbline.app;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.ConfigException;
import io.plumbline.app.config.ConfigLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Validates a configuration and prints what it comes to. Connects to nothing. */
@Command(
        name = "check-config",
        description = {
            "Checks a configuration without connecting to anything.",
            "Prints it to standard output with all defaults and without secrets;"
                    + " warnings and everything that is wrong go to standard error."
        })
final class CheckConfigCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "The YAML file, for example config/binance-usdm.yaml.")
    private Path file;

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
        out.print(config.toYaml());
        out.flush();
        return ExitCode.OK;
    }
}
