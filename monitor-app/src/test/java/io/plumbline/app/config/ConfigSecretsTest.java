package io.plumbline.app.config;

import static io.plumbline.app.config.ConfigText.MINIMAL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Secrets are taken out of where they stand, and one that stands in the file is warned of. */
class ConfigSecretsTest {
    @Test
    void shouldTakeThePasswordOutOfTheAddress() throws ConfigException {
        final ConfigText text =
                new ConfigText(Map.of("REDIS_URL", "redis://joe:p%40ss@[::1]:7000/2"));
        final Config config =
                text.loader()
                        .parse(
                                "x.yaml",
                                MINIMAL
                                        + "redis: [{uri: \"${REDIS_URL}\","
                                        + " keys: [{pattern: a, venue: spot}]}]");
        final RedisConfig redis = config.redis().get(0);
        assertEquals(new RedisPlace.Server(URI.create("redis://[::1]:7000/2")), redis.place());
        assertEquals("joe", redis.user());
        assertEquals("p@ss", redis.password().reveal());
        assertEquals(
                List.of("x.yaml:1:1: alerts: nobody is paged; add one, for example of type file"),
                text.warnings);
    }

    @Test
    void shouldWarnOfSecretsInTheFile() throws ConfigException {
        final ConfigText text = new ConfigText(Map.of());
        text.loader()
                .parse(
                        "x.yaml",
                        MINIMAL
                                + """
                                redis:
                                  - password: hunter2
                                    keys: [{pattern: a, venue: spot}]
                                  - name: second
                                    uri: redis://:hunter3@localhost
                                    keys: [{pattern: a, venue: spot}]
                                alerts: [{type: webhook, url: http://h/x, secret: "***"}]
                                """);
        assertEquals(
                List.of(
                        "x.yaml:3:15: redis[0].password: a secret stands in this file; write"
                                + " ${NAME} or ${file:/path} instead",
                        "x.yaml:6:10: redis[1].uri: a password stands in this file; write"
                                + " `password: ${file:/path}` instead",
                        "x.yaml:8:51: alerts[0].secret: withheld: good for a replay, not for a"
                                + " run"),
                text.warnings);
    }
}
