package io.plumbline.bench.figure;

import java.io.IOException;
import java.util.List;

/** Something that is measured: its name on the command line, and what comes of measuring it. */
public interface Figure {
    String name();

    /** One sentence: what is measured, against what. */
    String title();

    /** Whether it takes so long that it is measured only where it is asked for by name. */
    default boolean onlyByName() {
        return false;
    }

    /** After so many seconds it has failed. */
    default long limitS() {
        return 900;
    }

    /** Options of the JVM that it is measured in. */
    default List<String> jvm() {
        return List.of(
                "-XX:+UseG1GC", "-Xms512m", "-Xmx512m", "--enable-native-access=ALL-UNNAMED");
    }

    /**
     * Measures, in a JVM that does nothing else.
     *
     * @throws IOException where recordings, programs or sockets fail: the figure is told as failed
     */
    List<Row> measure(Effort effort) throws IOException, InterruptedException;
}
