package io.plumbline.feed.sim;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What Coinbase's two feeds have in common: names of products, and times. */
final class CoinbaseListing {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final long SECOND_NS = 1_000_000_000L;

    private CoinbaseListing() {}

    static List<SimulatedInstrument> instruments(final String venue) {
        return List.of(
                instrument(venue, "BTC", "0.01", 2, 6_123_456, 100),
                instrument(venue, "ETH", "0.01", 2, 312_045, 110),
                instrument(venue, "SOL", "0.01", 2, 15_231, 120),
                instrument(venue, "DOGE", "0.00001", 5, 12_345, 130));
    }

    private static SimulatedInstrument instrument(
            final String venue,
            final String coin,
            final String tickSize,
            final int decimals,
            final long startTicks,
            final long intervalMs) {
        return new SimulatedInstrument(
                venue,
                coin + "/USD",
                coin + "-USD",
                tickSize,
                decimals,
                startTicks,
                intervalMs * 1_000_000);
    }

    static boolean lists(final List<SimulatedInstrument> instruments, final String product) {
        return instruments.stream().anyMatch(each -> each.venueSymbol().equals(product));
    }

    /** RFC 3339 with microseconds. */
    static String time(final long ns) {
        return TIME.format(Instant.ofEpochSecond(ns / SECOND_NS, ns % SECOND_NS));
    }

    /** {@code ["BTC-USD","ETH-USD"]}. */
    static String list(final Iterable<String> names) {
        final StringBuilder json = new StringBuilder();
        char separator = '[';
        for (final String name : names) {
            json.append(separator).append('"').append(name).append('"');
            separator = ',';
        }
        return separator == '[' ? "[]" : json.append(']').toString();
    }
}
