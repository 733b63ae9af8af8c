package io.plumbline.feed.sim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The venues' {@code exchangeInfo} for the simulated instruments, so that tick sizes can be checked
 * without a network. Answers on threads of the given executor; the JDK's server makes one
 * dispatcher thread of its own.
 */
public final class SimulatedRest implements AutoCloseable {
    private static final int BACKLOG = 16;

    private final List<SimulatedInstrument> instruments;
    private final int requestedPort;
    private final Executor executor;
    private HttpServer server;

    /**
     * @param port the port on 127.0.0.1, or 0 for a free one
     */
    public SimulatedRest(
            final int port, final List<SimulatedInstrument> instruments, final Executor executor) {
        this.requestedPort = port;
        this.instruments = List.copyOf(instruments);
        this.executor = executor;
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
        serve("/api/v3/exchangeInfo", exchangeInfo(SimulatedInstruments.SPOT));
        serve("/fapi/v1/exchangeInfo", exchangeInfo(SimulatedInstruments.USDM));
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

    private void serve(final String path, final String body) {
        final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> answer(exchange, bytes));
    }

    private static void answer(final HttpExchange exchange, final byte[] body) throws IOException {
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
            exchange.sendResponseHeaders(200, body.length);
            out.write(body);
        }
    }

    private String exchangeInfo(final String venue) {
        final StringBuilder json = new StringBuilder("{\"timezone\":\"UTC\",\"symbols\":[");
        String separator = "";
        for (final SimulatedInstrument instrument : instruments) {
            if (instrument.venue().equals(venue)) {
                json.append(separator).append("{\"symbol\":\"").append(instrument.venueSymbol());
                json.append("\",\"status\":\"TRADING\",\"baseAsset\":\"").append(instrument.base());
                json.append("\",\"quoteAsset\":\"USDT\"");
                if (venue.equals(SimulatedInstruments.USDM)) {
                    json.append(",\"marginAsset\":\"USDT\",\"contractType\":\"PERPETUAL\"");
                    json.append(",\"pair\":\"").append(instrument.venueSymbol()).append('"');
                }
                json.append(",\"filters\":[");
                json.append("{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"");
                json.append(instrument.tickSize()).append("\",\"maxPrice\":\"1000000.00000000\",");
                json.append("\"tickSize\":\"").append(instrument.tickSize()).append("\"}]}");
                separator = ",";
            }
        }
        return json.append("]}").toString();
    }
}
