package io.plumbline.app;

import io.plumbline.app.config.KnownVenue;
import io.plumbline.feed.venue.Venues;
import java.util.List;

/** The venues of this build, as the configuration must know them. */
final class InstalledVenues {
    private InstalledVenues() {}

    static List<KnownVenue> list() {
        return Venues.all().stream().map(KnownVenue::of).toList();
    }
}
