package io.plumbline.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A whole {@code run} for the launcher alone, which has the JVM keep the classes that it loads, so
 * that the next start need not read and verify them again. It watches what is not there: a venue
 * and a Redis at a port of loopback where nobody listens. It asks its own API as a client would,
 * and ends by itself. The argument is an empty folder for all that it writes.
 */
public final class Rehearsal {
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long BETWEEN_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int ANSWER_MS = 5_000;
    private static final String NOWHERE = "127.0.0.1:1";
    private static final List<String> ROUTES =
            List.of(
                    "/health",
                    "/health/deps",
                    "/ready",
                    "/metrics",
                    "/api/symbols",
                    "/api/cases",
                    "/api/findings",
                    "/api/latency");

    private Rehearsal() {}

    public static void main(final String... args) throws IOException {
        Monitor.background("patience", Rehearsal::giveUpLate);
        final Path folder = Path.of(args[0]);
        final int port = freePort();
        final Path config = Files.writeString(folder.resolve("run.yaml"), yaml(folder, port));
        // Leaves with the run's code if that cannot start.
        Monitor.background("main", () -> PlumblineMain.main("run", "--config", config.toString()));
        while (!answers(port, "/health")) {
            LockSupport.parkNanos(BETWEEN_NS);
        }
        for (final String route : ROUTES) {
            answers(port, route);
            LockSupport.parkNanos(BETWEEN_NS);
        }
        // As SIGTERM does: the run closes in order, and then the process ends with code 0.
        System.exit(ExitCode.OK);
    }

    /** The launcher waits for this process. */
    private static void giveUpLate() {
        LockSupport.parkNanos(LONGEST_NS);
        Runtime.getRuntime().halt(ExitCode.CANNOT_START);
    }

    private static boolean answers(final int port, final String route) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(ANSWER_MS);
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MS);
            final String request =
                    "GET "
                            + route
                            + " HTTP/1.1\r\nHost: 127.0.0.1:"
                            + port
                            + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().readAllBytes().length > 0;
        } catch (final IOException notYet) {
            return false;
        }
    }

    private static String yaml(final Path folder, final int port) {
        return """
        monitor: {dataDirectory: %s}
        journal: {segment: 1MiB}
        venues:
          - name: binance-usdm
            endpoint: ws://%s
            rest: http://%s
            symbols: ["BTC/USDT:USDT"]
        redis:
          - uri: redis://%s
            keys: [{pattern: "pms:price:{symbol}", venue: binance-usdm}]
        http: {port: %d}
        alerts:
          - {type: file, path: %s}
        """
                .formatted(
                        quoted(folder.resolve("data")),
                        NOWHERE,
                        NOWHERE,
                        NOWHERE,
                        port,
                        quoted(folder.resolve("alerts.ndjson")));
    }

    private static String quoted(final Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
