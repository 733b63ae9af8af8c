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

/** What the launcher keeps of a rehearsed start, for whom, and when it rehearses again. */
class LauncherRehearsalTest extends LauncherBench {
    @Test
    void shouldRehearseOnceForEachJava() throws Exception {
        java("jvm/17", "17.0.9");
        final Path jar = built();
        final Path target = jar.getParent();
        assertEquals(List.of(REHEARSING), launch().err());
        final List<String> rehearsed = Files.readAllLines(folder.resolve("jvm/17/rehearsals"));
        assertTrue(rehearsed.contains("-XX:+UseG1GC"), rehearsed.toString());
        assertTrue(rehearsed.contains("-Xmx256m"), rehearsed.toString());
        assertTrue(rehearsed.contains("io.plumbline.app.Rehearsal"), rehearsed.toString());

        final Run again = launch("PLUMBLINE_JAVA_OPTS=-Xshare:off");
        assertEquals(List.of(), again.err());
        final List<Path> kept = archives();
        assertEquals(1, kept.size());
        final int used = again.out().indexOf("-XX:SharedArchiveFile=" + kept.get(0));
        assertTrue(used > 0 && used < again.out().indexOf("-Xshare:off"), again.toString());
        assertTrue(again.out().contains("-Xlog:disable"), "nothing of the JVM on standard output");

        java("jvm/25", "25.0.1");
        final String other = "JAVA_HOME=" + folder.resolve("jvm/25");
        assertEquals(List.of(REHEARSING), launch(other).err());
        assertEquals(List.of(), launch(other).err());
        assertEquals(2, archives().size());
        assertEquals(List.of(), launch().err(), "the first one's is still there");

        // The same folder after an update of the system.
        java("jvm/17", "17.0.10");
        assertEquals(List.of(REHEARSING), launch().err());
        assertEquals(List.of(), launch().err());
        assertEquals(List.of(), names(target, "rehearsal"));
    }

    @Test
    void shouldRehearseAgainForAnotherJar() throws Exception {
        java("jvm/17", "17.0.9");
        final Path jar = built();
        assertEquals(List.of(REHEARSING), launch().err());
        final Path old = archives().get(0);

        Files.writeString(jar, "other classes");
        newer(jar, old);
        assertEquals(List.of(REHEARSING), launch().err());
        assertFalse(Files.exists(old), "nothing else takes away what no start will use");
        assertEquals(List.of(), launch().err());

        final Path library = Files.writeString(jar.resolveSibling("lib/monitor-core-1.jar"), "x");
        age(library);
        age(library.getParent());
        assertEquals(List.of(REHEARSING), launch().err(), "another library, though an old one");
        assertEquals(List.of(), launch().err());
        newer(library, archives().get(0));
        newer(library, archives().get(archives().size() - 1));
        assertEquals(List.of(REHEARSING), launch().err(), "the same library, made again");
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
        assertEquals(List.of(REHEARSING), run.err());
        assertFalse(Files.exists(other), "one is left of many");
        assertEquals("classes", Files.readString(kept));
        assertTrue(run.out().contains("-XX:SharedArchiveFile=" + kept), run.toString());
    }

    @Test
    void shouldStartThoughTheRehearsalFails() throws Exception {
        java("jvm/17", "17.0.9", "echo no port to be had; exit 3");
        final Path target = built().getParent();
        final Path log = target.resolve("rehearsal.log");
        final Run run = launch();
        assertEquals(7, run.code(), run.toString());
        assertEquals(
                List.of(REHEARSING, "plumbline: starts will be slower; why: " + log), run.err());
        assertEquals(List.of("no port to be had"), Files.readAllLines(log));
        assertFalse(run.out().toString().contains("SharedArchiveFile"), run.toString());
        assertEquals(List.of(), launch().err(), "it is not tried at every start");
        assertEquals(List.of("rehearsal.log"), names(target, "rehearsal"));
    }

    @Test
    void shouldStartThoughNoArchiveIsWritten() throws Exception {
        java("jvm/17", "17.0.9", "exit 0");
        built();
        final Run run = launch();
        assertEquals(7, run.code(), run.toString());
        assertEquals(2, run.err().size(), run.toString());
        assertFalse(run.out().toString().contains("SharedArchiveFile"), run.toString());
    }

    @Test
    void shouldStartWhereNothingCanBeWritten() throws Exception {
        java("jvm/17", "17.0.9");
        final Path target = built().getParent();
        // As a read-only folder does, also to root.
        Files.delete(bin.resolve("mkdir"));
        script(bin.resolve("mkdir"), "echo 'mkdir: Read-only file system' >&2; exit 1\n");
        final Run run = launch();
        assertEquals(7, run.code(), run.toString());
        assertEquals(List.of(), run.err());
        assertFalse(run.out().toString().contains("SharedArchiveFile"), run.toString());
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
        assertEquals(List.of(), launch().err());
        assertEquals(List.of(), names(target, "rehearsal"));
    }
}
