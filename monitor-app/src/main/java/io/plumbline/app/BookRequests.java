package io.plumbline.app;

import io.plumbline.feed.websocket.WebSocketFeed;
import io.plumbline.market.Channel;
import io.plumbline.market.SnapshotRequests;
import io.plumbline.market.Subscriptions;
import java.util.HashMap;
import java.util.Map;

/**
 * How an order book that lost something gets whole again: its snapshot is fetched over REST, or,
 * where the stream brings it, the connection is changed over to a fresh one, which begins with the
 * snapshots of all its books. Engine thread; waits for nothing.
 */
final class BookRequests implements SnapshotRequests {
    /** Between two renewals of a connection: every one costs the venue all of its snapshots. */
    static final long RENEW_PAUSE_NS = 30_000_000_000L;

    private final Backfills backfills;
    private final Subscriptions subscriptions;
    private final Map<Integer, WebSocketFeed> feeds;
    private final Map<Integer, Long> renewedNs = new HashMap<>();

    /**
     * @param feeds by source id, those whose fresh connections begin with snapshots
     */
    BookRequests(
            final Backfills backfills,
            final Subscriptions subscriptions,
            final Map<Integer, WebSocketFeed> feeds) {
        this.backfills = backfills;
        this.subscriptions = subscriptions;
        this.feeds = Map.copyOf(feeds);
    }

    @Override
    public void wanted(final int instrument, final long nowNs) {
        backfills.book(instrument);
    }

    @Override
    public void resubscriptionWanted(final int instrument, final int fedBy, final long nowNs) {
        final int source = fedBy >= 0 ? fedBy : subscriptions.source(instrument, Channel.DEPTH);
        final WebSocketFeed feed = feeds.get(source);
        final Long before = renewedNs.get(source);
        if (feed != null && (before == null || nowNs - before >= RENEW_PAUSE_NS)) {
            renewedNs.put(source, nowNs);
            feed.renew();
        }
    }
}
