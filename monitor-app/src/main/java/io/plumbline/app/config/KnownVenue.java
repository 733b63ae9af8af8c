package io.plumbline.app.config;

import io.plumbline.feed.venue.Venue;
import io.plumbline.market.Channel;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What the configuration must know of a venue that this build supports.
 *
 * @param needsToken whether it lets nobody in without a token
 * @param toVenueSymbol the venue's name of a ccxt symbol; IllegalArgumentException with the reason
 *     where it cannot be one
 */
public record KnownVenue(
        String name,
        Set<Channel> channels,
        boolean needsToken,
        UnaryOperator<String> toVenueSymbol) {

    /** One that lets everybody in. */
    public KnownVenue(
            final String name,
            final Set<Channel> channels,
            final UnaryOperator<String> toVenueSymbol) {
        this(name, channels, false, toVenueSymbol);
    }

    /** The same from the venue itself. */
    public static KnownVenue of(final Venue venue) {
        return new KnownVenue(
                venue.name(), venue.channels(), venue.needsToken(), venue::toVenueSymbol);
    }
}
