package io.plumbline.feed.sim;

import io.plumbline.market.Channel;
import java.util.Set;

/**
 * The parts of Binance's markets, told by venue and path. A stream asked for on a wrong part never
 * delivers.
 */
public enum Route {
    /** {@code /stream} and {@code /ws}: everything. */
    COINM("", SimulatedInstruments.COINM, Set.of(Channel.values())),
    /** The same. */
    SPOT("", SimulatedInstruments.SPOT, Set.of(Channel.values())),
    /** The same. */
    US("", SimulatedInstruments.US, Set.of(Channel.values())),
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

    /** The route of a venue's request path (without query), or null when it has none there. */
    static Route of(final String venue, final String path) {
        for (final Route route : values()) {
            if (route.venue.equals(venue) && route.isAt(path)) {
                return route;
            }
        }
        return null;
    }

    /** Whether this request path (without query) leads here. */
    boolean isAt(final String path) {
        return isCombined(path)
                || path.equals(prefix + "/ws")
                || path.startsWith(prefix + "/ws/") && path.indexOf('@') > 0;
    }

    /** Whether this path wraps its payloads with the stream's name. */
    boolean isCombined(final String path) {
        return path.equals(prefix + "/stream");
    }
}
