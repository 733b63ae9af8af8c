package io.plumbline.bench.figure;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The monitor as an operator runs it: a process of its own, started by {@code ./plumbline run} from
 * what is built, with the JDK of this run.
 */
final class Daemon implements Closeable {
    private static final long PATIENCE_NS = 180_000_000_000L;
    private static final long LOOK_NS = 5_000_000L;
    private static final long STOP_S = 10;
    private static final int OK = 200;
    private static final int TICKS_PER_SECOND = 100;
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final String RESIDENT = "VmRSS:";
    private static final double KIBI = 1_024;
    private static final Pattern FLAGS = Pattern.compile("(?m)^FLAGS='([^']*)'");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final Path log;
    private final int port = freePort();
    private final long startNs;
    private final Process process;

    /**
     * @param folder of its own: configuration, data and log
     * @param yaml all but the data directory and the HTTP port
     */
    Daemon(final Path folder, final String yaml) throws IOException {
        final Path config = folder.resolve("config.yaml");
        log = folder.resolve("out.txt");
        Files.writeString(
                config,
                yaml
                        + "monitor: {dataDirectory: \""
                        + folder.resolve("data")
                        + "\"}\nhttp: {port: "
                        + port
                        + "}\n");
        final ProcessBuilder builder =
                new ProcessBuilder("./plumbline", "run", "--config", config.toString());
        builder.environment().put("PLUMBLINE_BUILD", "never");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        startNs = System.nanoTime();
        process = builder.start();
    }

    /** The options with which {@code ./plumbline} starts every JVM. */
    static List<String> launcherFlags() throws IOException {
        final Matcher flags = FLAGS.matcher(Files.readString(Path.of("plumbline")));
        if (!flags.find()) {
            throw new IOException("./plumbline has no FLAGS='...'");
        }
        return List.of(flags.group(1).trim().split("\\s+"));
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** From the command to the first answer of any status at this path, ns. */
    long untilAnswered(final String path) throws IOException, InterruptedException {
        return until(path, false);
    }

    /** From the command to the first answer that says 200 at this path, ns. */
    long untilOk(final String path) throws IOException, InterruptedException {
        return until(path, true);
    }

    private long until(final String path, final boolean ok)
            throws IOException, InterruptedException {
        while (System.nanoTime() - startNs < PATIENCE_NS && process.isAlive()) {
            try {
                if (ask(path).statusCode() == OK || !ok) {
                    return System.nanoTime() - startNs;
                }
            } catch (final IOException notYet) {
                // Nobody listens there yet.
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        throw new IOException("not " + path + ": " + Files.readString(log));
    }

    private HttpResponse<String> ask(final String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** What it holds in memory now, MiB; of Linux. */
    double residentMebi() throws IOException {
        for (final String line : Files.readAllLines(proc("status"))) {
            if (line.startsWith(RESIDENT)) {
                final String[] words = line.substring(RESIDENT.length()).strip().split(" ");
                return Long.parseLong(words[0]) / KIBI;
            }
        }
        throw new IOException("the kernel does not tell how much memory a process holds");
    }

    /** Processor time of all its threads since it was started, s; of Linux. */
    double processorSeconds() throws IOException {
        final String stat = Files.readString(proc("stat"));
        final String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (double) (Long.parseLong(words[UTIME]) + Long.parseLong(words[STIME]))
                / TICKS_PER_SECOND;
    }

    private Path proc(final String name) {
        return Path.of("/proc", String.valueOf(process.pid()), name);
    }

    /** Ends it as a crash does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
