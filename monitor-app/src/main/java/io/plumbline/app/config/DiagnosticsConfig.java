package io.plumbline.app.config;

import java.time.Duration;

/**
 * From when on the diagnostic API calls something poor; the defaults are those of the production
 * guide. Nothing here opens a case: those are the detectors'.
 *
 * @param freshWithin a price written longer ago is fresh only where the venue still has it
 * @param silentFor a connection that brought nothing for so long is no good
 * @param ping of a node of a Redis
 * @param success of the connections to venues within an hour, percent
 * @param failuresPerHour connections that could not be made or were lost
 * @param parseErrors of the messages of the last minutes, percent
 * @param freshness of the watched keys, percent
 * @param staleSymbols so many are too many
 * @param missingSymbols as many may be missing
 * @param memory of the machine, percent
 * @param cpu of the machine, percent
 */
public record DiagnosticsConfig(
        Duration freshWithin,
        Duration silentFor,
        Ping ping,
        Percents success,
        int failuresPerHour,
        Percents parseErrors,
        Percents freshness,
        int staleSymbols,
        int missingSymbols,
        int memory,
        int cpu) {
    /** What the guide says. */
    public static final DiagnosticsConfig GUIDE =
            new DiagnosticsConfig(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    new Ping(Duration.ofMillis(50), Duration.ofMillis(100)),
                    new Percents(95, 80),
                    5,
                    new Percents(5, 10),
                    new Percents(80, 50),
                    2,
                    0,
                    80,
                    70);

    /** Points begin to be lost at {@code warn}, all are at {@code bad}. */
    public record Ping(Duration warn, Duration bad) {}

    /** Points begin to be lost at {@code warn}, all are at {@code bad}. */
    public record Percents(int warn, int bad) {}
}
