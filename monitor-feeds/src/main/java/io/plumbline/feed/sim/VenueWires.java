package io.plumbline.feed.sim;

import java.util.List;

/** The venues that the simulated exchange can play. */
public final class VenueWires {
    private VenueWires() {}

    /** All of them, new, sorted by name; one line per venue, none of them shares anything. */
    public static List<VenueWire> all() {
        return List.of();
    }
}
