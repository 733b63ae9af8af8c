package io.plumbline.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The top of the configuration, and those parts that need no room of their own. */
final class ConfigReader {
    private final Map<String, KnownVenue> venues;

    /**
     * @param venues the venues that this build supports, by name
     */
    ConfigReader(final Map<String, KnownVenue> venues) {
        this.venues = venues;
    }

    Config read(final YamlMap top) {
        final MonitorConfig monitor = monitor(top.map("monitor"));
        final JournalConfig journal = journal(top.map("journal"));
        final ProvidersReader described = new ProvidersReader(venues);
        final List<ProviderConfig> providers = described.read(top);
        final VenueReader venueReader = new VenueReader(described.venues());
        final List<VenueConfig> watched = venueReader.read(top);
        final List<RedisConfig> redis = new RedisReader(watched).read(top);
        venueReader.check(redis);
        final List<AlertConfig> alerts = alerts(top, monitor.dataDirectory());
        final FindingsConfig findings = findings(top.map("findings"), monitor.dataDirectory());
        ownFiles(top, alerts, findings, monitor.dataDirectory());
        final Config config =
                new Config(
                        monitor,
                        journal,
                        providers,
                        watched,
                        redis,
                        new DatabaseReader(watched, redis).read(top),
                        new DetectorsReader(longestBudget(redis)).read(top.map("detectors")),
                        CasesReader.read(top.map("cases")),
                        alerts,
                        HttpReader.read(top.map("http")),
                        new GateReader(redis).read(top.map("gate")),
                        DiagnosticsReader.read(top.map("diagnostics")),
                        latency(top.map("latency")),
                        findings,
                        AlertReader.heartbeat(top.map("heartbeat")));
        top.done();
        return config;
    }

    private static MonitorConfig monitor(final YamlMap at) {
        final MonitorConfig monitor =
                new MonitorConfig(
                        at.value("name", "plumbline", Values::text),
                        at.value("dataDirectory", Path.of("data"), Values::path),
                        at.value("tick", Duration.ofMillis(50), Values.duration("1ms", "1s")),
                        at.value("lowLatency", false, Values.bool()),
                        ring(at.map("ring")));
        at.done();
        return monitor;
    }

    private static MonitorConfig.Ring ring(final YamlMap at) {
        final int cells = at.value("cells", 65_536, Values.integer(64, 1 << 24));
        final int cellBytes = at.value("cellBytes", 256, Values.integer(64, 65_536));
        final MonitorConfig.WaitStrategy wait =
                at.value(
                        "wait",
                        MonitorConfig.WaitStrategy.TIMEOUT_BLOCKING,
                        Values.choice(
                                "wait strategy",
                                List.of(MonitorConfig.WaitStrategy.values()),
                                MonitorConfig.WaitStrategy::label));
        final long ringBytes = (long) cells * cellBytes;
        final long maxMessage =
                at.value(
                        "maxMessage",
                        Math.min(8L << 20, ringBytes / 2),
                        Values.size("1KiB", "256MiB"));
        if (Integer.bitCount(cells) != 1) {
            at.problem(
                    "cells", "must be a power of two; write " + Integer.highestOneBit(cells) * 2L);
        }
        if (cellBytes % 8 != 0) {
            at.problem("cellBytes", "must be a multiple of 8; write " + (cellBytes / 8 + 1) * 8);
        }
        if (ringBytes > 1L << 30) {
            at.problem("cells", "cells x cellBytes is more than 1 GiB; lower one of them");
        }
        if (maxMessage > ringBytes / 2) {
            at.problem(
                    "maxMessage",
                    "more than half of the ring ("
                            + Sizes.print(ringBytes)
                            + "); lower it or raise cells");
        }
        at.done();
        return new MonitorConfig.Ring(cells, cellBytes, wait, (int) maxMessage);
    }

    private static JournalConfig journal(final YamlMap at) {
        final JournalConfig journal =
                new JournalConfig(
                        at.value("enabled", true, Values.bool()),
                        at.value("segment", 128L << 20, Values.size("1MiB", "1GiB")),
                        at.value("keepFor", Duration.ofHours(24), Values.duration("1m", "3650d")),
                        at.value("keepBytes", 20L << 30, Values.size("2MiB", "1024TiB")),
                        at.value("diskFloor", 5, Values::percent),
                        at.value("fsync", Duration.ofMillis(50), Values.duration("1ms", "10s")));
        if (journal.keepBytes() < 2 * journal.segmentBytes()) {
            at.problem("keepBytes", "less than two segments; raise it or lower `segment`");
        }
        at.done();
        return journal;
    }

    private static List<AlertConfig> alerts(final YamlMap top, final Path dataDirectory) {
        final List<AlertConfig> alerts = new ArrayList<>();
        final Map<String, Integer> names = new HashMap<>();
        for (final YamlValue item : top.list("alerts")) {
            final YamlMap at = item.map();
            final AlertConfig alert = AlertReader.read(at, dataDirectory);
            at.done();
            if (alert != null) {
                if (names.merge(alert.name(), 1, Integer::sum) > 1) {
                    at.problem(
                            "name",
                            "a second alert named \""
                                    + alert.name()
                                    + "\"; give each a `name` of its own");
                }
                alerts.add(alert);
            }
        }
        if (alerts.isEmpty()) {
            top.warn("alerts", "nobody is paged; add one, for example of type file");
        }
        return alerts;
    }

    /** An alert file is no other file of the monitor's. */
    private static void ownFiles(
            final YamlMap top,
            final List<AlertConfig> alerts,
            final FindingsConfig findings,
            final Path dataDirectory) {
        for (final AlertConfig alert : alerts) {
            if (alert instanceof AlertConfig.File file) {
                final Path path = file.path().toAbsolutePath().normalize();
                if (path.equals(findings.path().toAbsolutePath().normalize())
                        || path.equals(
                                dataDirectory.resolve("outbox.db").toAbsolutePath().normalize())) {
                    top.problem(
                            "alerts",
                            "alert file "
                                    + file.path()
                                    + " is the monitor's own; name another file");
                }
            }
        }
    }

    private static LatencyConfig latency(final YamlMap at) {
        final LatencyConfig latency =
                new LatencyConfig(
                        at.value("interval", Duration.ofSeconds(10), Values.duration("1s", "1h")),
                        at.value("logs", true, Values.bool()),
                        at.value("keepFor", Duration.ofDays(7), Values.duration("1h", "3650d")));
        at.done();
        return latency;
    }

    private static FindingsConfig findings(final YamlMap at, final Path dataDirectory) {
        final FindingsConfig findings =
                new FindingsConfig(
                        at.value("path", dataDirectory.resolve("findings.ndjson"), Values::path));
        at.done();
        return findings;
    }

    private static Duration longestBudget(final List<RedisConfig> redis) {
        return redis.stream()
                .flatMap(server -> server.keys().stream())
                .map(KeyRule::lagBudget)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
