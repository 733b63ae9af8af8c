package io.plumbline.market;

import java.util.BitSet;

/**
 * What every source's connections do: the last announced state, and which epochs are alive. Two are
 * alive while a connection is changed make-before-break. Engine thread.
 */
public final class Sessions {
    /** Ended connections that are remembered one by one; all before them count as ended. */
    private static final int LONGEST_MEMORY = 4_096;

    private static final class Session {
        int forgotten;
        SessionState state = SessionState.CONNECTING;
        String reason = "not started";
        long sinceNs;
        final BitSet ended = new BitSet();
        int newest;
        int live;
        boolean everLive;
        long lastMessageNs = MarketEvent.NONE;
        long lastDataNs = MarketEvent.NONE;
        long liveSinceNs = MarketEvent.NONE;

        /** A failed successor ends before the connection that it was to follow. */
        void end(final int epoch) {
            if (epoch >= LONGEST_MEMORY + forgotten) {
                final int forget = epoch - LONGEST_MEMORY + 1 - forgotten;
                final BitSet kept = ended.get(forget, Math.max(forget, ended.length()));
                ended.clear();
                ended.or(kept);
                forgotten += forget;
            }
            if (epoch >= forgotten) {
                ended.set(epoch - forgotten);
            }
        }

        boolean isAlive(final int epoch) {
            return epoch >= forgotten && !ended.get(epoch - forgotten);
        }
    }

    private final Session[] sessions;

    public Sessions(final Sources sources) {
        sessions = new Session[sources.size()];
        for (int i = 0; i < sessions.length; i++) {
            sessions[i] = new Session();
        }
    }

    /** Takes a SESSION event: state and epoch of one connection of its source. */
    public void onSession(final MarketEvent event, final String reason) {
        final Session session = sessions[event.source];
        session.newest = Math.max(session.newest, event.epoch);
        if (event.session == SessionState.DOWN) {
            session.end(event.epoch);
        } else if (event.session == SessionState.LIVE) {
            session.live = Math.max(session.live, event.epoch);
        }
        final boolean anotherLives =
                session.live > 0 && event.epoch != session.live && session.isAlive(session.live);
        if (!anotherLives || event.session == SessionState.LIVE) {
            if (event.session == SessionState.LIVE && session.state != SessionState.LIVE) {
                session.liveSinceNs = event.receivedNs;
            }
            session.state = event.session;
            session.reason = reason;
            session.sinceNs = event.receivedNs;
            session.everLive |= event.session == SessionState.LIVE;
        }
    }

    /** Takes a connection as live whose beginning was not recorded. */
    public void assumeLive(final int source, final long nowNs) {
        final Session session = sessions[source];
        session.state = SessionState.LIVE;
        session.reason = "its beginning was not recorded";
        session.sinceNs = nowNs;
        session.liveSinceNs = nowNs;
        session.everLive = true;
    }

    /** Whether messages of this epoch are still listened to. */
    public boolean isAlive(final int source, final int epoch) {
        return sessions[source].isAlive(epoch);
    }

    /** Notes that something arrived; {@code data} when it was more than a sign of life. */
    public void onMessage(final int source, final long stampNs, final boolean data) {
        final Session session = sessions[source];
        session.lastMessageNs = stampNs;
        if (data) {
            session.lastDataNs = stampNs;
        }
    }

    public SessionState state(final int source) {
        return sessions[source].state;
    }

    /** The sentence that came with the state. */
    public String reason(final int source) {
        return sessions[source].reason;
    }

    public long sinceNs(final int source) {
        return sessions[source].sinceNs;
    }

    public boolean everLive(final int source) {
        return sessions[source].everLive;
    }

    /** When it last became LIVE, or NONE. */
    public long liveSinceNs(final int source) {
        return sessions[source].liveSinceNs;
    }

    /** When anything, or data, last arrived; NONE before the first. */
    public long lastMessageNs(final int source) {
        return sessions[source].lastMessageNs;
    }

    public long lastDataNs(final int source) {
        return sessions[source].lastDataNs;
    }

    /** Whether what this source says now can be relied on. */
    public boolean isUp(final int source) {
        final SessionState state = sessions[source].state;
        return state != SessionState.DOWN && state != SessionState.CONNECTING;
    }
}
