package io.plumbline.app.config;

import static io.plumbline.app.config.ConfigText.MINIMAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.Rung;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigLoaderTest {
    static final String EVERYTHING =
            """
            monitor:
              name: desk 7
              dataDirectory: /var/lib/plumbline
              tick: 20ms
              lowLatency: true
              ring: {cells: 1024, cellBytes: 1024, wait: busy-spin, maxMessage: 256KiB}
            journal:
              {enabled: false, segment: 1MiB, keepFor: 90m, keepBytes: 20GB, diskFloor: 12%, fsync: 5ms}
            venues:
              - name: spot
                symbols: [BTC/USDT, ETH/USDT]
                channels: [trade]
                endpoint: ws://127.0.0.1:9001/base
                rest: http://127.0.0.1:9002
                rotateAfter: 12h
              - name: perpetual
                symbols: ["BTC/USDT:USDT"]
                mostSymbols: 70
                connections: 2
                channels: [markPrice, bookTicker]
                rest: none
                trust: /etc/plumbline/ca.pem
            redis:
              - name: main
                uri: rediss://cache.internal:6380/3
                user: monitor
                password: ${REDIS_PASSWORD}
                required: true
                rung: tracking
                sampling: 20ms
                sweep: 2s
                keys:
                  - pattern: "px:{symbol}"
                    venue: spot
                    symbols: [ETH/USDT]
                    format: json:p,seq=u,time=E
                    lagBudget: 4s
                    closeLag: 1s
                    tolerance: {ticks: 2, bps: 0.50}
                    ttl: {expected: false}
                    writer: w1
                  - pattern: "mark"
                    venue: perpetual
                    reference: mark
                    format: hash:mark
                    lagBudget: 1s
                    ttl: {shortest: 30s}
            detectors:
              price: {grace: 1ms, window: 9s, frozenVersions: 4, frozenFor: 3s, clearAfter: 2s}
              staleness:
                {connection: 6s, symbol: 7s, symbolFloor: 8s, symbolCap: 9s, neverSeen: 10s}
              sequence: {reorderWindow: 11ms}
              key: {deletedGrace: 12ms, missingAfter: 13ms, ttlGrace: 14ms}
            cases:
              for: {default: 1s, SYMBOL_STALE: 2s}
              keepFiringFor: {default: 3s, PRICE_WRONG: 0s}
              severity: {PRICE_AHEAD: CRITICAL}
              pageFrom: HIGH
            alerts:
              - {type: file, path: /var/log/alerts.ndjson}
              - {type: exec, command: [/usr/local/bin/page, --from, "$${x}", ""], timeout: 3s}
              - name: hook
                type: webhook
                url: ${HOOK}
                secret: ${HOOK_SECRET:-whsec_aGVsbG8=}
                timeout: 4s
            gate: {file: g, redis: {uri: "redis://gate:hunter2@10.0.0.9:6380/1", key: g, ttl: 2s}}
            http: {bind: "::1", port: 0, enabled: false, token: "${TOKEN}", hosts: [Monitor.Example],
              perAddress: {connections: 64, requests: 500}}
            latency: {interval: 1m, logs: false, keepFor: 1h}
            findings: {path: f.ndjson}
            """;

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "REDIS_PASSWORD",
                    "hunter2",
                    "TOKEN",
                    "0123456789abcdef-hunter2",
                    "HOOK",
                    "https://hooks.example:8443/T0/secret?k=v");

    static Config everything() throws ConfigException {
        return new ConfigText(ENVIRONMENT).loader().parse("x.yaml", EVERYTHING);
    }

    @Test
    void defaults() throws ConfigException {
        final Config expected =
                new Config(
                        new MonitorConfig(
                                "plumbline",
                                Path.of("data"),
                                Duration.ofMillis(50),
                                false,
                                new MonitorConfig.Ring(
                                        65_536,
                                        256,
                                        MonitorConfig.WaitStrategy.TIMEOUT_BLOCKING,
                                        8 << 20)),
                        new JournalConfig(
                                true,
                                128L << 20,
                                Duration.ofHours(24),
                                20L << 30,
                                5,
                                Duration.ofMillis(50)),
                        List.of(),
                        List.of(
                                new VenueConfig(
                                        "spot",
                                        List.of("BTC/USDT"),
                                        List.of(Channel.BOOK_TICKER, Channel.AGG_TRADE),
                                        null,
                                        null,
                                        true,
                                        null,
                                        null,
                                        Secret.NONE,
                                        Universe.NAMED,
                                        1)),
                        List.of(
                                new RedisConfig(
                                        "main",
                                        new RedisPlace.Server(
                                                URI.create("redis://127.0.0.1:6379/0")),
                                        null,
                                        Secret.NONE,
                                        null,
                                        false,
                                        Rung.NONE,
                                        Duration.ofMillis(10),
                                        Duration.ofSeconds(1),
                                        List.of(
                                                new KeyRule(
                                                        "px:{symbol}",
                                                        "spot",
                                                        List.of("BTC/USDT"),
                                                        true,
                                                        Field.LAST,
                                                        KeyFormat.parse("plain"),
                                                        Duration.ofMillis(250),
                                                        Duration.ofMillis(125),
                                                        new KeyRule.Tolerance(0, BigDecimal.ZERO),
                                                        new KeyRule.Ttl(
                                                                true, Duration.ZERO, Duration.ZERO),
                                                        "default")),
                                        Duration.ofSeconds(60),
                                        ToldConfig.NONE,
                                        AroundConfig.NONE,
                                        HealthConfig.DEFAULT)),
                        List.of(),
                        new DetectorsConfig(
                                new DetectorsConfig.Price(
                                        Duration.ofMillis(250),
                                        Duration.ofSeconds(30),
                                        3,
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(1)),
                                new DetectorsConfig.Staleness(
                                        Duration.ofSeconds(5),
                                        null,
                                        Duration.ofSeconds(5),
                                        Duration.ofSeconds(300),
                                        Duration.ofSeconds(30)),
                                new DetectorsConfig.Sequence(Duration.ofMillis(100)),
                                new DetectorsConfig.Key(
                                        Duration.ofMillis(250),
                                        Duration.ofSeconds(5),
                                        Duration.ofMillis(100)),
                                new DetectorsConfig.Credential(Duration.ofMinutes(30))),
                        new CasesConfig(
                                new CasesConfig.PerKind(Duration.ZERO, Map.of()),
                                new CasesConfig.PerKind(Duration.ofSeconds(5), Map.of()),
                                Map.of(),
                                Severity.MEDIUM,
                                CasesConfig.Group.DEFAULT,
                                List.of()),
                        List.of(),
                        new HttpConfig(true, "127.0.0.1", 8080, Secret.NONE, List.of(), 8, 50),
                        GateConfig.NONE,
                        DiagnosticsConfig.GUIDE,
                        new LatencyConfig(Duration.ofSeconds(10), true, Duration.ofDays(7)),
                        new FindingsConfig(Path.of("data/findings.ndjson")),
                        new HeartbeatConfig(
                                Secret.NONE, Duration.ofSeconds(30), Duration.ofSeconds(10)));
        assertEquals(
                expected,
                ConfigText.load(
                        MINIMAL + "redis: [{keys: [{pattern: \"px:{symbol}\", venue: spot}]}]"));
    }

    @Test
    void everythingGiven() throws ConfigException {
        final Config config = everything();
        assertEquals(
                new MonitorConfig(
                        "desk 7",
                        Path.of("/var/lib/plumbline"),
                        Duration.ofMillis(20),
                        true,
                        new MonitorConfig.Ring(
                                1_024, 1_024, MonitorConfig.WaitStrategy.BUSY_SPIN, 256 << 10)),
                config.monitor());
        assertEquals(
                new JournalConfig(
                        false,
                        1L << 20,
                        Duration.ofMinutes(90),
                        20_000_000_000L,
                        12,
                        Duration.ofMillis(5)),
                config.journal());
        assertEquals(
                List.of(
                        new VenueConfig(
                                "spot",
                                List.of("BTC/USDT", "ETH/USDT"),
                                List.of(Channel.TRADE),
                                URI.create("ws://127.0.0.1:9001/base"),
                                URI.create("http://127.0.0.1:9002"),
                                true,
                                null,
                                Duration.ofHours(12),
                                Secret.NONE,
                                Universe.NAMED,
                                1),
                        new VenueConfig(
                                "perpetual",
                                List.of("BTC/USDT:USDT"),
                                List.of(Channel.MARK_PRICE, Channel.BOOK_TICKER),
                                null,
                                null,
                                false,
                                Path.of("/etc/plumbline/ca.pem"),
                                null,
                                Secret.NONE,
                                new Universe(List.of(), List.of(), false, 70),
                                2)),
                config.venues());
        assertEquals(
                List.of(
                        new RedisConfig(
                                "main",
                                new RedisPlace.Server(URI.create("rediss://cache.internal:6380/3")),
                                "monitor",
                                Secret.of("hunter2"),
                                null,
                                true,
                                Rung.TRACKING,
                                Duration.ofMillis(20),
                                Duration.ofSeconds(2),
                                List.of(
                                        new KeyRule(
                                                "px:{symbol}",
                                                "spot",
                                                List.of("ETH/USDT"),
                                                false,
                                                Field.LAST,
                                                new KeyFormat(KeyFormat.Kind.JSON, "p", "u", "E"),
                                                Duration.ofSeconds(4),
                                                Duration.ofSeconds(1),
                                                new KeyRule.Tolerance(2, new BigDecimal("0.5")),
                                                new KeyRule.Ttl(
                                                        false, Duration.ZERO, Duration.ZERO),
                                                "w1"),
                                        new KeyRule(
                                                "mark",
                                                "perpetual",
                                                List.of("BTC/USDT:USDT"),
                                                true,
                                                Field.MARK,
                                                new KeyFormat(KeyFormat.Kind.HASH, "mark", "", ""),
                                                Duration.ofSeconds(1),
                                                Duration.ofMillis(500),
                                                new KeyRule.Tolerance(0, BigDecimal.ZERO),
                                                new KeyRule.Ttl(
                                                        true,
                                                        Duration.ZERO,
                                                        Duration.ofSeconds(30)),
                                                "default")),
                                Duration.ofSeconds(60),
                                ToldConfig.NONE,
                                AroundConfig.NONE,
                                HealthConfig.DEFAULT)),
                config.redis());
        assertEquals(
                new CasesConfig(
                        new CasesConfig.PerKind(
                                Duration.ofSeconds(1),
                                Map.of(FindingKind.SYMBOL_STALE, Duration.ofSeconds(2))),
                        new CasesConfig.PerKind(
                                Duration.ofSeconds(3),
                                Map.of(FindingKind.PRICE_WRONG, Duration.ZERO)),
                        Map.of(FindingKind.PRICE_AHEAD, Severity.CRITICAL),
                        Severity.HIGH,
                        CasesConfig.Group.DEFAULT,
                        List.of()),
                config.cases());
        assertEquals(
                List.of(
                        new AlertConfig.File("file", Path.of("/var/log/alerts.ndjson")),
                        new AlertConfig.Exec(
                                "exec",
                                List.of("/usr/local/bin/page", "--from", "${x}", ""),
                                Duration.ofSeconds(3)),
                        new AlertConfig.Webhook(
                                "hook",
                                Secret.of("https://hooks.example:8443/T0/secret?k=v"),
                                Secret.of("whsec_aGVsbG8="),
                                Map.of(),
                                "",
                                Secret.NONE,
                                "",
                                Duration.ofSeconds(4))),
                config.alerts());
        assertEquals(
                new HttpConfig(
                        false,
                        "::1",
                        0,
                        Secret.of("0123456789abcdef-hunter2"),
                        List.of("monitor.example"),
                        64,
                        500),
                config.http());
        assertEquals(
                new LatencyConfig(Duration.ofMinutes(1), false, Duration.ofHours(1)),
                config.latency());
        assertEquals(new FindingsConfig(Path.of("f.ndjson")), config.findings());
    }

    @Test
    void shouldAnswerWhatComponentsAsk() throws ConfigException {
        final Config config = everything();
        assertEquals(
                Duration.ofSeconds(2), config.cases().pendingFor().of(FindingKind.SYMBOL_STALE));
        assertEquals(Duration.ofSeconds(1), config.cases().pendingFor().of(FindingKind.PRICE_LATE));
        assertEquals("spot", config.venue("spot").name());
        assertThrows(IllegalArgumentException.class, () -> config.venue("other"));
        final KeyRule rule = config.redis().get(0).keys().get(0);
        assertEquals("px:ETH/USDT", rule.key("ETH/USDT"));
        assertEquals(Decimal.of("0.5"), rule.tolerance().bpsDecimal());
        assertFalse(new KeyRule.Tolerance(0, BigDecimal.ZERO).bpsDecimal().isGiven());
    }

    @Test
    void shouldKeepVersionsForTwiceTheLongestBudget() throws ConfigException {
        final Config config =
                ConfigText.load(
                        MINIMAL + "redis: [{keys: [{pattern: a, venue: spot, lagBudget: 30s}]}]");
        assertEquals(Duration.ofSeconds(60), config.detectors().price().window());
    }
}
