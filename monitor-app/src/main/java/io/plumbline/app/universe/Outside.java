package io.plumbline.app.universe;

import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.config.VenueConfig;
import io.plumbline.feed.venue.Venue;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Who is asked for a universe: venues and Redis servers. The thread that asks waits. */
public interface Outside {
    /**
     * What the venue lists.
     *
     * @throws IOException where that cannot be had, with the reason for people
     */
    List<Venue.Reference> instruments(Venue venue, VenueConfig config) throws IOException;

    /**
     * The symbols that have a key.
     *
     * @param pattern of the keys, with one place for the symbol
     * @param most symbols that may be found
     * @throws IOException where that cannot be had, with the reason for people
     */
    Set<String> symbols(RedisConfig server, String pattern, int most) throws IOException;
}
