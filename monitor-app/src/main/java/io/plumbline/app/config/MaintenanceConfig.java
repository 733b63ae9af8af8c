package io.plumbline.app.config;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * A time that comes again in which some cases page nobody. At least one of the lists of globs names
 * something.
 *
 * @param days on which it begins; empty for every day
 * @param from by the clocks of {@code zone}
 * @param to on the day after where it is not later than {@code from}
 * @param kinds globs over kinds of findings
 * @param venues globs over names of venues
 * @param symbols globs over ccxt symbols
 * @param sources globs over keys, connections, Redis servers and writers
 */
public record MaintenanceConfig(
        String name,
        Set<DayOfWeek> days,
        LocalTime from,
        LocalTime to,
        ZoneId zone,
        List<String> kinds,
        List<String> venues,
        List<String> symbols,
        List<String> sources) {
    public MaintenanceConfig {
        days = Set.copyOf(days);
        kinds = List.copyOf(kinds);
        venues = List.copyOf(venues);
        symbols = List.copyOf(symbols);
        sources = List.copyOf(sources);
    }
}
