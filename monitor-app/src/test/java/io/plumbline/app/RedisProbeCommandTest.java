package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** What {@code redis-probe} tells an operator, and that it leaves the server as it was. */
class RedisProbeCommandTest {
    @TempDir private Path folder;

    private final Terminal terminal = new Terminal();

    private Path file(final int port, final String more) throws IOException {
        return Files.writeString(
                folder.resolve("probe.yaml"),
                "venues: [{name: binance-usdm, symbols: [BTC/USDT:USDT]}]\n"
                        + "redis: [{uri: \"redis://127.0.0.1:"
                        + port
                        + "/0\", "
                        + more
                        + "keys: [{pattern: \"pms:price:{symbol}\", venue: binance-usdm}]}]\n");
    }

    @Test
    void shouldTellWhichRungsAServerAllowsAndChangeNothing() throws IOException {
        final int port = freePort();
        final RedisServer server =
                RedisServer.newRedisServer()
                        .port(port)
                        .bind("127.0.0.1")
                        .setting("save \"\"")
                        .build();
        server.start();
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            final Map<String, String> before = state(jedis);
            assertEquals(
                    ExitCode.FOUND,
                    terminal.run("redis-probe", "--json", "--config", file(port, "")));
            final JsonNode node = new ObjectMapper().readTree(terminal.out().get(0)).get(0);
            assertEquals("main", node.get("redis").asText());
            assertEquals("master", node.get("role").asText());
            assertEquals("tracking", node.get("best").asText());
            assertTrue(node.get("roundTripNs").asLong() > 0);
            assertTrue(node.get("version").asText().startsWith("6.2"));
            final Map<String, JsonNode> rungs = new TreeMap<>();
            node.get("rungs").forEach(rung -> rungs.put(rung.get("rung").asText(), rung));
            assertTrue(
                    rungs.get("replication")
                            .get("reason")
                            .asText()
                            .contains("backlog_active is 0"));
            assertEquals(
                    "redis-cli CONFIG SET notify-keyspace-events K$ghxe",
                    rungs.get("notification").get("command").asText());
            assertTrue(rungs.get("sampling").get("allowed").asBoolean());
            assertEquals("yes", node.get("permissions").get("mget").asText());
            assertEquals(before, state(jedis));
            jedis.configSet("notify-keyspace-events", "K$ghxe");
            assertEquals(ExitCode.OK, terminal.run("redis-probe", "--config", file(port, "")));
            assertEquals(
                    ExitCode.FOUND,
                    terminal.run("redis-probe", "--config", file(port, "replicationTap: true, ")));
            final String table = String.join("\n", terminal.out());
            assertTrue(table.contains("would be observed by: notification, less than"), table);
            assertTrue(table.contains("REPLICAOF 127.0.0.1 " + port), table);
            jedis.aclSetUser(
                    "monitor", "on", ">secret", "~pms:price:*", "-@all", "+ping", "+get", "+mget");
            assertEquals(
                    ExitCode.FOUND,
                    terminal.run(
                            "redis-probe",
                            "--config",
                            file(port, "user: monitor, password: secret, ")));
            final String poor = String.join("\n", terminal.out());
            assertTrue(poor.contains("redis-cli ACL SETUSER monitor +info"), poor);
            assertTrue(poor.contains("would be observed by: sampling, less than"), poor);
        } finally {
            server.stop();
        }
    }

    @Test
    void shouldSayThatNobodyAnswers() throws IOException {
        assertEquals(
                ExitCode.CANNOT_START,
                terminal.run("redis-probe", "--config", file(freePort(), "")));
        assertTrue(String.join("\n", terminal.out()).contains("is Redis running at"));
        assertEquals(
                ExitCode.USAGE,
                terminal.run("redis-probe", "--redis", "x", "--config", file(1, "")));
    }

    private static Map<String, String> state(final Jedis jedis) {
        final Map<String, String> state = new TreeMap<>(jedis.configGet("*"));
        jedis.info("stats")
                .lines()
                .filter(line -> line.startsWith("sync_") || line.startsWith("total_forks"))
                .forEach(line -> state.put(line, ""));
        jedis.info("replication").lines().forEach(line -> state.put(line, ""));
        state.put("keys", jedis.keys("*").toString());
        return state;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
