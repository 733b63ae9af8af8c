package io.plumbline.app;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Where a command writes its results: files that are none of those it reads, or {@code -}. */
final class ResultFiles {
    private final CommandSpec spec;
    private final List<Path> inputs;
    private final Path read;
    private final Map<Path, String> outputs = new HashMap<>();

    /**
     * @param read what is read as well, null for nothing
     */
    ResultFiles(final CommandSpec spec, final List<Path> inputs, final Path read) {
        this.spec = spec;
        this.read = read;
        this.inputs = new ArrayList<>(inputs);
        if (read != null) {
            this.inputs.add(read);
        }
    }

    /** Whether standard output is meant. */
    static boolean isOut(final Path file) {
        return file != null && file.toString().equals("-");
    }

    /** A result must never be written over what it was made from, nor over another result. */
    void claim(final String option, final Path output) throws IOException {
        if (output == null || isOut(output)) {
            return;
        }
        final Path written = output.toAbsolutePath().normalize();
        final String other = outputs.put(written, option);
        if (other != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " and " + other + " both name " + output + ": name two files");
        }
        for (final Path file : inputs) {
            final Path from = file.toAbsolutePath().normalize();
            final boolean same =
                    Files.exists(output) && Files.exists(file) && Files.isSameFile(output, file);
            if (same || Files.isDirectory(file) && written.startsWith(from)) {
                throw new ParameterException(
                        spec.commandLine(),
                        option
                                + " "
                                + output
                                + " would overwrite "
                                + (file.equals(read) ? "what is compared with" : "the recording")
                                + ": name another file");
            }
        }
    }

    /** Opens {@code file} for {@code option}: nowhere where it is null, standard output for -. */
    Writer writer(final String option, final Path file) throws IOException {
        if (file == null) {
            return Writer.nullWriter();
        }
        if (isOut(file)) {
            return new BufferedWriter(spec.commandLine().getOut()) {
                @Override
                public void close() throws IOException {
                    flush();
                }
            };
        }
        try {
            return new NamedWriter(Files.newBufferedWriter(file), option, file);
        } catch (final IOException e) {
            throw notWritable(option, file, e);
        }
    }

    /** A file that cannot be written any more says which it is. */
    private static final class NamedWriter extends Writer {
        private final Writer to;
        private final String option;
        private final Path file;

        NamedWriter(final Writer to, final String option, final Path file) {
            this.to = to;
            this.option = option;
            this.file = file;
        }

        @Override
        public void write(final char[] text, final int from, final int length) throws IOException {
            try {
                to.write(text, from, length);
            } catch (final IOException e) {
                throw full(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                to.flush();
            } catch (final IOException e) {
                throw full(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                to.close();
            } catch (final IOException e) {
                throw full(e);
            }
        }

        private IOException full(final IOException cause) {
            return new IOException(
                    "cannot write "
                            + file
                            + " ("
                            + cause.getMessage()
                            + "): make room, or name another file with "
                            + option,
                    cause);
        }
    }

    /** What to say of a file that cannot be opened. */
    static IOException notWritable(final String option, final Path file, final IOException cause) {
        return new IOException(
                "cannot write "
                        + file
                        + " ("
                        + cause
                        + "): name a file in a folder that exists with "
                        + option,
                cause);
    }
}
