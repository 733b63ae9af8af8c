package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.market.probe.Shape;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
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
                        events: [{pattern: "pms:events:*"}]
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
                List.of(
                        new AroundConfig.Event(
                                "pms:events:*", "type", 20, Duration.ZERO, List.of())),
                around.events());
        assertEquals(
                List.of(new AroundConfig.NoExpiry("tasks:cache:*", Duration.ofSeconds(60))),
                around.noExpiry());
    }

    @Test
    void aShapeIsDeclaredByAnExampleOrByItsFields() throws ConfigException {
        final List<AroundConfig.Declared> shapes =
                load("""
                events:
                  - pattern: "pms:events:*"
                    by: none
                    learn: 0
                    silence: 30s
                    shapes:
                      - channel: "pms:events:order"
                        when: filled
                        example: '{"id": 1, "order": {"legs": [{"px": "1.5"}], "x": null}}'
                      - channel: "pms:events:risk"
                        fields: {account: string, "legs[].px": number or string, "note?": any}
                """)
                        .events()
                        .get(0)
                        .shapes();
        assertEquals(
                "|object|true, id|number|true, order|object|true, order.legs|array|true,"
                        + " order.legs[]|object|false, order.legs[].px|string|true,"
                        + " order.x|object or array or string or number or boolean or null|true",
                text(shapes.get(0)));
        assertEquals(
                "|object|true, account|string|true, legs|array|true, legs[]|object|false,"
                        + " legs[].px|string or number|true,"
                        + " note|object or array or string or number or boolean or null|false",
                text(shapes.get(1)));
    }

    private static String text(final AroundConfig.Declared declared) {
        return declared.rule().fields().stream()
                .map(f -> f.path() + '|' + Shape.names(f.types()) + '|' + f.required())
                .collect(Collectors.joining(", "));
    }

    @Test
    void mistakesNameTheLineAndTheNearestKey() {
        final String text =
                refused(
                        """
                        streams: [{key: a, group: [b]}, {key: a}]
                        queues: [{key: q, pop: front, result: "pms:result"}]
                        snapshots: [{pattern: "pms:risk", ids: [a]}, {ttl: 1s}]
                        events:
                          - {pattern: e, shapes: [{channel: c}, {channel: c, example: "{"}]}
                          - {pattern: f, shapes: [{channel: c, fields: {a: text}}]}
                        """);
        for (final String part :
                List.of(
                        "redis[0].streams[0].group: unknown key; did you mean \"groups\"?",
                        "redis[0].streams[1].key: \"a\" is given twice; remove one",
                        "redis[0].queues[0].pop: \"front\" is no end of a list",
                        "redis[0].queues[0].result: has no part for the id",
                        "redis[0].snapshots[0].ids: the pattern has no part for them",
                        "redis[0].snapshots[1].pattern: missing",
                        "redis[0].events[0].shapes[0].example: a shape is declared by one of both",
                        "redis[0].events[0].shapes[1].example: \"{\" is no JSON",
                        "redis[0].events[1].shapes[0].fields.a: \"text\" is no type")) {
            assertTrue(text.contains(part), part + " in\n" + text);
        }
    }
}
