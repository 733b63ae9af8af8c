package io.plumbline.app.config;

import io.plumbline.market.Glob;
import java.util.List;

/**
 * Which symbols of a venue are watched beside those that are named: they are concluded at start,
 * from what the venue lists and from the keys that stand in Redis.
 *
 * @param patterns globs over ccxt symbols: {@code *} any characters, {@code ?} one
 * @param exclusions globs of what is not watched although a pattern or a key says so
 * @param redis whether every symbol is watched that has a key of the venue's key rules
 * @param most the most symbols that are concluded so
 */
public record Universe(List<String> patterns, List<String> exclusions, boolean redis, int most) {
    /** The most symbols where nothing is configured. */
    public static final int MOST = 1_000;

    /** Only what is named. */
    public static final Universe NAMED = new Universe(List.of(), List.of(), false, MOST);

    public Universe {
        patterns = List.copyOf(patterns);
        exclusions = List.copyOf(exclusions);
    }

    /** Whether there is nothing to conclude. */
    public boolean isNamed() {
        return patterns.isEmpty() && !redis;
    }

    /** Whether a pattern says that this symbol is watched, and no exclusion that it is not. */
    public boolean includes(final String symbol) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, symbol)) && !excludes(symbol);
    }

    public boolean excludes(final String symbol) {
        return exclusions.stream().anyMatch(pattern -> matches(pattern, symbol));
    }

    /** The same with everything concluded. */
    public Universe concluded() {
        return new Universe(List.of(), List.of(), false, most);
    }

    /** Whether {@code text} is what the glob describes. */
    public static boolean matches(final String glob, final String text) {
        return Glob.matches(glob, text);
    }
}
