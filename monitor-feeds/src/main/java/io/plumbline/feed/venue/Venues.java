package io.plumbline.feed.venue;

import java.util.List;

/** Every venue that the monitor can listen to. A new one is one line here. */
public final class Venues {
    private static final List<Venue> ALL = List.of(new BinanceSpot(), new BinanceUsdm());

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
        Venue nearest = ALL.get(0);
        for (final Venue venue : ALL) {
            if (venue.name().equals(name)) {
                return venue;
            }
            if (distance(venue.name(), name) < distance(nearest.name(), name)) {
                nearest = venue;
            }
        }
        throw new IllegalArgumentException(
                "unknown venue \""
                        + name
                        + "\": did you mean "
                        + nearest.name()
                        + "? Known are "
                        + String.join(", ", ALL.stream().map(Venue::name).toList()));
    }

    /** Insertions, deletions and replacements that lead from one name to the other. */
    private static int distance(final String a, final String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                final int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
