package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a copy of the repository's shape, with a Java and a Maven that are scripts.
 * Folder names contain blanks on purpose.
 */
abstract class LauncherBench {
    static final List<String> TOOLS =
            List.of(
                    "sh",
                    "cat",
                    "cksum",
                    "dirname",
                    "find",
                    "head",
                    "mkdir",
                    "mv",
                    "readlink",
                    "rm",
                    "rmdir",
                    "sed",
                    "sleep",
                    "tail",
                    "touch",
                    "wc");
    static final String REHEARSING = "plumbline: preparing a faster start (once)";

    @TempDir Path folder;

    Path home;
    Path bin;

    /** How a run of the launcher ended. */
    record Run(int code, List<String> out, List<String> err) {}

    @BeforeEach
    void copyRepository() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs /bin/sh");
        home = folder.resolve("top of it");
        bin = Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(home.resolve("monitor-core/src/main"));
        Files.createDirectories(home.resolve("monitor-app/src/main"));
        for (final String pom : List.of("pom.xml", "monitor-core/pom.xml", "monitor-app/pom.xml")) {
            age(Files.writeString(home.resolve(pom), "<project/>"));
        }
        age(Files.writeString(home.resolve("monitor-core/src/main/A.java"), "class A {}"));
        age(home.resolve("monitor-core/src/main"));
        age(home.resolve("monitor-app/src/main"));
        Files.copy(RepositoryTop.path("plumbline"), home.resolve("plumbline"));
        executable(home.resolve("plumbline"));
        for (final String tool : TOOLS) {
            Files.createSymbolicLink(bin.resolve(tool), find(tool));
        }
    }

    /** JUnit warns of links that lead out of its folder. */
    @AfterEach
    void removeLinks() throws IOException {
        for (final String tool : TOOLS) {
            Files.deleteIfExists(bin.resolve(tool));
        }
    }

    /** What is kept of earlier starts, the oldest first. */
    final List<Path> archives() throws IOException {
        final Path target = home.toRealPath().resolve("monitor-app/target");
        return names(target, "classes-").stream()
                .map(target::resolve)
                .sorted(Comparator.comparing(path -> path.toFile().lastModified()))
                .toList();
    }

    static List<String> names(final Path folder, final String start) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(start))
                    .toList();
        }
    }

    /** A second newer, and the other one old: a file system may not tell less apart. */
    static void newer(final Path file, final Path other) throws IOException {
        age(other);
        Files.setLastModifiedTime(
                file, FileTime.from(Files.getLastModifiedTime(other).toInstant().plusSeconds(1)));
    }

    final Run launch(final String... environment) throws Exception {
        return run(
                List.of(home.resolve("plumbline").toString(), "run", "--config", "a file.yaml", ""),
                List.of(environment));
    }

    final Run run(final List<String> command, final List<String> environment) throws Exception {
        final Process process = start(command, environment, "run");
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), command.toString());
        return new Run(
                process.exitValue(),
                Files.readAllLines(folder.resolve("run.out")),
                Files.readAllLines(folder.resolve("run.err")));
    }

    final Process start(
            final List<String> command, final List<String> environment, final String name)
            throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(folder.toFile());
        builder.redirectOutput(folder.resolve(name + ".out").toFile());
        builder.redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("PLUMBLINE_JVMS", folder.resolve("jvm").toString());
        for (final String variable : environment) {
            final int equals = variable.indexOf('=');
            builder.environment()
                    .put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return builder.start();
    }

    /** A Java that prints its own path and its arguments, one a line, and ends with code 7. */
    final void java(final String name, final String version) throws IOException {
        java(name, version, "printf classes >\"$archive\"");
    }

    /** A Java that runs {@code rehearsal} when it is to keep its classes in {@code $archive}. */
    final void java(final String name, final String version, final String rehearsal)
            throws IOException {
        final Path java = folder.resolve(name);
        Files.createDirectories(java.resolve("bin"));
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        script(
                java.resolve("bin/java"),
                """
                for argument; do
                    case $argument in
                        -XX:ArchiveClassesAtExit=*)
                            archive=${argument#*=}
                            printf '%s\\n' "$@" >>"${0%/bin/java}/rehearsals"
                            {
                """
                        + rehearsal
                        + """

                                    }
                                    exit 0
                                    ;;
                            esac
                        done
                        printf '%s\\n' "$0" "$@"
                        exit 7
                        """);
    }

    final void javac(final String name) throws IOException {
        script(folder.resolve(name).resolve("bin/javac"), "exit 1\n");
    }

    /**
     * A Maven that prints how it was called, runs {@code body} and makes the jar if there is none.
     */
    final void maven(final String body) throws IOException {
        script(
                bin.resolve("mvn"),
                """
                printf '%s\\n' "JAVA_HOME=$JAVA_HOME" "PWD=$PWD" "$*"
                """
                        + body
                        + """

                        mkdir -p monitor-app/target/lib
                        jar=monitor-app/target/monitor-app-1.jar
                        [ -f $jar ] || touch $jar
                        """);
    }

    Path built() throws IOException {
        Files.createDirectories(home.resolve("monitor-app/target/lib"));
        Files.writeString(home.resolve("monitor-app/target/monitor-app-1-sources.jar"), "");
        return Files.writeString(
                home.toRealPath().resolve("monitor-app/target/monitor-app-1.jar"), "");
    }

    static void script(final Path file, final String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        executable(file);
    }

    static void executable(final Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static void age(final Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    /** Makes it newer than everything: a second ahead of the newest file of the build. */
    final void touch(final Path file) throws IOException {
        final Path target = home.resolve("monitor-app/target");
        final Path stamp = target.resolve("built.stamp");
        final Path newest = Files.exists(stamp) ? stamp : target.resolve("monitor-app-1.jar");
        final Path jar = target.resolve("monitor-app-1.jar");
        age(jar);
        age(newest);
        Files.setLastModifiedTime(
                file, FileTime.from(Files.getLastModifiedTime(newest).toInstant().plusSeconds(1)));
    }

    static String quoted(final Path path) {
        return "'" + path + "'";
    }

    static Path find(final String tool) {
        for (final String directory : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, tool))) {
                return Path.of(directory, tool);
            }
        }
        throw new IllegalStateException("no " + tool + " on PATH");
    }
}
