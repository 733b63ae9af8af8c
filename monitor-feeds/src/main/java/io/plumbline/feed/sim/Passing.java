package io.plumbline.feed.sim;

import io.plumbline.feed.sim.SimulatedFrame.Ids;
import io.plumbline.market.Channel;

/**
 * A message about an instrument on its way out: what it is about, and what lets it pass. Simulation
 * thread.
 *
 * @param symbol ccxt form
 * @param ids its place in the market's own count, which a venue may word as another one
 * @param lane messages of one lane follow each other at the same clients
 * @param delivery sends it; may be run never, once, twice or later
 */
record Passing(
        String venue,
        String symbol,
        Channel channel,
        long stampNs,
        Ids ids,
        Object lane,
        Runnable delivery) {
    private static final Object EVERYONE = new Object();

    /** A frame to all who asked for it. */
    static Passing of(final SimulatedFrame frame, final FrameListener out) {
        return new Passing(
                frame.venue(),
                frame.symbol(),
                frame.channel(),
                frame.stampNs(),
                frame.ids(),
                EVERYONE,
                () -> out.onFrame(frame));
    }

    /** One client's words for a move. */
    static Passing of(final MarketMove move, final Object client, final Runnable delivery) {
        final Channel channel;
        final Ids ids;
        switch (move.kind()) {
            case TRADE:
                channel = Channel.TRADE;
                ids = new Ids(move.trade().id() - 1, move.trade().id(), move.trade().id());
                break;
            case QUOTE:
                channel = Channel.BOOK_TICKER;
                ids = new Ids(move.quote().id() - 1, move.quote().id(), move.quote().id());
                break;
            default:
                channel = Channel.DEPTH;
                ids = new Ids(move.book().previous(), move.book().first(), move.book().last());
                break;
        }
        return new Passing(
                move.instrument().venue(),
                move.instrument().symbol(),
                channel,
                move.stampNs(),
                ids,
                client,
                delivery);
    }

    void pass() {
        delivery.run();
    }
}
