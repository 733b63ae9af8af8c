package io.plumbline.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be asked of a journal, beside replaying it. */
@Command(
        name = "journal",
        description = {
            "Verifies, shows or exports what the monitor recorded.",
            "A monitor that is writing the journal meanwhile is not disturbed."
        },
        subcommands = {
            JournalVerifyCommand.class,
            JournalInspectCommand.class,
            JournalExportCommand.class,
        })
final class JournalCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: name verify, inspect or export");
    }
}
