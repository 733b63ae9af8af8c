package io.plumbline.bench.figure;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * decode.c, compiled in the run, as a contender: it measures itself and is told how many passes to
 * make.
 */
final class CReader implements Contender, Closeable {
    private static final long COMPILE_S = 60;

    private final Process process;
    private final Writer to;
    private final BufferedReader from;
    private long checksum;

    private CReader(final Process process) {
        this.process = process;
        this.to = process.outputWriter(StandardCharsets.US_ASCII);
        this.from =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Whether there is a compiler. */
    static boolean canBeBuilt() {
        for (final String folder :
                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, "gcc"))) {
                return true;
            }
        }
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

    /** Builds a program of src/main/c for this machine. */
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

    @Override
    public String name() {
        return "C, 8 bytes at a time";
    }

    @Override
    public long run(final int passes) throws IOException {
        to.write(passes + "\n");
        to.flush();
        final String line = from.readLine();
        if (line == null) {
            throw new IOException("the reader in C has ended");
        }
        final int space = line.indexOf(' ');
        checksum = Long.parseLong(line.substring(space + 1));
        return Long.parseLong(line.substring(0, space));
    }

    @Override
    public long checksum() {
        return checksum;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
