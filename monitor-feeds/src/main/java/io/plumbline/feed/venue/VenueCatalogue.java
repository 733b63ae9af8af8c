package io.plumbline.feed.venue;

import java.util.ArrayList;
import java.util.List;

/**
 * The venues of one monitor by name: those of this build, and those that its configuration
 * describes. Immutable.
 */
public final class VenueCatalogue {
    private final List<Venue> venues;

    /**
     * @param venues no two of one name
     */
    public VenueCatalogue(final List<? extends Venue> venues) {
        this.venues = List.copyOf(venues);
    }

    /** The same with {@code more} behind. */
    public VenueCatalogue with(final List<? extends Venue> more) {
        final List<Venue> all = new ArrayList<>(venues);
        all.addAll(more);
        return new VenueCatalogue(all);
    }

    public List<Venue> all() {
        return venues;
    }

    public List<String> names() {
        return venues.stream().map(Venue::name).toList();
    }

    /**
     * The venue of this name.
     *
     * @throws IllegalArgumentException where there is none, naming the nearest and all there are
     */
    public Venue find(final String name) {
        for (final Venue venue : venues) {
            if (venue.name().equals(name)) {
                return venue;
            }
        }
        final List<String> nearest = NearestNames.of(name, names(), 1);
        throw new IllegalArgumentException(
                "unknown venue \""
                        + name
                        + "\""
                        + (nearest.isEmpty() ? "." : ": did you mean " + nearest.get(0) + "?")
                        + " Known are "
                        + String.join(", ", names()));
    }
}
