package io.plumbline.app.watch;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.DatabaseConfig;
import io.plumbline.app.config.KeyRule;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.market.Instruments;
import io.plumbline.market.WatchedKeys;
import io.plumbline.market.probe.TableRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of databases as rules for the detector: a row for each symbol that is watched. */
final class DatabaseTables {
    private final Config config;
    private final Instruments instruments;
    private final WatchedKeys keys;
    private final Map<String, Integer> idsByName = new HashMap<>();

    DatabaseTables(final Config config, final Instruments instruments, final WatchedKeys keys) {
        this.config = config;
        this.instruments = instruments;
        this.keys = keys;
        keys.all().forEach(key -> idsByName.putIfAbsent(key.name(), key.id()));
    }

    /**
     * @param source the probes that read this database
     */
    List<TableRule> rules(final DatabaseConfig database, final int source) {
        final List<TableRule> rules = new ArrayList<>();
        for (final DatabaseConfig.Table table : database.tables()) {
            rules.add(
                    new TableRule(
                            source,
                            table.table(),
                            "database/" + database.name() + ' ' + table.table(),
                            table.spelling(),
                            table.venue() == null ? byKey(table) : byVenue(table),
                            table.tolerance().ticks(),
                            table.tolerance().bpsDecimal(),
                            table.maxAge().toNanos()));
        }
        return rules;
    }

    private List<TableRule.Row> byKey(final DatabaseConfig.Table table) {
        final List<TableRule.Row> rows = new ArrayList<>();
        for (final RedisConfig server : config.redis()) {
            for (final KeyRule rule : server.keys()) {
                if (rule.pattern().equals(table.key())) {
                    for (final String symbol : rule.symbols()) {
                        final WatchedKeys.WatchedKey key =
                                keys.key(idsByName.get(rule.key(symbol)));
                        rows.add(
                                new TableRule.Row(
                                        symbol,
                                        instruments.instrument(key.instrument()).venueSymbol(),
                                        key.id(),
                                        key.instrument(),
                                        key.field()));
                    }
                }
            }
        }
        return rows;
    }

    private List<TableRule.Row> byVenue(final DatabaseConfig.Table table) {
        final List<TableRule.Row> rows = new ArrayList<>();
        for (int id = 0; id < instruments.size(); id++) {
            final Instruments.Instrument instrument = instruments.instrument(id);
            if (instrument.venue().equals(table.venue())) {
                rows.add(
                        new TableRule.Row(
                                instrument.symbol(),
                                instrument.venueSymbol(),
                                -1,
                                id,
                                table.reference()));
            }
        }
        return rows;
    }
}
