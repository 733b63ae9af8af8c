package io.plumbline.app;

import io.plumbline.app.replay.RecordedSources;
import io.plumbline.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The journals that a command reads. */
final class JournalFiles {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Journal segments, or folders of them.")
    private List<Path> files;

    Path[] paths() {
        return files.toArray(new Path[0]);
    }

    /** Opens them; a path that leads to nothing is a wrong usage. */
    JournalReader open(final long fromNs) {
        try {
            return JournalReader.openFrom(fromNs, paths());
        } catch (final IOException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** The sources that the journals name; {@code source} must be one of them, if it is given. */
    Set<String> sources(final JournalReader reader, final String source) throws IOException {
        final Set<String> sources = RecordedSources.in(reader.segments());
        if (source != null && !sources.contains(source)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no source \""
                            + source
                            + "\" in the journal: "
                            + (sources.isEmpty()
                                    ? "it names none"
                                    : "name one of " + String.join(", ", sources)));
        }
        return sources;
    }
}
