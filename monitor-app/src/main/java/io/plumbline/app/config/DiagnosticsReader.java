package io.plumbline.app.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The part {@code diagnostics}, and back to YAML. */
final class DiagnosticsReader {
    private static final ValueReader<Duration> AGE = Values.duration("1s", "1d");
    private static final ValueReader<Duration> PING = Values.duration("1ms", "10s");
    private static final ValueReader<Integer> COUNT = Values.integer(0, 1_000_000);

    private DiagnosticsReader() {}

    static DiagnosticsConfig read(final YamlMap at) {
        final DiagnosticsConfig guide = DiagnosticsConfig.GUIDE;
        final DiagnosticsConfig read =
                new DiagnosticsConfig(
                        at.value("freshWithin", guide.freshWithin(), AGE),
                        at.value("silentFor", guide.silentFor(), AGE),
                        ping(at.map("ping")),
                        percents(at.map("success"), guide.success(), false),
                        at.value("failuresPerHour", guide.failuresPerHour(), COUNT),
                        percents(at.map("parseErrors"), guide.parseErrors(), true),
                        percents(at.map("freshness"), guide.freshness(), false),
                        at.value("staleSymbols", guide.staleSymbols(), COUNT),
                        at.value("missingSymbols", guide.missingSymbols(), COUNT),
                        at.value("memory", guide.memory(), Values::percent),
                        at.value("cpu", guide.cpu(), Values::percent));
        at.done();
        return read;
    }

    private static DiagnosticsConfig.Ping ping(final YamlMap at) {
        final DiagnosticsConfig.Ping guide = DiagnosticsConfig.GUIDE.ping();
        final DiagnosticsConfig.Ping ping =
                new DiagnosticsConfig.Ping(
                        at.value("warn", guide.warn(), PING), at.value("bad", guide.bad(), PING));
        if (ping.warn().compareTo(ping.bad()) >= 0) {
            at.problem("warn", "is not below `bad`; lower it");
        }
        at.done();
        return ping;
    }

    private static DiagnosticsConfig.Percents percents(
            final YamlMap at, final DiagnosticsConfig.Percents guide, final boolean rising) {
        final DiagnosticsConfig.Percents percents =
                new DiagnosticsConfig.Percents(
                        at.value("warn", guide.warn(), Values::percent),
                        at.value("bad", guide.bad(), Values::percent));
        if (rising ? percents.warn() >= percents.bad() : percents.warn() <= percents.bad()) {
            at.problem(
                    "warn",
                    rising ? "is not below `bad`; lower it" : "is not above `bad`; raise it");
        }
        at.done();
        return percents;
    }

    static Map<String, Object> print(final DiagnosticsConfig config) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("freshWithin", Durations.print(config.freshWithin()));
        map.put("silentFor", Durations.print(config.silentFor()));
        map.put(
                "ping",
                pair(Durations.print(config.ping().warn()), Durations.print(config.ping().bad())));
        map.put("success", pair(config.success()));
        map.put("failuresPerHour", config.failuresPerHour());
        map.put("parseErrors", pair(config.parseErrors()));
        map.put("freshness", pair(config.freshness()));
        map.put("staleSymbols", config.staleSymbols());
        map.put("missingSymbols", config.missingSymbols());
        map.put("memory", config.memory() + "%");
        map.put("cpu", config.cpu() + "%");
        return map;
    }

    private static Map<String, Object> pair(final DiagnosticsConfig.Percents percents) {
        return pair(percents.warn() + "%", percents.bad() + "%");
    }

    private static Map<String, Object> pair(final String warn, final String bad) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("warn", warn);
        map.put("bad", bad);
        return map;
    }
}
