package io.plumbline.market;

/**
 * How well each Redis is seen. Where it is not, nothing that it seems to do or to leave undone is
 * its writers' doing: a server that stands still, or that nobody hears, looks just like a dead
 * writer, and what it catches up with afterwards looks like a late one. Engine thread.
 */
public final class Sight {
    /** An observer gives a sign of life several times as often. */
    public static final long LONGEST_SILENCE_NS = 1_000_000_000L;

    private static final class View {
        long heardNs = MarketEvent.NONE;
        long unbrokenSinceNs = MarketEvent.NONE;
        boolean slow;
        long atPaceSinceNs;
    }

    private final Sessions sessions;
    private final View[] views;

    public Sight(final Sources sources, final Sessions sessions) {
        this.sessions = sessions;
        views = new View[sources.size()];
        for (int i = 0; i < views.length; i++) {
            views[i] = new View();
        }
    }

    /** Takes the stamp of anything that this source said. */
    public void onMessage(final int source, final long stampNs) {
        final View view = views[source];
        if (view.heardNs == MarketEvent.NONE) {
            view.unbrokenSinceNs = stampNs;
            view.heardNs = stampNs;
        } else if (stampNs > view.heardNs) {
            if (stampNs - view.heardNs > LONGEST_SILENCE_NS) {
                view.unbrokenSinceNs = stampNs;
            }
            view.heardNs = stampNs;
        }
    }

    /** Takes a SESSION event, after {@link Sessions} has. */
    public void onSession(final MarketEvent event) {
        if (sessions.state(event.source) != SessionState.LIVE) {
            views[event.source].heardNs = MarketEvent.NONE;
            views[event.source].unbrokenSinceNs = MarketEvent.NONE;
        } else {
            onMessage(event.source, event.receivedNs);
        }
    }

    /** Takes a MONITOR event. */
    public void onFact(final MarketEvent event) {
        if (event.fact == MonitorFact.REDIS_SLOW) {
            views[event.source].slow = true;
        } else if (event.fact == MonitorFact.REDIS_NORMAL) {
            views[event.source].slow = false;
            views[event.source].atPaceSinceNs = event.receivedNs;
        }
    }

    /** Whether this Redis is seen now; {@link Holders#NOWHERE} never is. */
    public boolean isSeen(final int source, final long nowNs) {
        return source != Holders.NOWHERE
                && views[source].heardNs != MarketEvent.NONE
                && nowNs - views[source].heardNs <= LONGEST_SILENCE_NS;
    }

    /** Whether it is seen now and was, without a break, since {@code marginNs} before a time. */
    public boolean wasSeen(
            final int source, final long timeNs, final long marginNs, final long nowNs) {
        return isSeen(source, nowNs) && timeNs - views[source].unbrokenSinceNs >= marginNs;
    }

    /** Whether it also kept its pace since then. */
    public boolean wasAtPace(
            final int source, final long timeNs, final long marginNs, final long nowNs) {
        return source != Holders.NOWHERE
                && !views[source].slow
                && timeNs - views[source].atPaceSinceNs >= marginNs
                && wasSeen(source, timeNs, marginNs, nowNs);
    }

    /** Since when it has been seen without a break; NONE while it is not up. */
    public long unbrokenSinceNs(final int source) {
        return views[source].unbrokenSinceNs;
    }

    /** Whether it answers slowly: what it shows is true, when it was written is not known. */
    public boolean isSlow(final int source) {
        return views[source].slow;
    }
}
