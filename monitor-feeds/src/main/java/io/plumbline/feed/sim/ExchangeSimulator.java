package io.plumbline.feed.sim;

import io.plumbline.inbound.Threads;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.java_websocket.WebSocketImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binance spot and USD-M futures on one loopback port, told apart by path ({@link Route}). Speaks
 * the venue's protocol: subscriptions, errors, heartbeats, message limits, the end of a
 * connection's life; unknown streams are accepted and never deliver.
 *
 * <p>Frames and time come from the simulation thread, which never waits for a client: one that does
 * not read is dropped when its queue is full. The selector runs on a thread of {@code threads};
 * Java-WebSocket makes one worker thread of its own.
 */
public final class ExchangeSimulator implements FrameListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeSimulator.class);
    private static final long START_TIMEOUT_S = 10;
    private static final int STOP_TIMEOUT_MS = 1_000;

    private final SimulatorServer server;
    private final int requestedPort;
    private final SimulatorLimits limits;
    private final EpochNanoClock clock;
    private final Threads threads;
    private final CountDownLatch started = new CountDownLatch(1);
    private final AtomicReference<Exception> startFailure = new AtomicReference<>();
    private final List<SimulatedClient> clients = new CopyOnWriteArrayList<>();
    private final Set<Route> refused = EnumSet.noneOf(Route.class);
    private final SimulatorCounts counts = new SimulatorCounts();

    /** Simulation thread only. */
    private FrameFilter filter = FrameFilter.NONE;

    /**
     * @param port the port on 127.0.0.1, or 0 for a free one
     * @param clock stamps what clients do
     * @param threads runs the selector
     */
    public ExchangeSimulator(
            final int port,
            final SimulatorLimits limits,
            final EpochNanoClock clock,
            final Threads threads) {
        this.requestedPort = port;
        this.limits = limits;
        this.clock = clock;
        this.threads = threads;
        server =
                new SimulatorServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), this);
    }

    /** Listens; returns when clients can connect. IOException when the port cannot be had. */
    public void start() throws IOException {
        threads.start("sim-exchange", server);
        try {
            if (!started.await(START_TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new IOException(
                        "the simulated exchange did not start within " + START_TIMEOUT_S + " s");
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the simulated exchange started", interrupted);
        }
        if (startFailure.get() != null) {
            throw new IOException(
                    "the simulated exchange cannot listen on 127.0.0.1:"
                            + requestedPort
                            + " ("
                            + startFailure.get().getMessage()
                            + "): choose another port, or 0 for a free one",
                    startFailure.get());
        }
    }

    /** The port that it listens on, after {@link #start}. */
    public int port() {
        return server.getPort();
    }

    /** The base address for venues' connection plans, after {@link #start}. */
    public URI uri() {
        return URI.create("ws://127.0.0.1:" + port());
    }

    public SimulatorCounts counts() {
        return counts;
    }

    /** How many clients are connected to a route. */
    public int clients(final Route route) {
        int count = 0;
        for (final SimulatedClient client : clients) {
            count += client.route() == route ? 1 : 0;
        }
        return count;
    }

    /** Puts {@code filter} between market and clients. Before the first frame. */
    public void filter(final FrameFilter filter) {
        this.filter = filter;
    }

    @Override
    public void onFrame(final SimulatedFrame frame) {
        filter.onFrame(frame, this::deliver);
    }

    /** Heartbeats, lifetimes, closing handshakes. Simulation thread. */
    public void step(final long nowNs) {
        for (final SimulatedClient client : clients) {
            client.step(nowNs);
        }
    }

    /** Sends a frame past the filter to all who asked for it. */
    void deliver(final SimulatedFrame frame) {
        for (final SimulatedClient client : clients) {
            if (!client.deliver(frame)) {
                drop(client);
            }
        }
    }

    /** The clients of a route as they are now. */
    List<SimulatedClient> connected(final Route route) {
        return clients.stream().filter(client -> client.route() == route).toList();
    }

    /** From now on connections to {@code route} are cut at the handshake, or no longer. */
    void refuse(final Route route, final boolean refuse) {
        synchronized (refused) {
            if (refuse) {
                refused.add(route);
            } else {
                refused.remove(route);
            }
        }
    }

    /** Announces a restart to all clients, as before maintenance. Simulation thread. */
    public void announceShutdown(final long nowNs) {
        clients.forEach(client -> client.announceShutdown(nowNs));
    }

    @Override
    public void close() {
        try {
            server.stop(STOP_TIMEOUT_MS);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void bound() {
        started.countDown();
    }

    void failed(final boolean fatal, final Exception failure) {
        counts.errors.incrementAndGet();
        if (fatal && started.getCount() > 0) {
            startFailure.set(failure);
            started.countDown();
        } else if (fatal) {
            LOG.error("simulated exchange ended: {}", failure.toString());
        } else {
            LOG.debug("simulated exchange, one connection: {}", failure.toString());
        }
    }

    boolean admits(final String resource) {
        final Route route = Route.ofPath(path(resource));
        synchronized (refused) {
            final boolean admitted =
                    route != null
                            && !refused.contains(route)
                            && clients.size() < limits.maxClients();
            if (!admitted) {
                counts.refused.incrementAndGet();
            }
            return admitted;
        }
    }

    void opened(final WebSocketImpl connection, final String resource) {
        final String path = path(resource);
        final Route route = Route.ofPath(path);
        final SimulatedClient client =
                new SimulatedClient(
                        connection,
                        route,
                        Route.isCombined(path, route),
                        limits,
                        clock.epochNanos());
        streamsIn(resource, path).forEach(client::subscribe);
        connection.setAttachment(client);
        clients.add(client);
        counts.connections.incrementAndGet();
    }

    void closed(final SimulatedClient client) {
        if (client != null) {
            clients.remove(client);
        }
    }

    void requested(final SimulatedClient client, final String text) {
        counts.requests.incrementAndGet();
        if (withinRate(client)) {
            final String answer = client.answer(ClientRequest.parse(text));
            if (!client.send(answer)) {
                drop(client);
            }
        }
    }

    boolean pinged(final SimulatedClient client) {
        return withinRate(client);
    }

    void ponged(final SimulatedClient client, final String payload) {
        if (withinRate(client)) {
            client.pong(payload);
        }
    }

    private boolean withinRate(final SimulatedClient client) {
        final boolean within = client.withinRate(clock.epochNanos());
        if (!within) {
            counts.tooManyMessages.incrementAndGet();
            client.close("Too many requests");
        }
        return within;
    }

    private void drop(final SimulatedClient client) {
        counts.slowClients.incrementAndGet();
        clients.remove(client);
        client.drop("does not read");
    }

    private static String path(final String resource) {
        final int query = resource.indexOf('?');
        return query < 0 ? resource : resource.substring(0, query);
    }

    private List<String> streamsIn(final String resource, final String path) {
        final int query = resource.indexOf("?streams=");
        final int single = path.indexOf("/ws/");
        final String names =
                query >= 0
                        ? resource.substring(query + "?streams=".length())
                        : single >= 0 ? path.substring(single + "/ws/".length()) : "";
        return names.isEmpty()
                ? List.of()
                : List.of(names.split("/")).stream().limit(limits.streamsPerConnection()).toList();
    }
}
