package io.plumbline.app.universe;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.KeyRule;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.config.Universe;
import io.plumbline.app.config.VenueConfig;
import io.plumbline.market.Instruments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a configuration with patterns, or with {@code symbols: redis}, into one that names every
 * symbol. Whatever cannot be had is told and left out: what is named is always watched.
 */
public final class UniverseResolver {
    private final Outside outside;

    public UniverseResolver(final Outside outside) {
        this.outside = outside;
    }

    /** Asks whoever must be asked, one after the other; nobody where every symbol is named. */
    public Conclusion conclude(final Config config) {
        final List<String> failures = new ArrayList<>();
        final List<String> overruns = new ArrayList<>();
        final List<String> unknown = new ArrayList<>();
        final Map<String, VenueConfig> venues = new LinkedHashMap<>();
        int room =
                Instruments.LIMIT
                        - config.venues().stream().mapToInt(venue -> venue.symbols().size()).sum();
        for (final VenueConfig venue : config.venues()) {
            if (venue.universe().isNamed()) {
                venues.put(venue.name(), venue);
                continue;
            }
            final VenueUniverse universe =
                    new VenueUniverse(config.catalogue().find(venue.name()), venue, outside);
            universe.ask(config.redis());
            failures.addAll(universe.failures());
            unknown.addAll(universe.unknown());
            final List<String> found = universe.found();
            final int most = Math.min(room, venue.universe().most());
            if (found.size() > most) {
                overruns.add(overrun(venue, found.size(), most));
            }
            final List<String> watched = new ArrayList<>(venue.symbols());
            watched.addAll(found.subList(0, Math.min(most, found.size())));
            room -= watched.size() - venue.symbols().size();
            venues.put(venue.name(), venue.concluded(watched));
        }
        return new Conclusion(
                with(config, venues, redis(config, venues)), failures, overruns, unknown);
    }

    private static String overrun(final VenueConfig venue, final int found, final int most) {
        return venue.name()
                + ": "
                + found
                + " symbols are meant and only the first "
                + most
                + " by name are watched: write narrower patterns"
                + (most == venue.universe().most()
                        ? ", or raise mostSymbols"
                        : "; one monitor watches " + Instruments.LIMIT);
    }

    private static List<RedisConfig> redis(
            final Config config, final Map<String, VenueConfig> venues) {
        final List<RedisConfig> servers = new ArrayList<>();
        for (final RedisConfig server : config.redis()) {
            final List<KeyRule> rules = new ArrayList<>();
            final Set<String> keys = new HashSet<>();
            for (final KeyRule rule : server.keys()) {
                final KeyRule concluded = rule(rule, config, venues.get(rule.venue()), keys);
                if (concluded.whole() || !concluded.symbols().isEmpty()) {
                    rules.add(concluded);
                }
            }
            if (!rules.isEmpty()) {
                servers.add(server.withKeys(rules));
            }
        }
        return servers;
    }

    /**
     * The rule for what is watched now. A key that an earlier rule has stays with that one.
     *
     * @param keys the keys that rules have so far
     */
    private static KeyRule rule(
            final KeyRule rule,
            final Config asked,
            final VenueConfig venue,
            final Set<String> keys) {
        final Universe universe = asked.venue(rule.venue()).universe();
        final List<String> symbols =
                new ArrayList<>(rule.whole() ? venue.symbols() : rule.symbols());
        if (!universe.isNamed()) {
            symbols.retainAll(new HashSet<>(venue.symbols()));
        }
        symbols.removeIf(symbol -> !keys.add(rule.key(symbol)));
        return rule.of(symbols, rule.whole() && symbols.equals(venue.symbols()));
    }

    private static Config with(
            final Config config,
            final Map<String, VenueConfig> venues,
            final List<RedisConfig> redis) {
        return new Config(
                config.monitor(),
                config.journal(),
                config.providers(),
                List.copyOf(venues.values()),
                redis,
                config.databases(),
                config.detectors(),
                config.cases(),
                config.alerts(),
                config.http(),
                config.gate(),
                config.diagnostics(),
                config.latency(),
                config.findings(),
                config.heartbeat());
    }

    /** Symbols by venue that {@code now} has and {@code before} has not. */
    static Map<String, List<String>> added(final Config before, final Config now) {
        final Map<String, List<String>> added = new HashMap<>();
        for (final VenueConfig venue : now.venues()) {
            final List<String> symbols = new ArrayList<>(venue.symbols());
            symbols.removeAll(new HashSet<>(before.venue(venue.name()).symbols()));
            if (!symbols.isEmpty()) {
                added.put(venue.name(), symbols);
            }
        }
        return added;
    }
}
