package io.plumbline.app.watch;

import io.plumbline.app.config.AroundConfig;
import io.plumbline.app.config.Config;
import io.plumbline.app.config.KeyRule;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.config.RedisPlace;
import io.plumbline.feed.redis.AclRule;
import io.plumbline.feed.redis.KeyForm;
import io.plumbline.feed.redis.KeyPattern;
import io.plumbline.feed.redis.ValueFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the monitor asks of a configured Redis, as permissions: only for what the file names. */
public final class RedisPermissions {
    private RedisPermissions() {}

    /** What its user must be allowed at every node. */
    public static AclRule of(
            final Config whole,
            final RedisConfig config,
            final String user,
            final AclRule.Version version) {
        final List<String> names = new ArrayList<>();
        final List<String> globs = new ArrayList<>();
        final List<ValueFormat> formats = new ArrayList<>();
        boolean scans = false;
        for (final KeyRule rule : config.keys()) {
            globs.add(
                    Arrays.stream(rule.pattern().split(Pattern.quote(KeyRule.SYMBOL), -1))
                            .map(KeyPattern::literal)
                            .collect(Collectors.joining("*")));
            formats.add(ValueFormat.parse(rule.format().toString()));
            rule.symbols().forEach(symbol -> names.add(rule.key(symbol)));
            scans |= rule.tellsSymbols() && whole.venue(rule.venue()).universe().redis();
        }
        final AclRule rule =
                new AclRule(user, version)
                        .prices(
                                RedisServers.settings(config),
                                RedisServers.topology(config),
                                names,
                                globs,
                                formats);
        around(config.around(), RedisServers.settings(config).database(), rule);
        health(config, rule);
        if (config.scansNames()) {
            rule.asks("scan", "pttl", "get");
        }
        return scans ? rule.asks("scan") : rule;
    }

    /** What the sentinels' user must be allowed; empty where the configuration names none. */
    public static Optional<String> atSentinels(final RedisConfig config) {
        return config.place() instanceof RedisPlace.Sentinels at && at.user() != null
                ? Optional.of(
                        new AclRule(at.user(), AclRule.Version.SEVEN)
                                .asks("ping", "client|setname", "sentinel|get-master-addr-by-name")
                                .line())
                : Optional.empty();
    }

    private static void around(final AroundConfig around, final int database, final AclRule rule) {
        for (final AroundConfig.Stream stream : around.streams()) {
            rule.reads(
                    KeyPattern.literal(stream.key()),
                    "time",
                    "xinfo|stream",
                    "xinfo|groups",
                    "xinfo|consumers",
                    "xpending",
                    "xrange");
        }
        for (final AroundConfig.Queue queue : around.queues()) {
            rule.reads(KeyPattern.literal(queue.key()), "time", "llen", "lrange", "client|list");
            if (!queue.result().isEmpty()) {
                rule.reads(glob(queue.result()), "exists", "scan");
                rule.listens("__keyspace@" + database + "__:" + glob(queue.result()), "psubscribe");
            }
        }
        for (final AroundConfig.Snapshot snapshot : around.snapshots()) {
            rule.reads(glob(snapshot.pattern()), "time", "get", "hgetall", "pttl", "scan");
        }
        for (final AroundConfig.Event event : around.events()) {
            rule.listens(event.pattern(), "psubscribe");
        }
        for (final AroundConfig.NoExpiry noExpiry : around.noExpiry()) {
            rule.reads(noExpiry.pattern(), "pttl", "scan");
        }
    }

    private static String glob(final String form) {
        return new KeyForm(form).glob();
    }

    /** What the nodes are asked about their own health. */
    private static void health(final RedisConfig config, final AclRule rule) {
        if (config.health().enabled()) {
            rule.asks("info", "slowlog|len", "slowlog|get", "client|list", "config|get");
        }
    }
}
