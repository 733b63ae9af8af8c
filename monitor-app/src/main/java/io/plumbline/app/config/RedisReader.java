package io.plumbline.app.config;

import io.plumbline.market.Rung;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The Redis servers. */
final class RedisReader {
    private static final RedisPlace LOCAL =
            new RedisPlace.Server(URI.create("redis://127.0.0.1:6379/0"));

    /** Written where a duration would switch something on. */
    static final String OFF = "off";

    private static final Pattern DATABASE = Pattern.compile("|/|/\\d{1,6}");
    private static final Map<String, Rung> RUNGS = new LinkedHashMap<>();

    static {
        RUNGS.put("auto", Rung.NONE);
        for (final Rung rung :
                List.of(
                        Rung.REPLICATION,
                        Rung.STREAM,
                        Rung.CHANNEL,
                        Rung.NOTIFICATION,
                        Rung.TRACKING,
                        Rung.SAMPLING)) {
            RUNGS.put(rung.label(), rung);
        }
    }

    private final List<VenueConfig> venues;

    /** An address taken apart: what may be shown, and what may not. */
    private record Address(RedisPlace place, String user, String password) {}

    /**
     * @param venues the configured venues
     */
    RedisReader(final List<VenueConfig> venues) {
        this.venues = venues;
    }

    static String label(final Rung rung) {
        return rung == Rung.NONE ? "auto" : rung.label();
    }

