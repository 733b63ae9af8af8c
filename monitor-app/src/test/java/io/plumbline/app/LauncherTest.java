package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the launcher starts with what, and when it builds. */
class LauncherTest extends LauncherBench {
    @Test
    void shouldBeExecutableAndLegal() throws Exception {
        final Path launcher = RepositoryTop.path("plumbline");
        assertTrue(Files.isExecutable(launcher));
        assertEquals(0, run(List.of("sh", "-n", launcher.toString()), List.of()).code());
    }

    @Test
    void shouldSayThatThereIsNoJava() throws Exception {
        final Run run = launch();
        assertEquals(ExitCode.CANNOT_START, run.code());
        assertEquals(
                List.of(
                        "plumbline: no Java 17 or later in JAVA_HOME, on PATH or in "
                                + folder.resolve("jvm")
                                + "; install one (apt-get install openjdk-17-jdk) or set"
                                + " JAVA_HOME"),
                run.err());
    }

    @Test
    void shouldNotTakeAnOldJava() throws Exception {
        java("jvm/old", "11.0.2");
        java("jvm/older", "1.8.0_402");
        assertEquals(ExitCode.CANNOT_START, launch().code());
        java("jvm/fit", "21.0.1");
        built();
        assertEquals(folder.resolve("jvm/fit/bin/java").toString(), launch().out().get(0));
    }

    @Test
    void shouldPreferJavaHomeThenPath() throws Exception {
        java("jvm/a", "17");
        java("on path", "18.0.1");
        Files.createSymbolicLink(bin.resolve("java"), folder.resolve("on path/bin/java"));
        built();
        assertEquals(folder.resolve("on path/bin/java").toString(), launch().out().get(0));
        java("mine", "25-ea");
        assertEquals(
                folder.resolve("mine/bin/java").toString(),
                launch("JAVA_HOME=" + folder.resolve("mine")).out().get(0));
        java("old", "11.0.1");
        final Run run = launch("JAVA_HOME=" + folder.resolve("old"));
        assertEquals(
                List.of(
                        "plumbline: JAVA_HOME ("
                                + folder.resolve("old")
                                + ") is no Java 17 or later; using "
                                + folder.resolve("on path")),
                run.err());
    }

    @Test
    void shouldBecomeTheJvm() throws Exception {
        java("jvm/17", "17.0.9");
        final Path jar = built();
        final Run run = launch("PLUMBLINE_JAVA_OPTS=-Xmx1g -Da=*");
        assertEquals(7, run.code(), "the JVM's own code");
        assertEquals(List.of(REHEARSING), run.err());
        final List<String> arguments = run.out().subList(1, run.out().size());
        assertTrue(arguments.indexOf("-Xmx1g") > arguments.indexOf("-Xmx256m"), run.toString());
        assertTrue(arguments.contains("-XX:G1MaxNewSizePercent=8"), run.toString());
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
        assertTrue(launch().out().contains("--enable-native-access=ALL-UNNAMED"));
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
        assertTrue(run.out().contains(jar.toString()), run.toString());
    }

    @Test
    void shouldBuildOnFirstUseAndWhenSourcesAreNewer() throws Exception {
        java("jvm/17", "17.0.9");
        javac("jvm/17");
        maven("true");
        final Run first = launch();
        assertEquals(List.of("plumbline: building plumbline (first use)", REHEARSING), first.err());
        assertEquals(7, first.code());
        assertEquals(
                List.of(
                        "JAVA_HOME=" + folder.resolve("jvm/17"),
                        "PWD=" + home.toRealPath(),
                        "-q -B -DskipTests -Dspotless.check.skip package -pl monitor-app -am"),
                Files.readAllLines(home.resolve("monitor-app/target/build.log")));
        assertEquals(List.of(), launch().err());
        touch(home.resolve("monitor-core/src/main/A.java"));
        assertEquals(List.of("plumbline: building plumbline (sources are newer)"), launch().err());
        // The fake Maven leaves an existing jar alone, as the real one does when nothing changed.
        assertEquals(List.of(), launch().err());
        assertEquals(
                List.of("plumbline: building plumbline (sources are newer)"),
                launch("PLUMBLINE_BUILD=always").err());
        assertFalse(Files.exists(home.resolve("monitor-app/target/build.lock")));
    }

    @Test
    void shouldNotBuildWhatIsFresh() throws Exception {
        java("jvm/17", "17.0.9");
        built();
        assertEquals(List.of(REHEARSING), launch().err());
        touch(home.resolve("monitor-app/pom.xml"));
        assertEquals(List.of(), launch("PLUMBLINE_BUILD=never").err());
        assertEquals(
                List.of(
                        "plumbline: building needs Maven 3.8 or later; install it (apt-get install"
                                + " maven) and start again"),
                launch().err());
    }

    @Test
    void shouldSayThatNothingIsBuilt() throws Exception {
        java("jvm/17", "17.0.9");
        final Run run = launch("PLUMBLINE_BUILD=never");
        assertEquals(ExitCode.CANNOT_START, run.code());
        assertTrue(run.err().get(0).startsWith("plumbline: nothing is built in "), run.toString());
    }

    @Test
    void shouldNeedAJdkToBuild() throws Exception {
        java("jvm/17", "17.0.9");
        maven("true");
        final Run run = launch();
        assertEquals(ExitCode.CANNOT_START, run.code());
        assertEquals(
                List.of(
                        "plumbline: building needs a JDK 17 or later (javac); install one or point"
                                + " JAVA_HOME at it"),
                run.err());
        assertFalse(Files.exists(home.resolve("monitor-app/target/build.lock")));
    }

    @Test
    void shouldShowWhyTheBuildFailed() throws Exception {
        java("jvm/17", "17.0.9");
        javac("jvm/17");
        maven("echo '[ERROR] A.java:[1,1] reached end of file'; exit 1");
        final Run run = launch();
        assertEquals(ExitCode.CANNOT_START, run.code());
        assertTrue(
                run.err().contains("[ERROR] A.java:[1,1] reached end of file"),
                run.err().toString());
        assertEquals(
                "plumbline: the build failed; all of its output: "
                        + home.toRealPath().resolve("monitor-app/target/build.log"),
                run.err().get(run.err().size() - 1));
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
        assertEquals(7, run.code(), run.toString());
        assertEquals("plumbline: waiting for another build", run.err().get(0));
    }
}
