package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a copy of the repository's shape, with a Java and a Maven that are scripts: what
 * is started with what, and when it is built. Folder names contain blanks on purpose.
 */
class LauncherTest {
    private static final List<String> TOOLS =
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
    private static final String REHEARSING = "plumbline: preparing a faster start (once)";

    @TempDir private Path folder;

    private Path home;
    private Path bin;

    /** How a run of the launcher ended. */
    private record Run(int code, List<String> out, List<String> err) {}

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

    @Test
    void shouldBeExecutableAndLegal() throws Exception {
        final Path launcher = RepositoryTop.path("plumbline");
        assertTrue(Files.isExecutable(launcher));
        assertEquals(0, run(List.of("sh", "-n", launcher.toString()), List.of()).code);
    }

    @Test
    void shouldSayThatThereIsNoJava() throws Exception {
        final Run run = launch();
        assertEquals(ExitCode.CANNOT_START, run.code);
        assertEquals(
                List.of(
                        "plumbline: no Java 17 or later in JAVA_HOME, on PATH or in "
                                + folder.resolve("jvm")
                                + "; install one (apt-get install openjdk-17-jdk) or set"
                                + " JAVA_HOME"),
                run.err);
    }

    @Test
    void shouldNotTakeAnOldJava() throws Exception {
        java("jvm/old", "11.0.2");
        java("jvm/older", "1.8.0_402");
        assertEquals(ExitCode.CANNOT_START, launch().code);
        java("jvm/fit", "21.0.1");
        built();
        assertEquals(folder.resolve("jvm/fit/bin/java").toString(), launch().out.get(0));
    }

    @Test
    void shouldPreferJavaHomeThenPath() throws Exception {
        java("jvm/a", "17");
        java("on path", "18.0.1");
        Files.createSymbolicLink(bin.resolve("java"), folder.resolve("on path/bin/java"));
        built();
        assertEquals(folder.resolve("on path/bin/java").toString(), launch().out.get(0));
        java("mine", "25-ea");
        assertEquals(
                folder.resolve("mine/bin/java").toString(),
                launch("JAVA_HOME=" + folder.resolve("mine")).out.get(0));
        java("old", "11.0.1");
        final Run run = launch("JAVA_HOME=" + folder.resolve("old"));
        assertEquals(
                List.of(
                        "plumbline: JAVA_HOME ("
                                + folder.resolve("old")
                                + ") is no Java 17 or later; using "
                                + folder.resolve("on path")),
                run.err);
    }

    @Test
    void shouldBecomeTheJvm() throws Exception {
        java("jvm/17", "17.0.9");
        final Path jar = built();
        final Run run = launch("PLUMBLINE_JAVA_OPTS=-Xmx1g -Da=*");
        assertEquals(7, run.code, "the JVM's own code");
        assertEquals(List.of(REHEARSING), run.err);
        final List<String> arguments = run.out.subList(1, run.out.size());
        assertTrue(arguments.indexOf("-Xmx1g") > arguments.indexOf("-Xmx256m"), run.toString());
        assertTrue(arguments.contains("-Da=*"), run.toString());
        assertTrue(arguments.contains("-Dio.netty.jfr.enabled=false"), run.toString());
        assertTrue(arguments.contains("-Dio.netty.allocator.type=pooled"), run.toString());
        assertFalse(arguments.contains("--enable-native-access=ALL-UNNAMED"), run.toString());
        assertEquals(
                List.of(
                        "-cp",
                        jar.toString(),
                        "io.plumbline.app.PlumblineMain",
                        "run",
                        "--config",
                        "a file.yaml",
                        ""),
                arguments.subList(arguments.indexOf("-cp"), arguments.size()));
    }

    @Test
    void shouldAllowNativesWhereJavaAsks() throws Exception {
        java("jvm/25", "25.0.1");
        built();
        assertTrue(launch().out.contains("--enable-native-access=ALL-UNNAMED"));
    }

    @Test
    void shouldWorkThroughLinks() throws Exception {
        java("jvm/17", "17.0.9");
        final Path jar = built();
        final Path absolute = folder.resolve("link");
        Files.createSymbolicLink(absolute, home.resolve("plumbline"));
        final Path relative = Files.createDirectories(folder.resolve("a b")).resolve("again");
        Files.createSymbolicLink(relative, Path.of("../link"));
        final Run run = run(List.of(relative.toString(), "x"), List.of());
        assertTrue(run.out.contains(jar.toString()), run.toString());
    }

