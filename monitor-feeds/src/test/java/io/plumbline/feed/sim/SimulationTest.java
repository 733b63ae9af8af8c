package io.plumbline.feed.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ClientKillParams;
import redis.embedded.RedisServer;

/** The whole of it on its own threads, with a real Redis. */
class SimulationTest {
    private static final long MS = 1_000_000;

    private static RedisServer redis;
    private static int port;

    private final SystemClock clock = new SystemClock();

    @BeforeAll
    static void startRedis() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        redis = RedisServer.newRedisServer().port(port).setting("save \"\"").build();
        redis.start();
    }

    @AfterAll
    static void stopRedis() throws IOException {
        redis.stop();
    }

    @BeforeEach
    void clearRedis() {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            jedis.flushAll();
        }
    }

    private static RedisPriceSink sink() {
        final RedisPriceSink sink =
                new RedisPriceSink(
                        new HostAndPort("127.0.0.1", port),
                        DefaultJedisClientConfig.builder().serverDefaultProtocol().build(),
                        Await::thread);
        sink.start();
        return sink;
    }

    private static Fault fault(
            final int id,
            final FaultKind kind,
            final String symbol,
            final long nowNs,
            final Map<FaultParameter, String> parameters) {
        return new Fault(
                id,
                kind,
                SimulatedInstruments.SPOT,
                symbol,
                List.of("pms:price:" + symbol),
                nowNs + 300 * MS,
                nowNs + 1_100 * MS,
                parameters);
    }

    @Test
    void shouldBreakWhatTheScriptSaysInARealRedisAndNothingElse() throws IOException {
        final SimulatedMarket market = new SimulatedMarket(3, SimulatedInstruments.standard());
        final List<InjectedFault> injected = new ArrayList<>();
        final long nowNs = clock.epochNanos();
        final FaultScript script =
                FaultScript.of(
                        List.of(
                                fault(1, FaultKind.TTL_MISSING, "BTC/USDT", nowNs, Map.of()),
                                fault(2, FaultKind.KEY_DELETED, "ETH/USDT", nowNs, Map.of()),
                                fault(
                                        3,
                                        FaultKind.MALFORMED_VALUE,
                                        "SOL/USDT",
                                        nowNs,
                                        Map.of(FaultParameter.TEXT, "None")),
                                fault(
                                        4,
                                        FaultKind.KEY_EXPIRED,
                                        "BNB/USDT",
                                        nowNs,
                                        Map.of(FaultParameter.TTL_MS, "100"))));
        try (RedisPriceSink sink = sink();
                Jedis jedis = new Jedis("127.0.0.1", port);
                ExchangeSimulator exchange =
                        new ExchangeSimulator(0, SimulatorLimits.binance(), clock, Await::thread)) {
            exchange.start();
            final PriceWriter writer = new PriceWriter(WriterSettings.standard(), sink);
            final FaultPlayer player =
                    new FaultPlayer(
                            script, List.of(new WriterFaults(writer), new Remember(injected)));
            final Simulation simulation = new Simulation(List.of(market), exchange, writer, player);
            try (simulation) {
                simulation.start(clock, Await::thread);
                Await.until("20 keys", () -> jedis.dbSize() == 20);
                Await.until("no TTL", () -> jedis.pttl("pms:price:BTC/USDT") == -1);
                Await.until("deleted", () -> !jedis.exists("pms:price:ETH/USDT"));
                Await.until("malformed", () -> "None".equals(jedis.get("pms:price:SOL/USDT")));
                Await.until("expired", () -> !jedis.exists("pms:price:BNB/USDT"));
                assertTrue(jedis.pttl("pms:price:DOGE/USDT") > 20_000);
                Await.until("all repaired", player::finished);
                Await.until("20 keys again", () -> jedis.dbSize() == 20);
                Await.until("a price again", () -> !"None".equals(jedis.get("pms:price:SOL/USDT")));
                Await.until("a TTL again", () -> jedis.pttl("pms:price:BTC/USDT") > 0);
            }
            assertNull(simulation.failure());
            assertEquals(4, injected.size());
            assertEquals(0, sink.dropped() + sink.errors());
        }
    }

    @Test
    void shouldWriteHashesWithTheirLife() {
        try (RedisPriceSink sink = sink();
                Jedis jedis = new Jedis("127.0.0.1", port)) {
            sink.write(new PriceCommand("h", "price", "1.50", 30_000, 17));
            Await.until("the hash", () -> jedis.pttl("h") > 0);
            assertEquals(Map.of("price", "1.50", "ts", "17"), jedis.hgetAll("h"));
            sink.write(new PriceCommand("h", "price", "1.60", 0, 18));
            Await.until("no TTL", () -> jedis.pttl("h") == -1);
        }
    }

    @Test
    void shouldWriteThePresentAgainAfterLosingItsConnection() {
        try (RedisPriceSink sink = sink();
                Jedis jedis = new Jedis("127.0.0.1", port)) {
            sink.write(new PriceCommand("k", null, "1", 0, 0));
            Await.until("the first", () -> "1".equals(jedis.get("k")));
            final long before = sink.generation();
            jedis.clientKill(
                    ClientKillParams.clientKillParams().skipMe(ClientKillParams.SkipMe.YES));
            Await.until(
                    "a new connection",
                    () -> {
                        sink.write(new PriceCommand("k", null, "2", 0, 0));
                        return sink.generation() > before;
                    });
            sink.write(new PriceCommand("k", null, "3", 0, 0));
            Await.until("the last", () -> "3".equals(jedis.get("k")));
            assertTrue(sink.errors() > 0);
        }
    }

    @Test
    void shouldTellTickSizes() throws Exception {
        try (SimulatedRest rest =
                new SimulatedRest(
                        0, SimulatedInstruments.standard(), resource -> null, Runnable::run)) {
            rest.start();
            final List<String> expected = new ArrayList<>();
            final List<String> told = new ArrayList<>();
            for (final SimulatedInstrument each : SimulatedInstruments.standard()) {
                expected.add(each.venueSymbol() + ' ' + each.tickSize());
            }
            for (final String path : List.of("/api/v3/exchangeInfo", "/fapi/v1/exchangeInfo")) {
                final HttpRequest request =
                        HttpRequest.newBuilder(URI.create(rest.uri() + path)).build();
                final JsonNode body =
                        TestClient.json(
                                HttpClient.newHttpClient()
                                        .send(request, HttpResponse.BodyHandlers.ofString())
                                        .body());
                for (final JsonNode symbol : body.get("symbols")) {
                    told.add(
                            symbol.get("symbol").textValue()
                                    + ' '
                                    + symbol.at("/filters/0/tickSize").textValue());
                }
            }
            assertEquals(expected, told);
        }
    }
}
