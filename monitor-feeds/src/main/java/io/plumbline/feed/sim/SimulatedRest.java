package io.plumbline.feed.sim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * What venues tell of their instruments by REST, so that tick sizes can be checked without a
 * network: one body per path, whatever the method. Answers on threads of the given executor; the
 * JDK's server makes one dispatcher thread of its own.
 */
public final class SimulatedRest implements AutoCloseable {
    private static final int BACKLOG = 16;

    private static final int NOT_FOUND = 404;

    private final Map<String, byte[]> bodies = new HashMap<>();
    private final UnaryOperator<String> memory;
    private final int requestedPort;
    private final Executor executor;
    private HttpServer server;

    /**
     * Binance's {@code exchangeInfo}, spot and USD-M futures, and what its market remembers.
     *
     * @param port the port on 127.0.0.1, or 0 for a free one
     * @param memory answers path and query, or null
     */
    public SimulatedRest(
            final int port,
            final List<SimulatedInstrument> instruments,
            final UnaryOperator<String> memory,
            final Executor executor) {
        this(
                port,
                Map.of(
                        BinanceWire.exchangeInfoPath(SimulatedInstruments.SPOT),
                        BinanceWire.exchangeInfo(SimulatedInstruments.SPOT, instruments),
                        BinanceWire.exchangeInfoPath(SimulatedInstruments.USDM),
                        BinanceWire.exchangeInfo(SimulatedInstruments.USDM, instruments)),
                memory,
                executor);
    }

    /**
     * Any venue's.
     *
     * @param port the port on 127.0.0.1, or 0 for a free one
     * @param answers path to JSON, as {@link VenueWire#rest}; one with a query goes before
     */
    public SimulatedRest(
            final int port, final Map<String, String> answers, final Executor executor) {
        this(port, answers, resource -> null, executor);
    }

    private SimulatedRest(
            final int port,
            final Map<String, String> answers,
            final UnaryOperator<String> memory,
            final Executor executor) {
        this.memory = memory;
        this.requestedPort = port;
        this.executor = executor;
        answers.forEach((path, body) -> bodies.put(path, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Listens. IOException when the port cannot be had. */
    public void start() throws IOException {
        final InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), requestedPort);
        try {
            server = HttpServer.create(address, BACKLOG);
        } catch (final IOException failure) {
            throw new IOException(
                    "simulated exchange information cannot listen on 127.0.0.1:"
                            + requestedPort
                            + " ("
                            + failure.getMessage()
                            + "): choose another port, or 0 for a free one",
                    failure);
        }
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The REST base address, after {@link #start}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void answer(final HttpExchange exchange) throws IOException {
        final byte[] body = body(exchange.getRequestURI());
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            if (body == null) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
            exchange.sendResponseHeaders(200, body.length);
            out.write(body);
        }
    }

    /** What is told of the instruments, or else what the market remembers; null for neither. */
    private byte[] body(final URI asked) {
        final String path = asked.getRawPath();
        final String query = asked.getRawQuery();
        final String resource = query == null ? path : path + '?' + query;
        final byte[] told = bodies.getOrDefault(resource, bodies.get(path));
        final String remembered = told == null ? memory.apply(resource) : null;
        return remembered == null ? told : remembered.getBytes(StandardCharsets.UTF_8);
    }
}
