package io.plumbline.bench.figure;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * SimdJsonReader.java, compiled in the run: the library's classes are of JDK 24 and need the
 * incubating vectors, so nothing that is built for 17 can name them.
 */
final class SimdJson {
    static final String NAME = "simdjson-java";

    private static final int FIRST_JDK = 24;
    private static final String MODULE = "jdk.incubator.vector";
    private static final String READER = "SimdJsonReader";

    private SimdJson() {}

    /** Whether this JDK can load the library at all, given its module. */
    static boolean canRun() {
        return Runtime.version().feature() >= FIRST_JDK;
    }

    /** The option that a JVM with it is to be started with. */
    static String jvm() {
        return "--add-modules=" + MODULE;
    }

    /** Why it cannot be measured here, or null. */
    static String missing() {
        if (!canRun()) {
            return "needs JDK " + FIRST_JDK;
        }
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return "needs " + jvm();
        }
        return ToolProvider.getSystemJavaCompiler() == null ? "no javac in this JDK" : null;
    }

    /**
     * One pass over the messages.
     *
     * @param whole reads every value; else the fields of Binance's messages
     */
    @SuppressWarnings("resource") // The reader's class is needed as long as the JVM.
    static LongSupplier reader(final Corpus corpus, final boolean whole, final Path work)
            throws IOException {
        final Path source = work.resolve(READER + ".java");
        try (var in = SimdJson.class.getResourceAsStream("/" + READER + ".java")) {
            Files.write(source, in.readAllBytes());
        }
        final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        final int failed =
                javac.run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        work.toString(),
                        source.toString());
        if (failed != 0) {
            throw new IOException("javac could not compile " + source);
        }
        // Its parser reads from the beginning of an array, so each message has one of its own.
        final byte[][] messages = new byte[corpus.size()][];
        for (int i = 0; i < messages.length; i++) {
            messages[i] =
                    Arrays.copyOfRange(
                            corpus.bytes, corpus.offsets[i], corpus.offsets[i] + corpus.lengths[i]);
        }
        try {
            final URLClassLoader loader =
                    new URLClassLoader(
                            new URL[] {work.toUri().toURL()}, SimdJson.class.getClassLoader());
            return (LongSupplier)
                    loader.loadClass(READER)
                            .getConstructor(byte[][].class, boolean.class)
                            .newInstance(messages, whole);
        } catch (final ReflectiveOperationException e) {
            throw new IOException("simdjson-java does not start", e);
        }
    }
}
