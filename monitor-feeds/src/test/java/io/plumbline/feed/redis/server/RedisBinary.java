package io.plumbline.feed.redis.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/** Which redis-server a test starts; either also runs as a Sentinel and as a node of a Cluster. */
public enum RedisBinary {
    /** The one that comes with the build: 6.2. */
    EMBEDDED,
    /** The machine's own, on the PATH or named by {@code -Dplumbline.redis=}. */
    INSTALLED;

    private static final ConcurrentMap<RedisBinary, String> PATHS = new ConcurrentHashMap<>();
    private static final ConcurrentMap<RedisBinary, Integer> MAJORS = new ConcurrentHashMap<>();
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.");

    /** Skips the test, by name, where this machine has no such server. */
    public RedisBinary assumePresent() {
        assumeTrue(present(), "needs a redis-server on the PATH or by -Dplumbline.redis=");
        return this;
    }

    public boolean present() {
        return !path().isEmpty();
    }

    /** The executable, or "" where there is none. */
    public String path() {
        return PATHS.computeIfAbsent(this, binary -> binary == EMBEDDED ? unpack() : find());
    }

    /** The first number of its version: what a directive or a command may need. */
    public int major() {
        return MAJORS.computeIfAbsent(this, RedisBinary::askVersion);
    }

    private static String unpack() {
        try {
            return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String find() {
        final String named = System.getProperty("plumbline.redis", "");
        if (!named.isEmpty()) {
            return new File(named).getAbsolutePath();
        }
        for (final String folder :
                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            final Path candidate = Path.of(folder, "redis-server");
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        return "";
    }

    private static int askVersion(final RedisBinary binary) {
        try {
            final Process asked = new ProcessBuilder(binary.path(), "--version").start();
            final Matcher version =
                    VERSION.matcher(new String(asked.getInputStream().readAllBytes()));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
