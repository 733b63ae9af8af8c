package io.plumbline.app.http;

/**
 * From when on the diagnostic API calls something poor.
 *
 * @param freshNs a price written longer ago is fresh only where the venue still has it
 * @param silentNs a connection that brought nothing for so long is no good
 * @param pingNs of a node of a Redis
 * @param success of the connections to venues, percent
 * @param failuresPerHour connections that could not be made or were lost
 * @param parseErrors percent
 * @param freshness of the watched keys, percent
 * @param staleSymbols so many are too many
 * @param missingSymbols as many may be missing
 * @param memory of the machine, percent
 * @param cpu of the machine, percent
 */
public record Thresholds(
        long freshNs,
        long silentNs,
        Pair pingNs,
        Pair success,
        int failuresPerHour,
        Pair parseErrors,
        Pair freshness,
        int staleSymbols,
        int missingSymbols,
        int memory,
        int cpu) {
    /** What the production guide says. */
    public static final Thresholds GUIDE =
            new Thresholds(
                    30_000_000_000L,
                    30_000_000_000L,
                    new Pair(50_000_000L, 100_000_000L),
                    new Pair(95, 80),
                    5,
                    new Pair(5, 10),
                    new Pair(80, 50),
                    2,
                    0,
                    80,
                    70);

    /** Points begin to be lost at {@code warn}, all are at {@code bad}. */
    public record Pair(long warn, long bad) {}

    static final Shape SHAPE =
            Shape.object()
                    .number("fresh_within_seconds", "")
                    .number("last_message_age_seconds", "")
                    .number("ping_time_ms_warn", "")
                    .number("ping_time_ms_bad", "")
                    .whole("success_rate_warn", "")
                    .whole("success_rate_bad", "")
                    .whole("connection_failures_per_hour", "")
                    .whole("parse_error_rate_warn", "")
                    .whole("parse_error_rate_bad", "")
                    .whole("freshness_rate_warn", "")
                    .whole("freshness_rate_bad", "")
                    .whole("stale_symbols", "")
                    .whole("missing_symbols", "")
                    .whole("memory_usage_percent", "")
                    .whole("cpu_usage_percent", "");

    void append(final Json json) {
        json.open()
                .field("fresh_within_seconds", Scale.seconds(freshNs))
                .field("last_message_age_seconds", Scale.seconds(silentNs))
                .field("ping_time_ms_warn", Scale.millis(pingNs.warn))
                .field("ping_time_ms_bad", Scale.millis(pingNs.bad))
                .field("success_rate_warn", success.warn)
                .field("success_rate_bad", success.bad)
                .field("connection_failures_per_hour", failuresPerHour)
                .field("parse_error_rate_warn", parseErrors.warn)
                .field("parse_error_rate_bad", parseErrors.bad)
                .field("freshness_rate_warn", freshness.warn)
                .field("freshness_rate_bad", freshness.bad)
                .field("stale_symbols", staleSymbols)
                .field("missing_symbols", missingSymbols)
                .field("memory_usage_percent", memory)
                .field("cpu_usage_percent", cpu)
                .close();
    }
}
