package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.feed.FeedStatus;
import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.feed.sim.PriceFormat;
import io.plumbline.feed.sim.SimulatedInstruments;
import io.plumbline.feed.sim.WriterSettings;
import io.plumbline.market.Channel;
import io.plumbline.market.Field;
import io.plumbline.market.SessionState;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the production guide as an operator types them, by bash, curl and jq, against a
 * monitor over a real Redis Cluster and a simulated exchange; and what its monitoring loop asks, in
 * health and in each of its three emergencies, which are made for real.
 */
@Tag("servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class GuideTest {
    private static final int KEYS = SimulatedInstruments.standard().size();

    /** A command: what curl asks, what jq picks, and what that must be in health. */
    private record Line(String path, String filter, Predicate<JsonNode> right) {}

    /** But for those of the machine, which is shared. */
    private static final String ISSUES =
            "[.issues[].symptom | select(test(\"cpu_|memory_|ping_time\") | not)]";

    private static final List<Line> LINES =
            List.of(
                    new Line("/health", ".", is -> is.get("status").isTextual()),
                    new Line("/health", ".score", is -> between(is, 80, 100)),
                    new Line("/health/deps", ".", is -> is.get("dependencies").size() > 3),
                    new Line(
                            "/health/deps",
                            ".dependencies[0]",
                            is ->
                                    is.get("connected").asBoolean()
                                            && between(is.get("last_message_age"), 0, 30)),
                    new Line(
                            "/api/debug/comprehensive",
                            ".health_score",
                            is -> between(is.get("score"), 80, 100) && is.get("terms").size() > 8),
                    new Line("/api/debug/comprehensive", ISSUES, is -> is.isEmpty()),
                    new Line("/api/debug/comprehensive", ".prerequisites", is -> is.size() >= 9),
                    new Line(
                            "/api/debug/comprehensive",
                            ".redis_cluster.cluster_health.connected",
                            JsonNode::booleanValue),
                    new Line(
                            "/api/debug/comprehensive",
                            ".websocket.connection_status.is_running",
                            JsonNode::booleanValue),
                    new Line(
                            "/api/debug/comprehensive",
                            ".market_data.data_freshness.missing_data_symbols",
                            is -> is.isArray() && is.isEmpty()),
                    new Line(
                            "/api/debug/comprehensive",
                            ".system_resources.memory_usage_percent",
                            is -> between(is, 1, 100)),
                    new Line(
                            "/api/debug/redis-cluster",
                            ".cluster_health.cluster_state",
                            is -> is.asText().equals("ok")),
                    new Line(
                            "/api/debug/redis-cluster",
                            ".cluster_health",
                            is ->
                                    is.get("ping_success").booleanValue()
                                            && is.get("cluster_enabled").booleanValue()
                                            && is.get("cluster_slots_ok").asInt() == 16_384
                                            && between(is.get("ping_time_ms"), 0.001, 100)),
                    new Line("/api/debug/redis-cluster", ".nodes", is -> is.size() == 6),
                    new Line(
                            "/api/debug/websocket",
                            ".connection_history.success_rate",
                            is -> between(is, 95, 100)),
                    new Line(
                            "/api/debug/websocket",
                            ".connection_history",
                            is -> is.get("connection_failures").isIntegralNumber()),
                    new Line(
                            "/api/debug/websocket",
                            ".connection_status.is_running",
                            JsonNode::booleanValue),
                    new Line(
                            "/api/debug/websocket",
                            ".connection_status.last_message_age",
                            is -> between(is, 0, 30)),
                    new Line(
                            "/api/debug/websocket",
                            ".performance_metrics.parse_error_rate",
                            is -> between(is, 0, 0)),
                    new Line(
                            "/api/debug/market-data",
                            ".data_freshness.freshness_rate",
                            is -> between(is, 95, 100)),
                    new Line(
                            "/api/debug/market-data",
                            ".data_freshness",
                            is ->
                                    is.get("missing_symbols").asInt(-1) == 0
                                            && is.get("stale_symbols").asInt(9) < 2
                                            && is.get("fresh_symbols").asInt() >= KEYS - 1),
                    new Line(
                            "/api/debug/market-data",
                            ".symbol_analysis",
                            is -> is.size() == KEYS && is.get(0).get("redis_price").isTextual()),
                    new Line("/ws/health", "", is -> is.get("status").asText().equals("healthy")),
                    new Line("/backfill/status", ".", is -> is.get("venues").isArray()),
                    new Line(
                            "/context",
                            ".backfill_status",
                            is -> is.get("circuit_breaker").asText().equals("closed")),
                    // The engine's own: the monitor says that it has none.
                    new Line("/context", ".levels | {VWAP, POC}", is -> is.get("VWAP").isNull()));

    /** The same three questions and limits as in the guide's loop, one round of it. */
    private static final String LOOP =
            """
            ask() { curl -s "http://localhost:$PORT/api/debug/$1" | jq -r "$2"; }
            state=$(ask redis-cluster '.cluster_health.cluster_state // "error"')
            running=$(ask websocket '.connection_status.is_running // false')
            fresh=$(ask market-data '.data_freshness.freshness_rate // 0')
            echo "state $state, running $running, fresh $fresh"
            [ "$state" = ok ] || echo 'ALERT redis'
            [ "$running" = true ] || echo 'ALERT websocket'
            jq -en "$fresh >= 50" >/dev/null || echo 'ALERT stale'
            """;

    private final SystemClock clock = new SystemClock();
    private ClusterServers servers;
    private LedgerWriter writer;
    private MarketStage stage;
    private Monitor monitor;
    private volatile boolean halted;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        for (final String program : List.of("bash", "curl", "jq")) {
            assumeTrue(
                    new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0,
                    "needs " + program + " on the PATH");
        }
        servers =
                new ClusterServers(
                        RedisBinary.INSTALLED.assumePresent(), folder.resolve("servers"));
        writer = new LedgerWriter(servers, clock, servers.lanes(), 0).start();
        stage =
                new MarketStage(
                                7,
                                SimulatedInstruments.standard(),
                                new WriterSettings(
                                        "pms:price:{symbol}",
                                        Field.LAST,
                                        Channel.AGG_TRADE,
                                        PriceFormat.PLAIN,
                                        "price",
                                        60_000),
                                command -> {
                                    if (!halted) {
                                        writer.write(command);
                                    }
                                },
                                clock)
                        .open();
        stage.play();
        monitor = new Monitor(LiveRig.config(yaml(folder)), clock, (f, sentence) -> {}, () -> {});
        monitor.start();
        Await.until("data on every feed", 60, this::isLive, monitor::feeds);
        Await.until("health", 30, () -> alerts().isEmpty() && score() > 90, this::comprehensive);
    }

    private String yaml(final Path folder) {
        final StringBuilder yaml =
                new StringBuilder("monitor: {name: guide, dataDirectory: \"")
                        .append(folder.resolve("monitor"))
                        .append("\"}\nhttp: {port: 0}\n")
                        .append("detectors: {price: {frozenFor: 1500ms},")
                        .append(" staleness: {connection: 10s, symbol: 10s}}\n")
                        .append(stage.venuesYaml("aggTrade, bookTicker"))
                        .append("redis:\n  - name: prices\n")
                        .append(servers.yaml())
                        .append("    keys:\n");
        for (final String venue : stage.venues()) {
            yaml.append("      - {pattern: \"pms:price:{symbol}\", venue: ")
                    .append(venue)
                    .append(", reference: last, format: json:price}\n");
        }
        return yaml.toString();
    }

    @AfterAll
    void stop() throws IOException {
        if (monitor != null) {
            monitor.close();
        }
        if (stage != null) {
            stage.close();
        }
        if (writer != null) {
            writer.close();
        }
        if (servers != null) {
            servers.close();
        }
    }

    @Test
    @Order(1)
    void everyCommandGivesAValueOfTheRightKind() throws Exception {
        final List<String> wrong = new ArrayList<>();
        for (final Line line : LINES) {
            final String command =
                    "curl -s http://localhost:$PORT" + line.path + " | jq '" + line.filter + "'";
            final String printed = bash(command);
            final JsonNode value = LiveRig.MAPPER.readTree(printed);
            if (value.isNull() || value.isMissingNode() || !line.right.test(value)) {
                wrong.add(command + " printed " + printed);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    @Order(2)
    void healthAnswersWithinATenthOfASecond() throws Exception {
        final String timed =
                "curl -s -o /dev/null -w '%{time_total}' http://localhost:$PORT/health";
        Await.until(
                "an answer within 100 ms",
                10,
                () -> Double.parseDouble(bash(timed)) < 0.1,
                () -> "slower");
    }

    @Test
    @Order(3)
    void nothingIsAlertedInHealth() throws Exception {
        for (int round = 0; round < 5; round++) {
            assertEquals(List.of(), alerts(), comprehensive());
            Await.pass(300);
        }
    }

    /** The writer stands while the market goes on. */
    @Test
    @Order(4)
    void staleMarketDataIsAlertedAsThat() throws Exception {
        halted = true;
        try {
            awaitAlert("ALERT stale");
            assertIssue("fresh");
            assertTrue(score() < 90, comprehensive());
        } finally {
            halted = false;
        }
        awaitHealth();
    }

    /** A primary dies together with its replica: its slots have nobody. */
    @Test
    @Order(5)
    void aRedisClusterThatLostAShardIsAlertedAsThat() throws Exception {
        final RedisProcess primary = servers.rig.primaries().get(0);
        final RedisProcess replica = servers.rig.replicaOf(primary);
        replica.kill();
        primary.kill();
        try {
            awaitAlert("ALERT redis");
            assertIssue("cluster_state is fail");
        } finally {
            primary.start();
            replica.start();
        }
        awaitHealth();
    }

    /** The last: no connection stands, none can be made. Redis is written all the time. */
    @Test
    @Order(6)
    void aWebSocketThatIsDownIsAlertedAsThat() throws Exception {
        stage.closeExchange();
        awaitAlert("ALERT websocket");
        assertIssue("is_running is false");
        Await.until(
                "failures to be counted",
                60,
                () ->
                        Long.parseLong(
                                        bash(
                                                "curl -s http://localhost:$PORT/ws/health | jq"
                                                        + " .connection_failures"))
                                > 5,
                this::comprehensive);
        assertEquals(List.of("ALERT websocket"), alerts(), comprehensive());
        assertTrue(
                Double.parseDouble(
                                bash(
                                        "curl -s http://localhost:$PORT/api/debug/websocket | jq"
                                                + " .connection_history.success_rate"))
                        < 80,
                comprehensive());
        Await.until(
                "a score that says so, which is up to a second old",
                5,
                () -> score() < 80,
                this::comprehensive);
    }

    /** The loop alerts of this, and of nothing else at any time until then. */
    private void awaitAlert(final String alert) {
        final List<String> before = new ArrayList<>();
        Await.until(
                alert,
                60,
                () -> {
                    before.clear();
                    before.addAll(alerts());
                    before.remove(alert);
                    assertEquals(List.of(), before, comprehensive());
                    return alerts().contains(alert);
                },
                this::comprehensive);
    }

    private void awaitHealth() {
        Await.until(
                "health again", 60, () -> alerts().isEmpty() && score() > 90, this::comprehensive);
    }

    private void assertIssue(final String symptom) throws Exception {
        final String issues =
                bash(
                        "curl -s http://localhost:$PORT/api/debug/comprehensive | jq -r"
                                + " '.issues[].symptom'");
        assertTrue(issues.contains(symptom), issues);
    }

    private List<String> alerts() throws IOException, InterruptedException {
        return bash(LOOP).lines().filter(line -> line.startsWith("ALERT")).toList();
    }

    private double score() throws IOException, InterruptedException {
        return Double.parseDouble(bash("curl -s http://localhost:$PORT/health | jq .score"));
    }

    /** For messages of failed tests. */
    private String comprehensive() {
        try {
            return bash("curl -s http://localhost:$PORT/api/debug/comprehensive | jq -c .");
        } catch (final IOException | InterruptedException e) {
            return e.toString();
        }
    }

    private boolean isLive() {
        return monitor.feeds().stream().map(FeedStatus::state).allMatch(SessionState.LIVE::equals);
    }

    private static boolean between(final JsonNode value, final double least, final double most) {
        return value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most;
    }

    private String bash(final String script) throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder("bash", "-c", script);
        builder.environment().put("PORT", Integer.toString(monitor.httpPort()));
        final Process process = builder.redirectErrorStream(true).start();
        final String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), script);
        return printed.strip();
    }
}
