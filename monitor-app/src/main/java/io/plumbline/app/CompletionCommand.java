package io.plumbline.app;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Made from the options themselves, so it knows what this build knows. */
@Command(
        name = "completion",
        description = {
            "Prints what lets a shell complete commands and options.",
            "source <(plumbline completion bash)"
        })
final class CompletionCommand implements Callable<Integer> {
    /**
     * The shells that take it; zsh by its emulation of bash's completion, which it loads itself.
     */
    enum Target {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Target shell;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(script());
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    /** The same script serves both: it asks which shell reads it. */
    private String script() {
        final String script = AutoComplete.bash("plumbline", PlumblineMain.commandLine());
        return shell == Target.ZSH ? "#compdef plumbline\n" + script : script;
    }
}
