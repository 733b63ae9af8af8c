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

/**
 * A program of its own as a contender: it has the messages of {@link Corpus#write}, is told on its
 * input how many passes to make, and answers with a line of its processor time in ns and its sum.
 */
abstract class OutsideReader implements Contender, Closeable {
    private final String name;
    private final Process process;
    private final Writer to;
    private final BufferedReader from;
    private long checksum;

    OutsideReader(final String name, final Process process) {
        this.name = name;
        this.process = process;
        this.to = process.outputWriter(StandardCharsets.US_ASCII);
        this.from =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Whether a program of this name can be started. */
    static boolean isOnPath(final String program) {
        for (final String folder :
                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long run(final int passes) throws IOException {
        to.write(passes + "\n");
        to.flush();
        final String line = from.readLine();
        if (line == null) {
            throw new IOException("the program for \"" + name + "\" has ended");
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
