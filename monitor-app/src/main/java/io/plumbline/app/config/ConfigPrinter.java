package io.plumbline.app.config;

import io.plumbline.finding.FindingKind;
import io.plumbline.market.Channel;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A concluded configuration as YAML that loads to the same again, secrets withheld. */
final class ConfigPrinter {
    private ConfigPrinter() {}

    static String print(final Config config) {
        final DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        options.setWidth(120);
        options.setSplitLines(false);
        options.setDereferenceAliases(true);
        options.setIndent(2);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        final Map<String, Object> top = new LinkedHashMap<>();
        top.put("monitor", monitor(config.monitor()));
        top.put("journal", journal(config.journal()));
        if (!config.providers().isEmpty()) {
            top.put(
                    "providers",
                    config.providers().stream().map(ProviderConfig::description).toList());
        }
        top.put("venues", config.venues().stream().map(ConfigPrinter::venue).toList());
        top.put("redis", config.redis().stream().map(ConfigPrinter::redis).toList());
        if (!config.databases().isEmpty()) {
            top.put("databases", config.databases().stream().map(DatabaseReader::print).toList());
        }
        top.put("detectors", detectors(config.detectors()));
        top.put("cases", cases(config.cases()));
        top.put("alerts", config.alerts().stream().map(ConfigPrinter::alert).toList());
        top.put("http", HttpReader.print(config.http()));
        top.put("gate", GateReader.print(config.gate()));
        top.put("diagnostics", DiagnosticsReader.print(config.diagnostics()));
        top.put(
                "latency",
                map(
                        "interval", time(config.latency().interval()),
                        "logs", config.latency().logs(),
                        "keepFor", time(config.latency().keepFor())));
        top.put("findings", map("path", text(config.findings().path())));
        top.put(
                "heartbeat",
                map(
                        "url", secret(config.heartbeat().url()),
                        "every", time(config.heartbeat().every()),
                        "timeout", time(config.heartbeat().timeout())));
        return new Yaml(options).dump(top);
    }

    private static Map<String, Object> monitor(final MonitorConfig monitor) {
        return map(
                "name", text(monitor.name()),
                "dataDirectory", text(monitor.dataDirectory()),
                "tick", time(monitor.tick()),
                "lowLatency", monitor.lowLatency(),
                "ring",
                        map(
                                "cells", monitor.ring().cells(),
                                "cellBytes", monitor.ring().cellBytes(),
                                "wait", monitor.ring().waitStrategy().label(),
                                "maxMessage", Sizes.print(monitor.ring().maxMessageBytes())));
    }

    private static Map<String, Object> journal(final JournalConfig journal) {
        return map(
                "enabled", journal.enabled(),
                "segment", Sizes.print(journal.segmentBytes()),
                "keepFor", time(journal.keepFor()),
                "keepBytes", Sizes.print(journal.keepBytes()),
                "diskFloor", journal.diskFloorPercent() + "%",
                "fsync", time(journal.fsync()));
    }

    private static Map<String, Object> venue(final VenueConfig venue) {
        return map(
                "name", venue.name(),
                "symbols", symbols(venue),
                "mostSymbols", venue.universe().most(),
                "channels", venue.channels().stream().map(Channel::label).toList(),
                "endpoint", text(venue.endpoint()),
                "rest", venue.exchangeInformation() ? text(venue.rest()) : "none",
                "trust", text(venue.trust()),
                "rotateAfter", time(venue.rotateAfter()),
                "token", secret(venue.token()),
                "connections", venue.connections());
    }

    /** What is named, then what is still to be concluded. */
    private static Object symbols(final VenueConfig venue) {
        final List<String> symbols = new ArrayList<>(venue.symbols());
        if (venue.universe().redis()) {
            symbols.add(SymbolsReader.REDIS);
        }
        symbols.addAll(venue.universe().patterns());
        venue.universe().exclusions().forEach(glob -> symbols.add("!" + glob));
        return symbols.isEmpty()
                ? SymbolsReader.NONE
                : symbols.stream().map(ConfigPrinter::text).toList();
    }

