package io.plumbline.feed.sim;

import io.plumbline.inbound.Threads;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.java_websocket.WebSocketImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Venues on one loopback port, told apart by path: each client is spoken to by its venue's {@link
 * VenueWire}. What all have in common stands here: admission, message limits, clients that do not
 * read, the end of a connection's life.
 *
 * <p>The market and time come from the simulation thread, which never waits for a client: one that
 * does not read is dropped when its queue is full. The selector runs on a thread of {@code
 * threads}; Java-WebSocket makes one worker thread of its own.
 */
public final class ExchangeSimulator implements FrameListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeSimulator.class);
    private static final long START_TIMEOUT_S = 10;
    private static final int STOP_TIMEOUT_MS = 1_000;

    private final SimulatorServer server;
    private final List<VenueWire> wires;
    private final int requestedPort;
    private final SimulatorLimits limits;
    private final EpochNanoClock clock;
    private final Threads threads;
    private final CountDownLatch started = new CountDownLatch(1);
    private final AtomicReference<Exception> startFailure = new AtomicReference<>();
    private final List<SimulatedClient> clients = new CopyOnWriteArrayList<>();
    private final Map<String, Entrance> refused = new HashMap<>();
    private final SimulatorCounts counts = new SimulatorCounts();

    /** Simulation thread only. */
    private FrameFilter filter = FrameFilter.NONE;

    /**
     * Binance, spot and USD-M futures.
     *
     * @param port the port on 127.0.0.1, or 0 for a free one
     * @param clock stamps what clients do
     * @param threads runs the selector
     */
    public ExchangeSimulator(
            final int port,
            final SimulatorLimits limits,
            final EpochNanoClock clock,
            final Threads threads) {
        this(VenueWires.binance(limits), port, limits, clock, threads);
    }

    /**
     * Any venues.
     *
     * @param wires of several that serve a path the first one does
     * @param port the port on 127.0.0.1, or 0 for a free one
     * @param clock stamps what clients do
     * @param threads runs the selector
     */
    public ExchangeSimulator(
            final List<VenueWire> wires,
            final int port,
            final SimulatorLimits limits,
            final EpochNanoClock clock,
            final Threads threads) {
        this.wires = List.copyOf(wires);
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

    /** How many clients are connected to a route of Binance. */
    public int clients(final Route route) {
        return connected(Entrance.of(route)).size();
    }

    /** How many clients are connected to a venue. */
    public int clients(final String venue) {
        return connected(entrance(venue)).size();
    }

    /** Puts {@code filter} between market and clients. Before the first frame. */
    public void filter(final FrameFilter filter) {
        this.filter = filter;
    }

    @Override
    public void onFrame(final SimulatedFrame frame) {
        filter.onFrame(frame, this::deliver);
    }

    /** The market moved: told to the clients of its venue, past the filter. Simulation thread. */
    public void onMove(final MarketMove move) {
        for (final SimulatedClient client : clients) {
            if (client.venue().equals(move.instrument().venue())) {
                client.word(move, filter);
            }
        }
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
            client.pass(frame);
        }
    }

    /** What a venue's clients come by; IllegalArgumentException for one that is not served. */
    Entrance entrance(final String venue) {
        return wires.stream()
                .filter(wire -> wire.venue().equals(venue))
                .map(Entrance::of)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no simulated venue \"" + venue + '"'));
    }

    /** The clients that came by an entrance, as they are now. */
    List<SimulatedClient> connected(final Entrance entrance) {
        return clients.stream().filter(client -> entrance.path().test(client.path())).toList();
    }

    /** Withholds everything from the venue's oldest client alone, or no longer. */
    public void muteOldest(final String venue, final boolean muted) {
        connected(entrance(venue)).get(0).mute(muted);
    }

    /** Cuts the connection of the venue's oldest client alone. */
    public void cutOldest(final String venue) {
        connected(entrance(venue)).get(0).drop("scripted disconnect of one");
    }

    /** From now on connections by {@code entrance} are cut at the handshake, or no longer. */
    void refuse(final Entrance entrance, final boolean refuse) {
        synchronized (refused) {
            if (refuse) {
                refused.put(entrance.name(), entrance);
            } else {
                refused.remove(entrance.name());
            }
        }
    }

    /** Announces a restart to all clients, as before maintenance. Simulation thread. */
    public void announceShutdown(final long nowNs) {
        clients.forEach(client -> client.announceEnd(nowNs));
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
        final String path = path(resource);
        synchronized (refused) {
            final boolean admitted =
                    wire(path) != null
                            && refused.values().stream().noneMatch(e -> e.path().test(path))
                            && clients.size() < limits.maxClients();
            if (!admitted) {
                counts.refused.incrementAndGet();
            }
            return admitted;
        }
    }

    void opened(final WebSocketImpl connection, final String resource) {
        final SimulatedClient client =
                new SimulatedClient(
                        connection,
                        wire(path(resource)),
                        resource,
                        limits,
                        clock.epochNanos(),
                        () -> drop(connection.getAttachment()));
        connection.setAttachment(client);
        clients.add(client);
        counts.connections.incrementAndGet();
        client.greet();
    }

    void closed(final SimulatedClient client) {
        if (client != null) {
            clients.remove(client);
        }
    }

    void requested(final SimulatedClient client, final String text) {
        counts.requests.incrementAndGet();
        if (withinRate(client)) {
            client.answer(text, clock.epochNanos());
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

    private VenueWire wire(final String path) {
        return wires.stream().filter(wire -> wire.serves(path)).findFirst().orElse(null);
    }

    /** A request's path without its query. */
    static String path(final String resource) {
        final int query = resource.indexOf('?');
        return query < 0 ? resource : resource.substring(0, query);
    }
}
