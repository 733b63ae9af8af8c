package io.plumbline.feed.sim;

import io.plumbline.market.Channel;
import java.util.Set;

/** The parts of the two venues, told by path. A stream asked for on a wrong part never delivers. */
public enum Route {
    /** {@code /stream} and {@code /ws}. */
    SPOT("", SimulatedInstruments.SPOT, Set.of(Channel.values())),
    /** {@code /public/stream} and {@code /public/ws}: quotes, depth, and the undocumented trade. */
    USDM_PUBLIC(
            "/public",
            SimulatedInstruments.USDM,
            Set.of(Channel.BOOK_TICKER, Channel.DEPTH, Channel.TRADE)),
    /** {@code /market/stream} and {@code /market/ws}: the rest. */
    USDM_MARKET(
            "/market",
            SimulatedInstruments.USDM,
            Set.of(Channel.AGG_TRADE, Channel.MARK_PRICE, Channel.TICKER));

    private final String prefix;
    private final String venue;
    private final Set<Channel> channels;

    Route(final String prefix, final String venue, final Set<Channel> channels) {
        this.prefix = prefix;
        this.venue = venue;
        this.channels = channels;
    }

    public String venue() {
        return venue;
    }

    /** The channels that this part delivers. */
    public Set<Channel> channels() {
        return channels;
    }

    boolean serves(final SimulatedFrame frame) {
        return venue.equals(frame.venue()) && channels.contains(frame.channel());
    }

    /** The route of a request path (without query), or null when the venue has none there. */
    static Route ofPath(final String path) {
        for (final Route route : values()) {
            if (isCombined(path, route)
                    || path.equals(route.prefix + "/ws")
                    || path.startsWith(route.prefix + "/ws/") && path.indexOf('@') > 0) {
                return route;
            }
        }
        return null;
    }

    /** Whether this path wraps its payloads with the stream's name. */
    static boolean isCombined(final String path, final Route route) {
        return path.equals(route.prefix + "/stream");
    }
}
