package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a Redis is: an address, sentinels or a Cluster, and never two of them. */
final class RedisPlaceTest {
    private static final String VENUES =
            "venues: [{name: spot, symbols: [BTC/USDT]}]\nredis:\n  - ";
    private static final String KEYS = "\n    keys: [{pattern: \"px:{symbol}\", venue: spot}]\n";

    @Test
    void shouldReadAMasterThatSentinelsName() throws ConfigException {
        final RedisConfig redis =
                read(
                        "sentinel: {master: prices, nodes: [\"10.0.0.1\", \"[::1]:7\"], tls: true,"
                                + " database: 3, user: s, password: \"${S}\"}\n"
                                + "    user: monitor\n    password: ${P}");
        assertEquals(
                new RedisPlace.Sentinels(
                        "prices",
                        List.of("10.0.0.1:26379", "[::1]:7"),
                        3,
                        true,
                        "s",
                        Secret.of("watch"),
                        null),
                redis.place());
        assertEquals("monitor", redis.user());
        assertEquals("hush", redis.password().reveal());
        assertEquals(1, redis.place().parts());
    }

    @Test
    void shouldReadACluster() throws ConfigException {
        final RedisConfig redis =
                read(
                        "cluster: {nodes: [a, \"b:7001\"], maxNodes: 4}\n    trust: /etc/ca.pem\n"
                                + "    noExpiry: [{pattern: \"c:*\"}]\n"
                                + "    snapshots: [{pattern: \"s:{id}\"}]");
        assertEquals(new RedisPlace.Cluster(List.of("a:6379", "b:7001"), false, 4), redis.place());
        assertEquals(Path.of("/etc/ca.pem"), redis.trust());
        assertTrue(redis.scansNames());
        assertEquals(4, redis.place().parts());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sentinel: {nodes: [a]}|redis[0].sentinel.master: missing",
                "sentinel: {master: m}|redis[0].sentinel.nodes: missing",
                "cluster: {nodes: [\"redis://a:1\"]}|is more than host and port; write HOST:6379",
                "cluster: {nodes: [\"a:b\"]}|the port 'b' is not a number",
                "cluster: {nodes: [a], master: m}|redis[0].cluster.master: unknown key",
                "{uri: redis://a, cluster: {nodes: [a]}}|stands beside `uri`"
            })
    void shouldSayWhatIsWrong(final String place, final String problem) {
        final ConfigException wrong =
                assertThrows(
                        ConfigException.class,
                        () ->
                                loader().parse(
                                                "x.yaml",
                                                place.startsWith("{")
                                                        ? VENUES + place
                                                        : VENUES + place + KEYS));
        assertTrue(wrong.getMessage().contains(problem), wrong.getMessage());
    }

    private static RedisConfig read(final String place) throws ConfigException {
        return loader().parse("x.yaml", VENUES + place + KEYS).redis().get(0);
    }

    private static ConfigLoader loader() {
        return new ConfigText(Map.of("S", "watch", "P", "hush")).loader();
    }
}
