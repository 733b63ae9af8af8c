package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The names of a market's streams, the connections that carry them, the frames that ask for them.
 */
final class BinanceStreams {
    /**
     * One way in.
     *
     * @param connection the name of its connections
     * @param channels what it carries; asked for elsewhere, they stay silent
     */
    record Route(String connection, String path, List<Channel> channels) {}

    private final URI base;
    private final int streamsPerConnection;
    private final List<Route> routes;
    private final BiFunction<String, Channel, String> names;

    /** With the names of the JSON streams. */
    BinanceStreams(final String base, final int streamsPerConnection, final List<Route> routes) {
        this(base, streamsPerConnection, routes, BinanceStreams::stream);
    }

    /**
     * @param names the name of a stream by symbol and channel
     */
    BinanceStreams(
            final String base,
            final int streamsPerConnection,
            final List<Route> routes,
            final BiFunction<String, Channel, String> names) {
        this.base = URI.create(base);
        this.streamsPerConnection = streamsPerConnection;
        this.routes = routes;
        this.names = names;
    }

    Set<Channel> channels() {
        final Set<Channel> all = EnumSet.noneOf(Channel.class);
        for (final Route route : routes) {
            all.addAll(route.channels);
        }
        return Collections.unmodifiableSet(all);
    }

    /** See {@link Venue#plan}. Streams of one symbol stand together; connections fill in order. */
    List<Venue.ConnectionPlan> plan(
            final String venue,
            final List<String> symbols,
            final Set<Channel> wanted,
            final URI endpoint) {
        ConnectionSpread.check(venue, channels(), wanted);
        final List<Venue.ConnectionPlan> plans = new ArrayList<>();
        for (final Route route : routes) {
            final List<String> streams = new ArrayList<>();
            for (final String symbol : symbols) {
                for (final Channel channel : route.channels) {
                    if (wanted.contains(channel)) {
                        streams.add(names.apply(symbol, channel));
                    }
                }
            }
            final URI uri = ConnectionSpread.rebase(base.resolve(route.path), endpoint);
            plans.addAll(
                    ConnectionSpread.over(route.connection, uri, streams, streamsPerConnection));
        }
        return List.copyOf(plans);
    }

    /** The name of a stream: lower case in no locale but the neutral one. */
    static String stream(final String symbol, final Channel channel) {
        final String name = symbol.toLowerCase(Locale.ROOT) + "@";
        return switch (channel) {
            case TRADE -> name + "trade";
            case AGG_TRADE -> name + "aggTrade";
            case BOOK_TICKER -> name + "bookTicker";
            case DEPTH -> name + "depth@100ms";
            case DEPTH_SNAPSHOT -> name + "depth20@100ms";
            case MARK_PRICE -> name + "markPrice@1s";
            case TICKER, NONE ->
                    throw new IllegalArgumentException("no stream for channel " + channel);
        };
    }
}
