package io.plumbline.feed.venue;

import io.plumbline.feed.venue.Venue.ConnectionPlan;
import io.plumbline.market.Channel;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Streams over connections: as many as a venue allows on each, in the order given. */
public final class ConnectionSpread {
    private ConnectionSpread() {}

    /**
     * Connections named {@code name}, {@code name-2}, {@code name-3}...
     *
     * @param most streams on one connection
     */
    public static List<ConnectionPlan> over(
            final String name, final URI uri, final List<String> streams, final int most) {
        final List<ConnectionPlan> plans = new ArrayList<>();
        for (int from = 0, number = 1; from < streams.size(); number++) {
            final int to = Math.min(from + most, streams.size());
            plans.add(
                    new ConnectionPlan(
                            number == 1 ? name : name + "-" + number,
                            uri,
                            List.copyOf(streams.subList(from, to))));
            from = to;
        }
        return plans;
    }

    /** IllegalArgumentException where {@code venue} lacks one of the channels, naming them all. */
    public static void check(
            final String venue, final Set<Channel> has, final Set<Channel> wanted) {
        for (final Channel channel : wanted) {
            if (!has.contains(channel)) {
                throw new IllegalArgumentException(
                        venue
                                + " has no channel \""
                                + channel.label()
                                + "\": it has "
                                + String.join(", ", has.stream().map(Channel::label).toList()));
            }
        }
    }

    /**
     * {@code address} at another host.
     *
     * @param endpoint gives scheme, host and port; null leaves the address as it is
     */
    public static URI rebase(final URI address, final URI endpoint) {
        if (endpoint == null) {
            return address;
        }
        final String path = endpoint.getRawPath();
        if (endpoint.getScheme() == null
                || endpoint.getRawAuthority() == null
                || path != null && !path.isEmpty() && !"/".equals(path)) {
            throw new IllegalArgumentException(
                    "endpoint \""
                            + endpoint
                            + "\" must be scheme://host:port alone: "
                            + address.getRawPath()
                            + " is appended to it");
        }
        return URI.create(
                endpoint.getScheme()
                        + "://"
                        + endpoint.getRawAuthority()
                        + address.getRawPath()
                        + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery()));
    }
}