    List<RedisConfig> read(final YamlMap top) {
        final List<RedisConfig> servers = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final YamlValue item : top.list("redis")) {
            final YamlMap at = item.map();
            final RedisConfig server = server(at);
            at.done();
            if (!names.add(server.name())) {
                at.problem(
                        "name",
                        "a second Redis named \""
                                + server.name()
                                + "\"; give each a `name` of its own");
            }
            servers.add(server);
        }
        if (servers.isEmpty()) {
            top.warn("redis", "none given: feeds are watched, no price is compared");
        }
        return servers;
    }

    /** A server that is reached as those are, and not watched. */
    static RedisConfig unwatched(final YamlMap at, final String name) {
        final Address address = address(at);
        final HealthConfig usual = HealthConfig.DEFAULT;
        return new RedisConfig(
                name,
                address.place,
                at.value("user", address.user, Values::text),
                password(at, address),
                VenueReader.trust(at),
                false,
                Rung.NONE,
                Duration.ofMillis(10),
                Duration.ofSeconds(1),
                List.of(),
                null,
                ToldConfig.NONE,
                AroundConfig.NONE,
                usual.off());
    }

    private static Secret password(final YamlMap at, final Address address) {
        final YamlValue given = at.find("password");
        if (!address.password.isEmpty() && given != null) {
            at.problem("uri", "carries a password beside `password`; remove it from the address");
        }
        return given == null
                ? Secret.of(address.password)
                : AlertReader.secret(given).from(given::readSecretAgain);
    }

    private RedisConfig server(final YamlMap at) {
        final Address address = address(at);
        final String user = at.value("user", address.user, Values::text);
        final Secret password = password(at, address);
        final Rung rung = at.value("rung", Rung.NONE, Values.choice("rung", RUNGS));
        final List<KeyRule> keys = keys(at);
        return new RedisConfig(
                at.value("name", "main", Values::text),
                address.place,
                user,
                password,
                VenueReader.trust(at),
                at.value("required", false, Values.bool()),
                rung,
                at.value("sampling", Duration.ofMillis(10), Values.duration("1ms", "500ms")),
                at.value("sweep", Duration.ofSeconds(1), Values.duration("10ms", "1h")),
                keys,
                misnamed(at.map("misnamed")),
                ToldReader.read(at, rung, keys),
                AroundReader.read(at),
                health(at.map("health")));
    }

    private static HealthConfig health(final YamlMap at) {
        final HealthConfig usual = HealthConfig.DEFAULT;
        final HealthConfig health =
                new HealthConfig(
                        at.value("enabled", usual.enabled(), Values.bool()),
                        at.value("every", usual.every(), Values.duration("100ms", "1h")),
                        at.value("ping", usual.ping(), Values.duration("1ms", "1m")),
                        at.value("memory", usual.memoryPercent(), Values::percent),
                        at.value("evictions", usual.evictions(), Values.integer(0, 1_000_000_000)),
                        at.value("replicaLag", usual.replicaLag(), Values.duration("1s", "1h")),
                        at.value(
                                "replicaBytes",
                                usual.replicaBytes(),
                                Values.size("1KiB", "1024TiB")));
        at.done();
        return health;
    }

    private static Duration misnamed(final YamlMap at) {
        final ValueReader<Duration> pause = Values.duration("1s", "24h");
        final Duration scan =
                at.value(
                        "scan",
                        Duration.ofSeconds(60),
                        text -> text.equals(OFF) ? null : pause.read(text));
        at.done();
        return scan;
    }

    /** Exactly one of three ways to say where it is. */
    private static Address address(final YamlMap at) {
        final RedisPlace elsewhere = RedisPlaceReader.read(at);
        if (elsewhere != null) {
            return new Address(elsewhere, null, "");
        }
        final YamlValue given = at.find("uri");
        if (given == null) {
            return new Address(LOCAL, null, "");
        }
        final Address address = given.readSecret(new Address(LOCAL, null, ""), RedisReader::split);
        if (!address.password.isEmpty() && !given.refers()) {
            given.warn("a password stands in this file; write `password: ${file:/path}` instead");
        }
        return address;
    }

    private static Address split(final String text) {
        final URI uri = Values.anyUri(text, "redis", "rediss");
        if (!DATABASE.matcher(uri.getRawPath()).matches()
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new BadValue("has more than a database number after the port; write .../0");
        }
        final String[] userInfo =
                (uri.getUserInfo() == null ? "" : uri.getUserInfo()).split(":", 2);
        try {
            final URI bare =
                    new URI(
                            uri.getScheme(),
                            null,
                            uri.getHost(),
                            uri.getPort() < 0 ? 6_379 : uri.getPort(),
                            uri.getPath().length() < 2 ? "/0" : uri.getPath(),
                            null,
                            null);
            return new Address(
                    new RedisPlace.Server(bare),
                    userInfo[0].isEmpty() ? null : userInfo[0],
                    userInfo.length < 2 ? "" : userInfo[1]);
        } catch (final URISyntaxException e) {
            throw new BadValue("is no address; write redis://HOST:PORT/0");
        }
    }

    private List<KeyRule> keys(final YamlMap at) {
        final List<KeyRule> rules = new ArrayList<>();
        final Map<String, String> owners = new HashMap<>();
        for (final YamlValue item : at.list("keys")) {
            final YamlMap rule = item.map();
            final KeyRule read = new KeyRuleReader(venues).read(rule);
            rule.done();
            if (read != null) {
                claim(rule, item.path(), read, owners);
                rules.add(read);
            }
        }
        if (!at.given("keys")) {
            at.warn("keys", "none given: no price is compared; `plumbline profile` proposes some");
        } else if (at.isEmptyList("keys")) {
            at.problem(
                    "keys",
                    "no key to watch; write"
                            + " `keys: [{pattern: \"pms:price:{symbol}\", venue: binance-usdm}]`");
        }
        return rules;
    }

    /** No two rules, and no two symbols of one rule, may give the same key. */
    private static void claim(
            final YamlMap at,
            final String path,
            final KeyRule rule,
            final Map<String, String> owners) {
        for (final String symbol : rule.symbols()) {
            final String owner = path + " (" + symbol + ")";
            final String other = owners.putIfAbsent(rule.key(symbol), owner);
            if (other != null) {
                at.problem(
                        "pattern",
                        "gives the key \""
                                + rule.key(symbol)
                                + "\" a second time, first by "
                                + other
                                + "; change the pattern or `symbols`");
                return;
            }
        }
    }
}
