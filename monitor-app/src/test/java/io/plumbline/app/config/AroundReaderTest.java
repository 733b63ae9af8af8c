package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AroundReaderTest {
    private static final String HEAD =
            """
            venues: [{name: spot, symbols: ["BTC/USDT"]}]
            redis:
              - keys: [{pattern: "px:{symbol}", venue: spot}]
            """;

    private static AroundConfig load(final String around) throws ConfigException {
        final Config config = ConfigText.load(HEAD + around.indent(4));
        assertEquals(config, ConfigText.load(config.toYaml()), config.toYaml());
        return config.redis().get(0).around();
    }

    private static String refused(final String around) {
        return assertThrows(ConfigException.class, () -> load(around)).getMessage();
    }

    @Test
    void nothingIsWatchedUnlessItStandsThere() throws ConfigException {
        assertEquals(AroundConfig.NONE, load(""));
        assertTrue(load("").isEmpty());
    }

    @Test
    void theDefaultsAreThoseOfTheOperationsDocuments() throws ConfigException {
        final AroundConfig around =
                load(
                        """
                        streams: [{key: "tasks:queue", groups: [workers]}]
                        queues: [{key: "pms:cmd:trade", result: "pms:result:{id}"}]
                        snapshots: [{pattern: "pms:risk:{subAccountId}"}]
                        noExpiry: [{pattern: "tasks:cache:*"}]
                        """);
        assertEquals(
                List.of(
                        new AroundConfig.Stream(
                                "tasks:queue",
                                List.of("workers"),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(30),
                                0)),
                around.streams());
        assertEquals(
                List.of(
                        new AroundConfig.Queue(
                                "pms:cmd:trade",
                                AroundConfig.End.LEFT,
                                Duration.ofMillis(250),
                                100,
                                Duration.ofSeconds(2),
                                "",
                                "id",
                                "pms:result:{id}",
                                Duration.ofSeconds(5))),
                around.queues());
        assertEquals(
                List.of(
                        new AroundConfig.Snapshot(
                                "pms:risk:{subAccountId}",
                                List.of(),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(60),
                                "",
                                Duration.ofSeconds(120))),
                around.snapshots());
        assertEquals(
                List.of(new AroundConfig.NoExpiry("tasks:cache:*", Duration.ofSeconds(60))),
                around.noExpiry());
    }

    @Test
    void mistakesNameTheLineAndTheNearestKey() {
        final String text =
                refused(
                        """
                        streams: [{key: a, group: [b]}, {key: a}]
                        queues: [{key: q, pop: front, result: "pms:result"}]
                        snapshots: [{pattern: "pms:risk", ids: [a]}, {ttl: 1s}]
                        """);
        for (final String part :
                List.of(
                        "redis[0].streams[0].group: unknown key; did you mean \"groups\"?",
                        "redis[0].streams[1].key: \"a\" is given twice; remove one",
                        "redis[0].queues[0].pop: \"front\" is no end of a list",
                        "redis[0].queues[0].result: has no part for the id",
                        "redis[0].snapshots[0].ids: the pattern has no part for them",
                        "redis[0].snapshots[1].pattern: missing")) {
            assertTrue(text.contains(part), part + " in\n" + text);
        }
    }
}
