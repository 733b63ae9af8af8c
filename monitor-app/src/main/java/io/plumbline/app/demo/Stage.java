package io.plumbline.app.demo;

import io.plumbline.feed.sim.ExchangeSimulator;
import io.plumbline.feed.sim.FaultListener;
import io.plumbline.feed.sim.FaultPlayer;
import io.plumbline.feed.sim.FaultScript;
import io.plumbline.feed.sim.FeedFaults;
import io.plumbline.feed.sim.FrameSource;
import io.plumbline.feed.sim.PriceWriter;
import io.plumbline.feed.sim.RedisPriceSink;
import io.plumbline.feed.sim.RememberingMarket;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedRest;
import io.plumbline.feed.sim.Simulation;
import io.plumbline.feed.sim.SimulatorLimits;
import io.plumbline.feed.sim.WriterFaults;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.inbound.Threads;
import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.embedded.RedisServer;

/**
 * Everything that a monitor watches, made up but real on the wire: a Redis server, an exchange with
 * its REST side, a price writer, and faults. Loopback only.
 */
public final class Stage implements AutoCloseable {
    private final RememberingMarket market;
    private final List<SimulatedInstrument> instruments;
    private final EpochNanoClock clock;
    private final Threads threads;
    private final int redisPort;
    private final RedisServer redis;
    private final ExchangeSimulator exchange;
    private final SimulatedRest rest;
    private final RedisPriceSink sink;
    private final PriceWriter writer;
    private FaultPlayer player;
    private Simulation simulation;

    public Stage(
            final FrameSource market,
            final List<SimulatedInstrument> instruments,
            final WriterSettings settings,
            final EpochNanoClock clock,
            final Threads threads)
            throws IOException {
        this.market = new RememberingMarket(market);
        this.instruments = List.copyOf(instruments);
        this.clock = clock;
        this.threads = threads;
        redisPort = freePort();
        redis =
                RedisServer.newRedisServer()
                        .port(redisPort)
                        .bind("127.0.0.1")
                        .setting("save \"\"")
                        .setting("notify-keyspace-events K$ghxe")
                        .build();
        exchange = new ExchangeSimulator(0, SimulatorLimits.binance(), clock, threads);
        rest =
                new SimulatedRest(
                        0,
                        instruments,
                        this.market::answer,
                        body -> threads.start("sim-rest", body));
        sink =
                new RedisPriceSink(
                        new HostAndPort("127.0.0.1", redisPort),
                        DefaultJedisClientConfig.builder().serverDefaultProtocol().build(),
                        threads);
        writer = new PriceWriter(settings, sink);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts everything but the market. */
    public void open() throws IOException {
        redis.start();
        exchange.start();
        rest.start();
        sink.start();
    }

    /**
     * The market begins to trade.
     *
     * @param before told of each fault before it acts: who holds findings against it must know
     *     first
     * @param after told when it has acted, or is repaired
     */
    public void play(
            final FaultScript script,
            final List<FaultListener> before,
            final List<FaultListener> after) {
        final List<FaultListener> all = new ArrayList<>(before);
        all.add(new FeedFaults(exchange, market));
        all.add(new WriterFaults(writer));
        all.addAll(after);
        player = new FaultPlayer(script, all);
        simulation = new Simulation(List.of(market), exchange, writer, player);
        simulation.start(clock, threads);
    }

    /** The market with the faults of one script more. */
    public void playOn(final FaultScript script) {
        player.play(script);
    }

    public boolean finished() {
        return player.finished();
    }

    /** What ended the simulation before its time, or null. */
    public RuntimeException failure() {
        return simulation == null ? null : simulation.failure();
    }

    public int redisPort() {
        return redisPort;
    }

    /** Ends the Redis server; what it held is lost. Does nothing when it has ended already. */
    public void stopRedis() throws IOException {
        redis.stop();
    }

    /** Starts a Redis that was stopped or killed: empty, on the same port. */
    public void restartRedis() throws IOException {
        redis.stop();
        redis.start();
    }

    public ExchangeSimulator exchange() {
        return exchange;
    }

    /** The part of a configuration that names what is watched here. */
    public String watchedYaml(final String channels) {
        final StringBuilder yaml = new StringBuilder("venues:\n");
        for (final String venue : venues()) {
            yaml.append("  - name: ").append(venue);
            yaml.append("\n    endpoint: ").append(exchange.uri());
            yaml.append("\n    rest: ").append(rest.uri());
            yaml.append("\n    channels: [").append(channels).append("]");
            yaml.append("\n    symbols: [").append(symbols(venue)).append("]\n");
        }
        yaml.append("redis:\n  - name: demo\n    uri: redis://127.0.0.1:").append(redisPort);
        yaml.append("/0\n    keys:\n");
        for (final String venue : venues()) {
            yaml.append("      - pattern: \"pms:price:{symbol}\"\n        venue: ").append(venue);
            yaml.append("\n        reference: last\n        writer: price-writer\n");
        }
        return yaml.toString();
    }

    /** The venues that have instruments here, in the order of these. */
    private List<String> venues() {
        return instruments.stream().map(SimulatedInstrument::venue).distinct().toList();
    }

    private String symbols(final String venue) {
        return instruments.stream()
                .filter(instrument -> instrument.venue().equals(venue))
                .map(instrument -> '"' + instrument.symbol() + '"')
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() throws IOException {
        if (simulation != null) {
            simulation.close();
        }
        sink.close();
        exchange.close();
        rest.close();
        redis.stop();
    }
}
