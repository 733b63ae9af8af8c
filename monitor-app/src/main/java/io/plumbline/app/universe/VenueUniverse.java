package io.plumbline.app.universe;

import io.plumbline.app.config.KeyRule;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.config.Universe;
import io.plumbline.app.config.VenueConfig;
import io.plumbline.feed.venue.NearestNames;
import io.plumbline.feed.venue.Venue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The universe of one venue while it is being concluded. One thread, used once. */
final class VenueUniverse {
    private static final int NAMES_SHOWN = 3;

    /** Unknown symbols that are told one by one. */
    private static final int UNKNOWN_SHOWN = 20;

    /** Keys may be of other venues too; past this many for one venue's they are no symbols. */
    private static final int MOST_KEYS = 50_000;

    private final VenueConfig config;
    private final Universe universe;
    private final Venue venue;
    private final Outside outside;
    private final Set<String> found = new TreeSet<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /** Null while it is not known what the venue lists. */
    private Set<String> listed;

    VenueUniverse(final Venue venue, final VenueConfig config, final Outside outside) {
        this.config = config;
        this.universe = config.universe();
        this.venue = venue;
        this.outside = outside;
    }

    /** Symbols in ccxt form beside those that are named, sorted. */
    List<String> found() {
        final Set<String> beside = new LinkedHashSet<>(found);
        config.symbols().forEach(beside::remove);
        return List.copyOf(beside);
    }

    List<String> failures() {
        return failures;
    }

    List<String> unknown() {
        return unknown;
    }

    void ask(final List<RedisConfig> servers) {
        if (config.exchangeInformation()) {
            list();
        }
        if (listed != null) {
            universe.patterns().forEach(this::match);
        }
        if (universe.redis()) {
            keys(servers);
        }
    }

    private void list() {
        try {
            final Set<String> symbols = new TreeSet<>();
            for (final Venue.Reference reference : outside.instruments(venue, config)) {
                final String symbol =
                        reference.symbol().isEmpty()
                                ? venue.toSymbol(reference.venueSymbol())
                                : reference.symbol();
                if (reference.venueSymbol().equals(venueSymbol(symbol))) {
                    symbols.add(symbol);
                }
            }
            if (symbols.isEmpty()) {
                throw new IOException("it lists nothing");
            }
            listed = symbols;
        } catch (final IOException e) {
            if (!universe.patterns().isEmpty()) {
                failures.add(
                        config.name()
                                + ": "
                                + String.join(", ", universe.patterns())
                                + " cannot be told yet, "
                                + e.getMessage());
            }
        }
    }

    /** The venue's name of a symbol, "" where it cannot be one of the venue's. */
    private String venueSymbol(final String symbol) {
        try {
            return venue.toVenueSymbol(symbol);
        } catch (final IllegalArgumentException e) {
            return "";
        }
    }

    private void match(final String pattern) {
        boolean any = false;
        for (final String symbol : listed) {
            if (Universe.matches(pattern, symbol)) {
                any = true;
                if (!universe.excludes(symbol)) {
                    found.add(symbol);
                }
            }
        }
        if (!any) {
            unknown(pattern + " matches nothing that " + config.name() + " lists", pattern);
        }
    }

    private void keys(final List<RedisConfig> servers) {
        int keys = 0;
        boolean asked = true;
        for (final RedisConfig server : servers) {
            for (final KeyRule rule : server.keys()) {
                if (rule.venue().equals(config.name()) && rule.tellsSymbols()) {
                    try {
                        for (final String symbol :
                                outside.symbols(server, rule.pattern(), MOST_KEYS)) {
                            keys += key(symbol) ? 1 : 0;
                        }
                    } catch (final IOException e) {
                        asked = false;
                        failures.add(
                                config.name()
                                        + ": which symbols have a key cannot be told yet, Redis "
                                        + server.name()
                                        + ": "
                                        + e.getMessage());
                    }
                }
            }
        }
        if (asked && keys == 0) {
            failures.add(config.name() + ": no symbol of it has a key in Redis yet");
        }
    }

    /** Whether this is a symbol of the venue that is wanted. */
    private boolean key(final String symbol) {
        if (venueSymbol(symbol).isEmpty() || universe.excludes(symbol)) {
            return false;
        }
        if (listed == null || listed.contains(symbol) || config.symbols().contains(symbol)) {
            found.add(symbol);
        } else {
            unknown(symbol + " has a key and is not listed by " + config.name(), symbol);
        }
        return true;
    }

    private void unknown(final String what, final String name) {
        if (unknown.size() >= UNKNOWN_SHOWN) {
            return;
        }
        final List<String> nearest = NearestNames.of(name.replace("*", ""), listed, NAMES_SHOWN);
        unknown.add(
                what + "; nearest: " + (nearest.isEmpty() ? "none" : String.join(", ", nearest)));
    }
}
