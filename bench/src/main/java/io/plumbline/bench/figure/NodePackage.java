package io.plumbline.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A peer from npm: fetched in the run, into bench/target, where it stays. */
final class NodePackage {
    private static final Path FOLDER = Path.of("bench", "target", "peers");
    private static final long FETCH_S = 120;

    private final String name;
    private final String version;

    NodePackage(final String name, final String version) {
        this.name = name;
        this.version = version;
    }

    /** Why it cannot be measured here, or null; fetches it where it is not there yet. */
    String missing() throws IOException, InterruptedException {
        if (!OutsideReader.isOnPath("node")) {
            return "no node on PATH";
        }
        if (Files.isDirectory(module())) {
            return null;
        }
        if (!OutsideReader.isOnPath("npm")) {
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
                                name + "@" + version)
                        .inheritIO()
                        .start();
        if (!npm.waitFor(FETCH_S, TimeUnit.SECONDS)) {
            npm.destroyForcibly();
        }
        return Files.isDirectory(module()) ? null : "npm could not fetch it";
    }

    private Path module() {
        return FOLDER.resolve("node_modules").resolve(name);
    }

    /**
     * Starts a script of this project's resources with the corpus and the package's folder as its
     * arguments.
     */
    Process start(final String script, final Corpus corpus, final Effort effort)
            throws IOException {
        final Path file = corpus.write(Files.createTempFile(effort.work(), "corpus", ".bin"));
        return new ProcessBuilder(
                        "node",
                        copied(script, effort),
                        file.toString(),
                        module().toAbsolutePath().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The command that runs a script of this project's resources with the package's folder. */
    List<String> command(final String script, final Effort effort) throws IOException {
        return List.of("node", copied(script, effort), module().toAbsolutePath().toString());
    }

    private static String copied(final String script, final Effort effort) throws IOException {
        final Path copy = effort.work().resolve(script);
        try (var in = NodePackage.class.getResourceAsStream("/" + script)) {
            Files.write(copy, in.readAllBytes());
        }
        return copy.toString();
    }
}
