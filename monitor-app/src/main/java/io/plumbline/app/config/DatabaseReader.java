package io.plumbline.app.config;

import io.plumbline.market.Field;
import io.plumbline.market.probe.SymbolSpelling;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The databases that are compared with Redis. */
final class DatabaseReader {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_$]{0,62}";
    private static final Pattern COLUMN = Pattern.compile(NAME);
    private static final Pattern TABLE = Pattern.compile("(" + NAME + "\\.)?" + NAME);
    private static final Pattern URL =
            Pattern.compile("jdbc:sqlite:[^?:][^?]*|jdbc:postgresql:[^\\s]+");
    private static final Pattern PASSWORD = Pattern.compile("(?i)[?&](password|user)=|//[^/]*@");

    private final Map<String, String> patterns = new LinkedHashMap<>();
    private final Map<String, String> venues = new LinkedHashMap<>();

    DatabaseReader(final List<VenueConfig> venues, final List<RedisConfig> redis) {
        venues.forEach(venue -> this.venues.put(venue.name(), venue.name()));
        for (final RedisConfig server : redis) {
            server.keys().forEach(rule -> patterns.put(rule.pattern(), rule.pattern()));
        }
    }

    List<DatabaseConfig> read(final YamlMap top) {
        final List<DatabaseConfig> databases = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final YamlValue item : top.list("databases")) {
            final YamlMap at = item.map();
            final DatabaseConfig database = database(at);
            at.done();
            if (!names.add(database.name())) {
                at.problem("name", "\"" + database.name() + "\" is given twice; remove one");
            }
            databases.add(database);
        }
        return databases;
    }

    private DatabaseConfig database(final YamlMap at) {
        final YamlValue password = at.find("password");
        final List<DatabaseConfig.Table> tables = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final YamlValue item : at.list("tables")) {
            final YamlMap map = item.map();
            final DatabaseConfig.Table table = table(map);
            map.done();
            if (!names.add(table.table())) {
                map.problem("table", "\"" + table.table() + "\" is given twice; remove one");
            }
            tables.add(table);
        }
        if (at.isEmptyList("tables")) {
            at.problem("tables", "no table; write `tables: [{table: t, symbol: s, price: p}]`");
        }
        return new DatabaseConfig(
                at.value("name", "main", Values::text),
                at.required("url", "jdbc:sqlite:prisma/pms.db", "", DatabaseReader::url),
                at.value("user", null, Values::text),
                password == null ? Secret.NONE : AlertReader.secret(password),
                at.value("every", Duration.ofSeconds(10), Values.duration("100ms", "1h")),
                tables);
    }

    private static String url(final String text) {
        if (PASSWORD.matcher(text).find()) {
            throw new BadValue("carries a user or password; write `user` and `password` beside it");
        }
        if (!URL.matcher(text).matches()) {
            throw new BadValue(
                    "is no address; write jdbc:sqlite:FILE or jdbc:postgresql://HOST:PORT/NAME");
        }
        return text;
    }

    private DatabaseConfig.Table table(final YamlMap at) {
        final boolean byVenue = at.given("venue");
        final DatabaseConfig.Table table =
                new DatabaseConfig.Table(
                        at.required("table", "VirtualPosition", "", named(TABLE)),
                        at.required("symbol", "symbol", "", named(COLUMN)),
                        at.required("price", "markPrice", "", named(COLUMN)),
                        at.value("updated", null, named(COLUMN)),
                        byVenue ? null : key(at),
                        at.value("venue", null, Values.choice("configured venue", venues)),
                        at.value(
                                "reference",
                                Field.LAST,
                                Values.choice("reference", List.of(Field.values()), Field::label)),
                        at.value(
                                "spelling",
                                SymbolSpelling.CCXT,
                                Values.choice(
                                        "spelling",
                                        List.of(SymbolSpelling.values()),
                                        SymbolSpelling::label)),
                        tolerance(at.map("tolerance")),
                        at.value("maxAge", Duration.ofSeconds(30), Values.duration("100ms", "1h")),
                        at.value("mostRows", 2_000, Values.integer(1, 100_000)));
        if (byVenue && at.given("key")) {
            at.problem("key", "stands beside `venue`; the rows have one or the other, remove one");
        }
        return table;
    }

    /** The only pattern where there is but one. */
    private String key(final YamlMap at) {
        if (!at.given("key") && patterns.size() == 1) {
            return patterns.keySet().iterator().next();
        }
        return at.required(
                "key",
                patterns.isEmpty() ? "\"pms:price:{symbol}\"" : '"' + first(patterns) + '"',
                null,
                Values.choice("pattern of a key rule", patterns));
    }

    private static String first(final Map<String, String> patterns) {
        return patterns.keySet().iterator().next();
    }

    private static ValueReader<String> named(final Pattern form) {
        return text -> {
            if (!form.matcher(text).matches()) {
                throw new BadValue("is no plain name; write letters, digits, _ and $ only");
            }
            return text;
        };
    }

    private static KeyRule.Tolerance tolerance(final YamlMap at) {
        final KeyRule.Tolerance tolerance =
                new KeyRule.Tolerance(
                        at.value("ticks", 0, Values.integer(0, 1_000_000)),
                        at.value("bps", BigDecimal.ZERO, Values::decimal));
        at.done();
        return tolerance;
    }

    /** As YAML that loads to the same again. */
    static Map<String, Object> print(final DatabaseConfig database) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", Interpolation.escape(database.name()));
        map.put("url", Interpolation.escape(database.url()));
        map.put("user", database.user() == null ? null : Interpolation.escape(database.user()));
        map.put("password", database.password().isGiven() ? database.password().toString() : null);
        map.put("every", Durations.print(database.every()));
        map.put("tables", database.tables().stream().map(DatabaseReader::print).toList());
        return map;
    }

    private static Map<String, Object> print(final DatabaseConfig.Table table) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("table", table.table());
        map.put("symbol", table.symbol());
        map.put("price", table.price());
        map.put("updated", table.updated());
        map.put("key", table.key() == null ? null : Interpolation.escape(table.key()));
        map.put("venue", table.venue());
        map.put("reference", table.reference().label());
        map.put("spelling", table.spelling().label());
        final BigDecimal bps = table.tolerance().bps();
        final Map<String, Object> tolerance = new LinkedHashMap<>();
        tolerance.put("ticks", table.tolerance().ticks());
        tolerance.put("bps", bps.scale() == 0 ? (Object) bps.intValueExact() : bps);
        map.put("tolerance", tolerance);
        map.put("maxAge", Durations.print(table.maxAge()));
        map.put("mostRows", table.mostRows());
        return map;
    }
}
