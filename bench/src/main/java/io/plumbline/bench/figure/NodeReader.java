package io.plumbline.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * tardis.js, run by node: tardis-dev's own way from a message's text to its normalised form. The
 * package is fetched by npm in the run, into bench/target, and stays there.
 */
final class NodeReader extends OutsideReader {
    static final String NAME = "tardis-dev";

    private static final String PACKAGE = NAME + "@13.35.3";
    private static final Path FOLDER = Path.of("bench", "target", "peers");
    private static final long FETCH_S = 120;
    private static final String SCRIPT = "tardis.js";

    private NodeReader(final Process process) {
        super(NAME, process);
    }

    /** Why it cannot be measured here, or null; fetches the package where it is not there yet. */
    static String missing() throws IOException, InterruptedException {
        if (!isOnPath("node")) {
            return "no node on PATH";
        }
        if (Files.isDirectory(module())) {
            return null;
        }
        if (!isOnPath("npm")) {
            return "no npm on PATH";
        }
        Files.createDirectories(FOLDER);
        final Process npm =
                new ProcessBuilder(
                                "npm",
                                "install",
                                "--prefix",
                                FOLDER.toString(),
                                "--ignore-scripts",
                                "--no-audit",
                                "--no-fund",
                                "--silent",
                                PACKAGE)
                        .inheritIO()
                        .start();
        if (!npm.waitFor(FETCH_S, TimeUnit.SECONDS)) {
            npm.destroyForcibly();
        }
        return Files.isDirectory(module()) ? null : "npm could not fetch it";
    }

    private static Path module() {
        return FOLDER.resolve("node_modules").resolve(NAME);
    }

    static NodeReader of(final Corpus corpus, final Effort effort) throws IOException {
        final Path script = effort.work().resolve(SCRIPT);
        try (var in = NodeReader.class.getResourceAsStream("/" + SCRIPT)) {
            Files.write(script, in.readAllBytes());
        }
        final Path file = corpus.write(Files.createTempFile(effort.work(), "corpus", ".bin"));
        return new NodeReader(
                new ProcessBuilder(
                                "node",
                                script.toString(),
                                file.toString(),
                                module().toAbsolutePath().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }
}
