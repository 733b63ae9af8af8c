package io.plumbline.app;

import io.plumbline.feed.sim.ExchangeSimulator;
import io.plumbline.feed.sim.MarketMove;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedMoves;
import io.plumbline.feed.sim.SimulatorLimits;
import io.plumbline.feed.sim.VenueWire;
import io.plumbline.feed.sim.VenueWires;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;
import redis.embedded.RedisServer;

/**
 * Several venues on sockets of their own, one Redis and one faithful writer of last prices, which
 * lies about one symbol when it is told to.
 */
final class EdgeWorld implements AutoCloseable {
    private static final long PACE_NS = 1_000_000;

    private final SystemClock clock = new SystemClock();
    private final Map<String, ExchangeSimulator> exchanges = new LinkedHashMap<>();
    private final List<SimulatedInstrument> instruments;
    private final Map<String, List<String>> keys;
    private final int redisPort;
    private final RedisServer redis;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile RuntimeException failure;
    private volatile String wrong = "";

    /**
     * @param keys those of an instrument, by its venue, a space and its symbol
     */
    EdgeWorld(final List<SimulatedInstrument> instruments, final Map<String, List<String>> keys)
            throws IOException {
        this.instruments = instruments;
        this.keys = keys;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            redisPort = socket.getLocalPort();
        }
        redis =
                RedisServer.newRedisServer()
                        .port(redisPort)
                        .bind("127.0.0.1")
                        .setting("save \"\"")
                        .setting("notify-keyspace-events K$ghxe")
                        .build();
        redis.start();
        final List<VenueWire> wires = new ArrayList<>(VenueWires.all());
        wires.add(new LowerCaseWire());
        for (final VenueWire wire : wires) {
            if (instruments.stream().anyMatch(i -> i.venue().equals(wire.venue()))) {
                final ExchangeSimulator exchange =
                        new ExchangeSimulator(
                                List.of(wire),
                                0,
                                SimulatorLimits.binance(),
                                clock,
                                Monitor::background);
                exchange.start();
                exchanges.put(wire.venue(), exchange);
            }
        }
        thread = Monitor.background("edge-world", this::run);
    }

    private void run() {
        final SimulatedMoves market = new SimulatedMoves(5, instruments);
        try (Jedis jedis =
                new Jedis(
                        new HostAndPort("127.0.0.1", redisPort),
                        DefaultJedisClientConfig.builder().serverDefaultProtocol().build())) {
            while (running) {
                final List<MarketMove> moves = new ArrayList<>();
                market.step(clock.epochNanos(), moves::add);
                for (final MarketMove move : moves) {
                    exchanges.get(move.instrument().venue()).onMove(move);
                    if (move.kind() == MarketMove.Kind.TRADE) {
                        write(jedis, move.instrument(), move.trade().price());
                    }
                }
                exchanges.values().forEach(exchange -> exchange.step(clock.epochNanos()));
                LockSupport.parkNanos(PACE_NS);
            }
        } catch (final RuntimeException failed) {
            failure = failed;
        }
    }

    private void write(
            final Jedis jedis, final SimulatedInstrument instrument, final String price) {
        final String name = instrument.venue() + ' ' + instrument.symbol();
        final String value = name.equals(wrong) ? "7" + price : price;
        for (final String key : keys.get(name)) {
            jedis.set(key, value, SetParams.setParams().px(30_000));
        }
    }

    /** The writer lies about this instrument (venue, space, symbol) from here on; "" for none. */
    void wrong(final String instrument) {
        wrong = instrument;
    }

    String endpoint(final String venue) {
        return exchanges.get(venue).uri().toString();
    }

    int redisPort() {
        return redisPort;
    }

    RuntimeException failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        running = false;
        try {
            thread.join(5_000);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (final ExchangeSimulator exchange : exchanges.values()) {
            exchange.close();
        }
        redis.stop();
    }
}
