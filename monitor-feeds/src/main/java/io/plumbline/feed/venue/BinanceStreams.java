package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names of a market's streams, the connections that carry them, the frames that ask for them.
 */
final class BinanceStreams {
    /** Streams in one SUBSCRIBE frame: well below what the server reads as one message. */
    static final int STREAMS_PER_FRAME = 200;

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

    BinanceStreams(final String base, final int streamsPerConnection, final List<Route> routes) {
        this.base = URI.create(base);
        this.streamsPerConnection = streamsPerConnection;
        this.routes = routes;
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
        for (final Channel channel : wanted) {
            if (!channels().contains(channel)) {
                throw new IllegalArgumentException(
                        venue
                                + " has no channel \""
                                + channel.label()
                                + "\": it has "
                                + String.join(
                                        ", ", channels().stream().map(Channel::label).toList()));
            }
        }
        final List<Venue.ConnectionPlan> plans = new ArrayList<>();
        for (final Route route : routes) {
            final List<String> names = new ArrayList<>();
            for (final String symbol : symbols) {
                for (final Channel channel : route.channels) {
                    if (wanted.contains(channel)) {
                        names.add(stream(symbol, channel));
                    }
                }
            }
            final URI uri = rebase(base.resolve(route.path), endpoint);
            for (int from = 0, number = 1; from < names.size(); number++) {
                final int to = Math.min(from + streamsPerConnection, names.size());
                plans.add(
                        new Venue.ConnectionPlan(
                                number == 1 ? route.connection : route.connection + "-" + number,
                                uri,
                                List.copyOf(names.subList(from, to))));
                from = to;
            }
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

    /** See {@link Venue#subscribe}. */
    static List<String> subscribe(final List<String> names, final int firstId) {
        final List<String> frames = new ArrayList<>();
        for (int from = 0; from < names.size(); from += STREAMS_PER_FRAME) {
            final StringBuilder frame = new StringBuilder("{\"method\":\"SUBSCRIBE\",\"params\":");
            char separator = '[';
            for (final String name :
                    names.subList(from, Math.min(from + STREAMS_PER_FRAME, names.size()))) {
                quoted(name, frame.append(separator));
                separator = ',';
            }
            frames.add(frame.append("],\"id\":").append(firstId + frames.size()) + "}");
        }
        return frames;
    }

    /** A name from the configuration may hold any character; the frame stays JSON. */
    private static void quoted(final String name, final StringBuilder frame) {
        frame.append('"');
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            if (c < ' ') {
                frame.append(String.format("\\u%04x", (int) c));
            } else {
                frame.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        frame.append('"');
    }

    /**
     * {@code address} at another host.
     *
     * @param endpoint gives scheme, host and port; null leaves the address as it is
     */
    static URI rebase(final URI address, final URI endpoint) {
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
                endpoint.getScheme() + "://" + endpoint.getRawAuthority() + address.getRawPath());
    }
}