    private static Map<String, Object> redis(final RedisConfig redis) {
        final Map<String, Object> server = map("name", text(redis.name()));
        server.putAll(reached(redis));
        server.putAll(
                map(
                        "required", redis.required(),
                        "rung", RedisReader.label(redis.rung()),
                        "sampling", time(redis.sampling()),
                        "sweep", time(redis.sweep()),
                        "keys", redis.keys().stream().map(ConfigPrinter::key).toList()));
        server.put(
                "misnamed",
                map("scan", redis.misnamed() == null ? RedisReader.OFF : time(redis.misnamed())));
        server.put("health", health(redis.health()));
        ToldPrinter.print(redis.told(), server);
        AroundPrinter.print(redis.around(), server);
        return server;
    }

    /** Where it is, and as whom it is asked. */
    static Map<String, Object> reached(final RedisConfig redis) {
        final RedisPlace place = redis.place();
        return map(
                "uri",
                place instanceof RedisPlace.Server at ? text(at.uri()) : null,
                "sentinel",
                place instanceof RedisPlace.Sentinels at ? sentinel(at) : null,
                "cluster",
                place instanceof RedisPlace.Cluster at ? cluster(at) : null,
                "user",
                text(redis.user()),
                "password",
                secret(redis.password()),
                "trust",
                text(redis.trust()));
    }

    private static Map<String, Object> health(final HealthConfig health) {
        return map(
                "enabled", health.enabled(),
                "every", time(health.every()),
                "ping", time(health.ping()),
                "memory", health.memoryPercent() + "%",
                "evictions", health.evictions(),
                "replicaLag", time(health.replicaLag()),
                "replicaBytes", Sizes.print(health.replicaBytes()));
    }

    private static Map<String, Object> sentinel(final RedisPlace.Sentinels at) {
        return map(
                "master", text(at.master()),
                "nodes", at.nodes().stream().map(ConfigPrinter::text).toList(),
                "database", at.database(),
                "tls", at.tls(),
                "user", text(at.user()),
                "password", secret(at.password()),
                "trust", text(at.trust()));
    }

    private static Map<String, Object> cluster(final RedisPlace.Cluster at) {
        return map(
                "nodes", at.nodes().stream().map(ConfigPrinter::text).toList(),
                "tls", at.tls(),
                "maxNodes", at.maxNodes());
    }

    private static Map<String, Object> key(final KeyRule key) {
        return map(
                "pattern", text(key.pattern()),
                "venue", key.venue(),
                "symbols",
                        key.whole()
                                ? null
                                : key.symbols().stream().map(ConfigPrinter::text).toList(),
                "reference", key.reference().label(),
                "format", text(key.format()),
                "lagBudget", time(key.lagBudget()),
                "closeLag", time(key.closeLag()),
                "tolerance",
                        map(
                                "ticks", key.tolerance().ticks(),
                                "bps", number(key.tolerance().bps())),
                "ttl",
                        map(
                                "expected", expected(key.ttl()),
                                "shortest", time(key.ttl().shortest())),
                "writer", text(key.writer()));
    }

    private static Object expected(final KeyRule.Ttl ttl) {
        return ttl.length().isZero() ? ttl.expected() : time(ttl.length());
    }

    private static Map<String, Object> detectors(final DetectorsConfig detectors) {
        final DetectorsConfig.Price price = detectors.price();
        final DetectorsConfig.Staleness staleness = detectors.staleness();
        final DetectorsConfig.Key key = detectors.key();
        return map(
                "price",
                        map(
                                "grace", time(price.grace()),
                                "window", time(price.window()),
                                "frozenVersions", price.frozenVersions(),
                                "frozenFor", time(price.frozenFor()),
                                "clearAfter", time(price.clearAfter())),
                "staleness",
                        map(
                                "connection", time(staleness.connection()),
                                "symbol",
                                        staleness.symbol() == null
                                                ? "learned"
                                                : time(staleness.symbol()),
                                "symbolFloor", time(staleness.symbolFloor()),
                                "symbolCap", time(staleness.symbolCap()),
                                "neverSeen", time(staleness.neverSeen())),
                "sequence", map("reorderWindow", time(detectors.sequence().reorderWindow())),
                "key",
                        map(
                                "deletedGrace", time(key.deletedGrace()),
                                "missingAfter", time(key.missingAfter()),
                                "ttlGrace", time(key.ttlGrace())),
                "credential", map("warnBefore", time(detectors.credential().warnBefore())));
    }

    private static Map<String, Object> cases(final CasesConfig cases) {
        return map(
                "for", perKind(cases.pendingFor()),
                "keepFiringFor", perKind(cases.keepFiringFor()),
                "severity", byKind(cases.severities(), Enum::name),
                "pageFrom", cases.pageFrom().name(),
                "group",
                        map(
                                "wait", time(cases.group().gather()),
                                "interval", time(cases.group().interval()),
                                "repeat", time(cases.group().repeat())),
                "maintenance", cases.maintenance().stream().map(MaintenanceReader::print).toList());
    }

