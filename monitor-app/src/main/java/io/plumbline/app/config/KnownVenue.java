package io.plumbline.app.config;

import io.plumbline.feed.venue.Venue;
import io.plumbline.market.Channel;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What the configuration must know of a venue that this build supports.
 *
 * @param toVenueSymbol the venue's name of a ccxt symbol; IllegalArgumentException with the reason
 *     where it cannot be one
 */
public record KnownVenue(String name, Set<Channel> channels, UnaryOperator<String> toVenueSymbol) {

    /** The same from the venue itself. */
    public static KnownVenue of(final Venue venue) {
        return new KnownVenue(venue.name(), venue.channels(), venue::toVenueSymbol);
    }
}
