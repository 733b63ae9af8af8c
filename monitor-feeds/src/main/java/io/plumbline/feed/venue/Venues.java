package io.plumbline.feed.venue;

import java.util.List;

/** Every venue that the monitor can listen to. A new one is one line here. */
public final class Venues {
    private static final List<Venue> ALL =
            List.of(
                    new BinanceSpot(), //
                    new BinanceUsdm(), //
                    new BybitInverse(), //
                    new BybitLinear(), //
                    new BybitSpot(), //
                    new Kraken(), //
                    new KrakenFutures(), //
                    new Okx(), //
                    new ProjectX());

    private Venues() {}

    public static List<Venue> all() {
        return ALL;
    }

    /**
     * The venue of this name.
     *
     * @throws IllegalArgumentException where there is none, naming the nearest and all there are
     */
    public static Venue find(final String name) {
        for (final Venue venue : ALL) {
            if (venue.name().equals(name)) {
                return venue;
            }
        }
        final List<String> names = ALL.stream().map(Venue::name).toList();
        final List<String> nearest = NearestNames.of(name, names, 1);
        throw new IllegalArgumentException(
                "unknown venue \""
                        + name
                        + "\""
                        + (nearest.isEmpty() ? "" : ": did you mean " + nearest.get(0) + "?")
                        + " Known are "
                        + String.join(", ", names));
    }
}
