package io.plumbline.bench.figure;

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

/**
 * Target 16 in part: from the command to the first answer of /health, wall time, beside a bare JVM.
 */
final class StartFigure implements Figure {
    private static final int TARGET = 16;
    private static final double LIMIT_MS = 1_000;
    private static final long PATIENCE_NS = 60_000_000_000L;
    private static final long LOOK_NS = 5_000_000L;
    private static final double MILLISECOND_NS = 1e6;
    private static final String YAML =
            "venues:\n"
                    + "  - name: binance-usdm\n"
                    + "    endpoint: ws://127.0.0.1:1\n"
                    + "    rest: http://127.0.0.1:1\n"
                    + "    symbols: [\"BTC/USDT:USDT\"]\n"
                    + "monitor: {dataDirectory: \"DATA\"}\n"
                    + "http: {port: PORT}\n";

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "from ./plumbline run to the first answer of /health, wall time";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException, InterruptedException {
        final double[] ours = new double[effort.full() ? 9 : 3];
        final double[] bare = new double[ours.length];
        // The first start with a jar prepares faster ones.
        health(effort);
        for (int round = 0; round < ours.length; round++) {
            ours[round] = health(effort) / MILLISECOND_NS;
            bare[round] = bare() / MILLISECOND_NS;
        }
        return List.of(
                Row.absolute(
                        TARGET,
                        "start to /health",
                        Contest.median(ours),
                        "ms",
                        Bound.atMost(LIMIT_MS)),
                Row.told("start of a bare JVM", Contest.median(bare), "ms"));
    }

    private static long health(final Effort effort) throws IOException, InterruptedException {
        final int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        final Path data = Files.createTempDirectory(effort.work(), "start");
        final Path config = data.resolve("config.yaml");
        Files.writeString(
                config,
                YAML.replace("DATA", data.resolve("data").toString())
                        .replace("PORT", String.valueOf(port)));
        final ProcessBuilder builder =
                new ProcessBuilder("./plumbline", "run", "--config", config.toString());
        builder.environment().put("PLUMBLINE_BUILD", "never");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true).redirectOutput(data.resolve("out.txt").toFile());
        final HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
        final HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health")).build();
        final long startNs = System.nanoTime();
        final Process process = builder.start();
        try {
            while (System.nanoTime() - startNs < PATIENCE_NS && process.isAlive()) {
                try {
                    client.send(request, HttpResponse.BodyHandlers.ofString());
                    return System.nanoTime() - startNs;
                } catch (final IOException notYet) {
                    LockSupport.parkNanos(LOOK_NS);
                }
            }
            throw new IOException("no answer: " + Files.readString(data.resolve("out.txt")));
        } finally {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static long bare() throws IOException, InterruptedException {
        final long startNs = System.nanoTime();
        final Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        process.waitFor();
        return System.nanoTime() - startNs;
    }
}
