package io.plumbline.feed.sim;

import java.util.function.Predicate;

/**
 * What a fault of connections hits: a venue, or a part of one.
 *
 * @param path tells its request paths (without query)
 */
record Entrance(String name, Predicate<String> path) {
    static Entrance of(final Route route) {
        return new Entrance(route.name(), route::isAt);
    }

    static Entrance of(final VenueWire wire) {
        return new Entrance(wire.venue(), wire::serves);
    }
}