    @Test
    void shouldBuildOnFirstUseAndWhenSourcesAreNewer() throws Exception {
        java("jvm/17", "17.0.9");
        javac("jvm/17");
        maven("true");
        final Run first = launch();
        assertEquals(List.of("plumbline: building plumbline (first use)", REHEARSING), first.err);
        assertEquals(7, first.code);
        assertEquals(
                List.of(
                        "JAVA_HOME=" + folder.resolve("jvm/17"),
                        "PWD=" + home.toRealPath(),
                        "-q -B -DskipTests -Dspotless.check.skip package -pl monitor-app -am"),
                Files.readAllLines(home.resolve("monitor-app/target/build.log")));
        assertEquals(List.of(), launch().err);
        touch(home.resolve("monitor-core/src/main/A.java"));
        assertEquals(List.of("plumbline: building plumbline (sources are newer)"), launch().err);
        // The fake Maven leaves an existing jar alone, as the real one does when nothing changed.
        assertEquals(List.of(), launch().err);
        assertEquals(
                List.of("plumbline: building plumbline (sources are newer)"),
                launch("PLUMBLINE_BUILD=always").err);
        assertFalse(Files.exists(home.resolve("monitor-app/target/build.lock")));
    }

    @Test
    void shouldNotBuildWhatIsFresh() throws Exception {
        java("jvm/17", "17.0.9");
        built();
        assertEquals(List.of(REHEARSING), launch().err);
        touch(home.resolve("monitor-app/pom.xml"));
        assertEquals(List.of(), launch("PLUMBLINE_BUILD=never").err);
        assertEquals(
                List.of(
                        "plumbline: building needs Maven 3.8 or later; install it (apt-get install"
                                + " maven) and start again"),
                launch().err);
    }

    @Test
    void shouldSayThatNothingIsBuilt() throws Exception {
        java("jvm/17", "17.0.9");
        final Run run = launch("PLUMBLINE_BUILD=never");
        assertEquals(ExitCode.CANNOT_START, run.code);
        assertTrue(run.err.get(0).startsWith("plumbline: nothing is built in "), run.toString());
    }

    @Test
    void shouldNeedAJdkToBuild() throws Exception {
        java("jvm/17", "17.0.9");
        maven("true");
        final Run run = launch();
        assertEquals(ExitCode.CANNOT_START, run.code);
        assertEquals(
                List.of(
                        "plumbline: building needs a JDK 17 or later (javac); install one or point"
                                + " JAVA_HOME at it"),
                run.err);
        assertFalse(Files.exists(home.resolve("monitor-app/target/build.lock")));
    }

    @Test
    void shouldShowWhyTheBuildFailed() throws Exception {
        java("jvm/17", "17.0.9");
        javac("jvm/17");
        maven("echo '[ERROR] A.java:[1,1] reached end of file'; exit 1");
        final Run run = launch();
        assertEquals(ExitCode.CANNOT_START, run.code);
        assertTrue(
                run.err.contains("[ERROR] A.java:[1,1] reached end of file"), run.err.toString());
        assertEquals(
                "plumbline: the build failed; all of its output: "
                        + home.toRealPath().resolve("monitor-app/target/build.log"),
                run.err.get(run.err.size() - 1));
        assertFalse(Files.exists(home.resolve("monitor-app/target/build.lock")));
    }

