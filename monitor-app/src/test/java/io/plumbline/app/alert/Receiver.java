package io.plumbline.app.alert;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/** A pager's HTTP side: notes every request and answers as it is told. */
final class Receiver implements AutoCloseable {
    /** One request. */
    record Request(String path, String authorization, String body, int answered) {}

    private static final byte[] OK = {'o', 'k'};

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /**
     * @param status the status of the next answer; 0 to hang up without one
     */
    Receiver(final IntSupplier status) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        final int answer = status.getAsInt();
                        requests.add(
                                new Request(
                                        exchange.getRequestURI().toString(),
                                        exchange.getRequestHeaders().getFirst("Authorization"),
                                        new String(
                                                exchange.getRequestBody().readAllBytes(),
                                                StandardCharsets.UTF_8),
                                        answer));
                        if (answer != 0) {
                            // With a body the JDK's server lets the client read before it closes.
                            exchange.sendResponseHeaders(answer, OK.length);
                            exchange.getResponseBody().write(OK);
                            exchange.getResponseBody().close();
                        }
                    }
                });
        server.start();
    }

    /** {@code path} begins with a slash. */
    URI uri(final String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
