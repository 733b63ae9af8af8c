package io.plumbline.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** decode.c, compiled in the run. */
final class CReader extends OutsideReader {
    private static final long COMPILE_S = 60;

    private CReader(final Process process) {
        super("C, 8 bytes at a time", process);
    }

    /** Whether there is a compiler. */
    static boolean canBeBuilt() {
        return isOnPath("gcc");
    }

    @Override
    public boolean isCompiledAsItRuns() {
        return false;
    }

    static CReader of(final Corpus corpus, final Effort effort)
            throws IOException, InterruptedException {
        final Path program = compile("decode.c", effort.work());
        final Path file = corpus.write(Files.createTempFile(effort.work(), "corpus", ".bin"));
        return new CReader(
                new ProcessBuilder(program.toString(), file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /** Builds a program of src/main/resources for this machine. */
    static Path compile(final String source, final Path work)
            throws IOException, InterruptedException {
        final Path program = work.resolve(source.replace(".c", ""));
        if (Files.isExecutable(program)) {
            return program;
        }
        final Path code = work.resolve(source);
        try (var in = CReader.class.getResourceAsStream("/" + source)) {
            Files.write(code, in.readAllBytes());
        }
        final Process gcc =
                new ProcessBuilder(
                                "gcc",
                                "-O3",
                                "-march=native",
                                "-o",
                                program.toString(),
                                code.toString())
                        .inheritIO()
                        .start();
        if (!gcc.waitFor(COMPILE_S, TimeUnit.SECONDS) || gcc.exitValue() != 0) {
            gcc.destroyForcibly();
            throw new IOException("gcc could not build " + source);
        }
        return program;
    }
}