    @Test
    void shouldBuildOnceForManyStarts() throws Exception {
        java("jvm/17", "17.0.9");
        javac("jvm/17");
        maven("echo one >> " + quoted(folder.resolve("builds")) + "; sleep 1");
        final List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(start(List.of(home.resolve("plumbline").toString()), List.of(), "p" + i));
        }
        for (final Process start : starts) {
            assertTrue(start.waitFor(60, TimeUnit.SECONDS));
            assertEquals(7, start.exitValue());
        }
        assertEquals(List.of("one"), Files.readAllLines(folder.resolve("builds")));
    }

    @Test
    void shouldBreakTheLockOfADeadBuild() throws Exception {
        java("jvm/17", "17.0.9");
        javac("jvm/17");
        maven("true");
        final Process dead = new ProcessBuilder("true").start();
        assertTrue(dead.waitFor(10, TimeUnit.SECONDS));
        final Path lock = Files.createDirectories(home.resolve("monitor-app/target/build.lock"));
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");
        final Run run = launch();
        assertEquals(7, run.code, run.toString());
        assertEquals("plumbline: waiting for another build", run.err.get(0));
    }

    @Test
    void shouldRehearseOnceForEachJava() throws Exception {
        java("jvm/17", "17.0.9");
        final Path jar = built();
        final Path target = jar.getParent();
        assertEquals(List.of(REHEARSING), launch().err);
        final List<String> rehearsed = Files.readAllLines(folder.resolve("jvm/17/rehearsals"));
        assertTrue(rehearsed.contains("-XX:+UseG1GC"), rehearsed.toString());
        assertTrue(rehearsed.contains("-Xmx256m"), rehearsed.toString());
        assertTrue(rehearsed.contains("io.plumbline.app.Rehearsal"), rehearsed.toString());

        final Run again = launch("PLUMBLINE_JAVA_OPTS=-Xshare:off");
        assertEquals(List.of(), again.err);
        final List<Path> kept = archives();
        assertEquals(1, kept.size());
        final int used = again.out.indexOf("-XX:SharedArchiveFile=" + kept.get(0));
        assertTrue(used > 0 && used < again.out.indexOf("-Xshare:off"), again.toString());
        assertTrue(again.out.contains("-Xlog:disable"), "nothing of the JVM on standard output");

        java("jvm/25", "25.0.1");
        final String other = "JAVA_HOME=" + folder.resolve("jvm/25");
        assertEquals(List.of(REHEARSING), launch(other).err);
        assertEquals(List.of(), launch(other).err);
        assertEquals(2, archives().size());
        assertEquals(List.of(), launch().err, "the first one's is still there");

        // The same folder after an update of the system.
        java("jvm/17", "17.0.10");
        assertEquals(List.of(REHEARSING), launch().err);
        assertEquals(List.of(), launch().err);
        assertEquals(List.of(), names(target, "rehearsal"));
    }

    @Test
    void shouldRehearseAgainForAnotherJar() throws Exception {
        java("jvm/17", "17.0.9");
        final Path jar = built();
        assertEquals(List.of(REHEARSING), launch().err);
        final Path old = archives().get(0);

        Files.writeString(jar, "other classes");
        newer(jar, old);
        assertEquals(List.of(REHEARSING), launch().err);
        assertFalse(Files.exists(old), "nothing else takes away what no start will use");
        assertEquals(List.of(), launch().err);

        final Path library = Files.writeString(jar.resolveSibling("lib/monitor-core-1.jar"), "x");
        age(library);
        age(library.getParent());
        assertEquals(List.of(REHEARSING), launch().err, "another library, though an old one");
        assertEquals(List.of(), launch().err);
        newer(library, archives().get(0));
        newer(library, archives().get(archives().size() - 1));
        assertEquals(List.of(REHEARSING), launch().err, "the same library, made again");
    }

    @Test
    void shouldNotUseAnArchiveThatWasCutShort() throws Exception {
        java("jvm/17", "17.0.9");
        built();
        launch();
        final Path kept = archives().get(0);
        Files.writeString(kept, "cla");
        final Path other = Files.writeString(Path.of(kept.toString().replace("-7.", "-8.")), "x");
        final Run run = launch();
        assertEquals(List.of(REHEARSING), run.err);
        assertFalse(Files.exists(other), "one is left of many");
        assertEquals("classes", Files.readString(kept));
        assertTrue(run.out.contains("-XX:SharedArchiveFile=" + kept), run.toString());
    }

    @Test
    void shouldStartThoughTheRehearsalFails() throws Exception {
        java("jvm/17", "17.0.9", "echo no port to be had; exit 3");
        final Path target = built().getParent();
        final Path log = target.resolve("rehearsal.log");
        final Run run = launch();
        assertEquals(7, run.code, run.toString());
        assertEquals(List.of(REHEARSING, "plumbline: starts will be slower; why: " + log), run.err);
        assertEquals(List.of("no port to be had"), Files.readAllLines(log));
        assertFalse(run.out.toString().contains("SharedArchiveFile"), run.toString());
        assertEquals(List.of(), launch().err, "it is not tried at every start");
        assertEquals(List.of("rehearsal.log"), names(target, "rehearsal"));
    }

    @Test
    void shouldStartThoughNoArchiveIsWritten() throws Exception {
        java("jvm/17", "17.0.9", "exit 0");
        built();
        final Run run = launch();
        assertEquals(7, run.code, run.toString());
        assertEquals(2, run.err.size(), run.toString());
        assertFalse(run.out.toString().contains("SharedArchiveFile"), run.toString());
    }

    @Test
    void shouldStartWhereNothingCanBeWritten() throws Exception {
        java("jvm/17", "17.0.9");
        final Path target = built().getParent();
        // As a read-only folder does, also to root.
        Files.delete(bin.resolve("mkdir"));
        script(bin.resolve("mkdir"), "echo 'mkdir: Read-only file system' >&2; exit 1\n");
        final Run run = launch();
        assertEquals(7, run.code, run.toString());
        assertEquals(List.of(), run.err);
        assertFalse(run.out.toString().contains("SharedArchiveFile"), run.toString());
        assertEquals(List.of(), archives());
        assertEquals(List.of(), names(target, "rehearsal"));
    }

    @Test
    void shouldRehearseInManyStartsAtOnce() throws Exception {
        java("jvm/17", "17.0.9", "sleep 1; printf \"%0$((100 + $$ % 100))d\" 0 >\"$archive\"");
        final Path target = built().getParent();
        final List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(start(List.of(home.resolve("plumbline").toString()), List.of(), "p" + i));
        }
        for (int i = 0; i < 4; i++) {
            assertTrue(starts.get(i).waitFor(60, TimeUnit.SECONDS));
            assertEquals(7, starts.get(i).exitValue());
            final List<String> err = Files.readAllLines(folder.resolve("p" + i + ".err"));
            assertTrue(err.isEmpty() || err.equals(List.of(REHEARSING)), err.toString());
        }
        assertFalse(archives().isEmpty(), "one at least is left");
        for (final Path archive : archives()) {
            final String whole = "-" + Files.size(archive) + ".jsa";
            assertTrue(archive.toString().endsWith(whole), archive + " is not " + whole);
        }
        assertEquals(List.of(), launch().err);
        assertEquals(List.of(), names(target, "rehearsal"));
    }

    /** What is kept of earlier starts, the oldest first. */
    private List<Path> archives() throws IOException {
        final Path target = home.toRealPath().resolve("monitor-app/target");
        return names(target, "classes-").stream()
                .map(target::resolve)
                .sorted(Comparator.comparing(path -> path.toFile().lastModified()))
                .toList();
    }

    private static List<String> names(final Path folder, final String start) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(start))
                    .toList();
        }
    }

    /** A second newer, and the other one old: a file system may not tell less apart. */
    private static void newer(final Path file, final Path other) throws IOException {
        age(other);
        Files.setLastModifiedTime(
                file, FileTime.from(Files.getLastModifiedTime(other).toInstant().plusSeconds(1)));
    }

    private Run launch(final String... environment) throws Exception {
        return run(
                List.of(home.resolve("plumbline").toString(), "run", "--config", "a file.yaml", ""),
                List.of(environment));
    }

    private Run run(final List<String> command, final List<String> environment) throws Exception {
        final Process process = start(command, environment, "run");
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), command.toString());
        return new Run(
                process.exitValue(),
                Files.readAllLines(folder.resolve("run.out")),
                Files.readAllLines(folder.resolve("run.err")));
    }

    private Process start(
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
    private void java(final String name, final String version) throws IOException {
        java(name, version, "printf classes >\"$archive\"");
    }

    /** A Java that runs {@code rehearsal} when it is to keep its classes in {@code $archive}. */
    private void java(final String name, final String version, final String rehearsal)
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

    private void javac(final String name) throws IOException {
        script(folder.resolve(name).resolve("bin/javac"), "exit 1\n");
    }

    /**
     * A Maven that prints how it was called, runs {@code body} and makes the jar if there is none.
     */
    private void maven(final String body) throws IOException {
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

    private Path built() throws IOException {
        Files.createDirectories(home.resolve("monitor-app/target/lib"));
        Files.writeString(home.resolve("monitor-app/target/monitor-app-1-sources.jar"), "");
        return Files.writeString(
                home.toRealPath().resolve("monitor-app/target/monitor-app-1.jar"), "");
    }

    private static void script(final Path file, final String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        executable(file);
    }

    private static void executable(final Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void age(final Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    /** Makes it newer than everything: a second ahead of the newest file of the build. */
    private void touch(final Path file) throws IOException {
        final Path target = home.resolve("monitor-app/target");
        final Path stamp = target.resolve("built.stamp");
        final Path newest = Files.exists(stamp) ? stamp : target.resolve("monitor-app-1.jar");
        final Path jar = target.resolve("monitor-app-1.jar");
        age(jar);
        age(newest);
        Files.setLastModifiedTime(
                file, FileTime.from(Files.getLastModifiedTime(newest).toInstant().plusSeconds(1)));
    }

    private static String quoted(final Path path) {
        return "'" + path + "'";
    }

    private static Path find(final String tool) {
        for (final String directory : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, tool))) {
                return Path.of(directory, tool);
            }
        }
        throw new IllegalStateException("no " + tool + " on PATH");
    }
}