    private static Map<String, Object> perKind(final CasesConfig.PerKind durations) {
        final Map<String, Object> printed = map("default", time(durations.byDefault()));
        printed.putAll(byKind(durations.byKind(), ConfigPrinter::time));
        return printed;
    }

    private static <T> Map<String, Object> byKind(
            final Map<FindingKind, T> values, final Function<T, String> label) {
        final Map<String, Object> printed = new LinkedHashMap<>();
        for (final FindingKind kind : FindingKind.values()) {
            if (values.containsKey(kind)) {
                printed.put(kind.name(), label.apply(values.get(kind)));
            }
        }
        return printed;
    }

    private static Map<String, Object> alert(final AlertConfig alert) {
        if (alert instanceof AlertConfig.File file) {
            return map("type", "file", "name", text(file.name()), "path", text(file.path()));
        }
        if (alert instanceof AlertConfig.Exec exec) {
            final List<String> command = exec.command().stream().map(ConfigPrinter::text).toList();
            return map(
                    "type",
                    "exec",
                    "name",
                    text(exec.name()),
                    "command",
                    command,
                    "timeout",
                    time(exec.timeout()));
        }
        if (alert instanceof AlertConfig.PagerDuty pager) {
            return map(
                    "type", "pagerduty",
                    "name", text(pager.name()),
                    "routingKey", secret(pager.routingKey()),
                    "url", text(pager.url()),
                    "timeout", time(pager.timeout()));
        }
        if (alert instanceof AlertConfig.Alertmanager manager) {
            return map(
                    "type", "alertmanager",
                    "name", text(manager.name()),
                    "urls", manager.urls().stream().map(ConfigPrinter::text).toList(),
                    "headers", secrets(manager.headers()),
                    "repeat", time(manager.repeat()),
                    "watchdog", manager.watchdog(),
                    "timeout", time(manager.timeout()));
        }
        if (alert instanceof AlertConfig.Slack slack) {
            return map(
                    "type", "slack",
                    "name", text(slack.name()),
                    "url", secret(slack.url()),
                    "timeout", time(slack.timeout()));
        }
        return alert instanceof AlertConfig.Email email
                ? email(email)
                : webhook((AlertConfig.Webhook) alert);
    }

    private static Map<String, Object> email(final AlertConfig.Email email) {
        return map(
                "type", "email",
                "name", text(email.name()),
                "host", text(email.host()),
                "port", email.port(),
                "encryption", email.encryption().label(),
                "user", email.user().isEmpty() ? null : text(email.user()),
                "password", secret(email.password()),
                "from", text(email.from()),
                "to", email.to().stream().map(ConfigPrinter::text).toList(),
                "timeout", time(email.timeout()));
    }

    private static Map<String, Object> webhook(final AlertConfig.Webhook webhook) {
        return map(
                "type", "webhook",
                "name", text(webhook.name()),
                "url", secret(webhook.url()),
                "secret", secret(webhook.secret()),
                "headers", secrets(webhook.headers()),
                "body", webhook.body().isEmpty() ? null : text(webhook.body()),
                "resolve",
                        map(
                                "url",
                                secret(webhook.resolveUrl()),
                                "body",
                                webhook.resolveBody().isEmpty()
                                        ? null
                                        : text(webhook.resolveBody())),
                "timeout", time(webhook.timeout()));
    }

    private static Map<String, Object> secrets(final Map<String, Secret> headers) {
        final Map<String, Object> shown = new LinkedHashMap<>();
        headers.forEach((header, value) -> shown.put(header, secret(value)));
        return shown;
    }

    /** Keys and values in turn, in this order. */
    static Map<String, Object> map(final Object... keysAndValues) {
        final Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    static String text(final Object value) {
        return value == null ? null : Interpolation.escape(value.toString());
    }

    /** Whole numbers without a YAML tag. */
    private static Number number(final BigDecimal value) {
        if (value.scale() == 0) {
            return value.intValueExact();
        }
        return value;
    }

    static String secret(final Secret secret) {
        return secret.isGiven() ? secret.toString() : null;
    }

    static String time(final Duration duration) {
        return duration == null ? null : Durations.print(duration);
    }
}
