package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigPrinterTest {
    private static final String AWKWARD =
            """
            venues: [{name: spot, symbols: ["BTC/USDT", "1000PEPE/USDT", "NO/ON", "1/2"]}]
            monitor: {name: "a: b # c 'd' \\"e\\" $${f} \\u00e4\\U0001F600 \\n", dataDirectory: "~"}
            redis:
              - name: "null"
                user: "true"
                keys: [{pattern: "{px}:{symbol}:$${x}", venue: spot, writer: "1:30"}]
            alerts: [{type: exec, command: ["- x", "*a", "&b", "!c", "%d", "@e", "", "0x10", "1e3"]}]
            http: {bind: "::1"}
            """;

    @Test
    void shouldLoadAgainToTheSame() throws ConfigException {
        for (final String yaml :
                List.of(
                        ConfigText.MINIMAL,
                        AWKWARD,
                        ConfigLoaderTest.EVERYTHING
                                .replace("password: ${REDIS_PASSWORD}", "password: null")
                                .replace("token: \"${TOKEN}\"", "token: null")
                                .replace("gate:hunter2@", "")
                                .replaceAll("(?m)^.*\\$\\{HOOK.*\n", "")
                                .replaceAll("type: webhook", "type: file"))) {
            final String loadable = yaml.replaceAll("(?m)^    timeout: 4s\n", "");
            final Config config = ConfigText.load(loadable);
            assertEquals(config, ConfigText.load(config.toYaml()), config.toYaml());
        }
    }

    @Test
    void shouldWithholdSecretsAndLoadAgain() throws ConfigException {
        final Config config = ConfigLoaderTest.everything();
        assertEquals(List.of(), config.withheldSecrets());
        final String yaml = config.toYaml();
        for (final String secret : List.of("hunter2", "whsec", "T0/secret", "k=v")) {
            assertFalse(yaml.contains(secret), yaml);
            assertFalse(config.toString().contains(secret), config.toString());
        }
        final Config again = ConfigText.load(yaml);
        assertEquals(yaml, again.toYaml());
        assertEquals(
                List.of(
                        "redis[0].password",
                        "alerts[2].url",
                        "alerts[2].secret",
                        "gate.redis.password",
                        "http.token"),
                again.withheldSecrets());
        assertThrows(IllegalStateException.class, () -> again.redis().get(0).password().reveal());
        assertEquals(config.monitor(), again.monitor());
        assertEquals(config.venues(), again.venues());
        assertEquals(config.redis().get(0).keys(), again.redis().get(0).keys());
        assertEquals(config.detectors(), again.detectors());
        assertEquals(config.cases(), again.cases());
    }

    @Test
    void secrets() {
        assertEquals("***", Secret.of("hunter2").toString());
        assertEquals("hunter2", Secret.of("hunter2").reveal());
        assertFalse(Secret.NONE.isGiven());
        assertEquals("", Secret.NONE.toString());
        assertEquals(Secret.NONE, Secret.of(""));
        final Secret url = url("https://h:1/a?b");
        assertEquals("https://h:1/***", url.toString());
        assertEquals("https://h:1/a?b", url.reveal());
        assertFalse(url.isWithheld());
        assertTrue(url("https://h:1/***").isWithheld());
        assertTrue(Secret.of("***").isWithheld());
    }

    private static Secret url(final String text) {
        return Secret.ofUrl(text, URI.create(text));
    }

    @Test
    void shouldPrintOneScreen() throws ConfigException {
        assertEquals(
                """
                monitor:
                  name: plumbline
                  dataDirectory: data
                  tick: 50ms
                  lowLatency: false
                  ring: {cells: 65536, cellBytes: 256, wait: timeout-blocking, maxMessage: 8MiB}
                journal: {enabled: true, segment: 128MiB, keepFor: 1d, keepBytes: 20GiB, diskFloor: 5%, fsync: 50ms}
                venues:
                  - name: spot
                    symbols: [BTC/USDT]
                    mostSymbols: 1000
                    channels: [bookTicker, aggTrade]
                    endpoint: null
                    rest: null
                    trust: null
                    rotateAfter: null
                    token: null
                    connections: 1
                redis: []
                detectors:
                  price: {grace: 250ms, window: 30s, frozenVersions: 3, frozenFor: 2s, clearAfter: 1s}
                  staleness: {connection: 5s, symbol: learned, symbolFloor: 5s, symbolCap: 5m, neverSeen: 30s}
                  sequence: {reorderWindow: 100ms}
                  key: {deletedGrace: 250ms, missingAfter: 5s, ttlGrace: 100ms}
                  credential: {warnBefore: 30m}
                cases:
                  for: {default: 0s}
                  keepFiringFor: {default: 5s}
                  severity: {}
                  pageFrom: MEDIUM
                  group: {wait: 1s, interval: 15s, repeat: 30m}
                  maintenance: []
                alerts: []
                http:
                  enabled: true
                  bind: 127.0.0.1
                  port: 8080
                  token: null
                  hosts: []
                  perAddress: {connections: 8, requests: 50}
                gate: {file: null, redis: null}
                diagnostics:
                  freshWithin: 30s
                  silentFor: 30s
                  ping: {warn: 50ms, bad: 100ms}
                  success: {warn: 95%, bad: 80%}
                  failuresPerHour: 5
                  parseErrors: {warn: 5%, bad: 10%}
                  freshness: {warn: 80%, bad: 50%}
                  staleSymbols: 2
                  missingSymbols: 0
                  memory: 80%
                  cpu: 70%
                latency: {interval: 10s, logs: true, keepFor: 7d}
                findings: {path: data/findings.ndjson}
                heartbeat: {url: null, every: 30s, timeout: 10s}
                """,
                ConfigText.load(ConfigText.MINIMAL).toYaml());
    }
}
