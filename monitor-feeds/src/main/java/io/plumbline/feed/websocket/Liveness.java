package io.plumbline.feed.websocket;

import io.plumbline.feed.venue.VenueLimits;

/**
 * The clocks of one connection: the last byte, the last ping or pong, the last data. They are kept
 * apart because each hides what another shows: pings keep arriving while data is dead, and data may
 * keep arriving while a pong is late. Time is an argument; event loop only.
 */
final class Liveness {
    /** What the clocks say at one look. */
    enum Verdict {
        /** Nothing is due. */
        GOOD,
        /** It is time to send a ping. */
        PING,
        /** A ping was not answered in time, or the venue itself has been silent for too long. */
        LATE,
        /** Two pings in a row met complete silence: the connection is half-open. */
        DEAD
    }

    private static final int MOST_SILENT_PINGS = 2;

    private final long pingIntervalNs;
    private final long pongTimeoutNs;
    private final long venuePingTimeoutNs;
    private long lastByteNs;
    private long lastHeartbeatNs;
    private long lastDataNs;
    private long pingNs;
    private boolean pingOpen;
    private int silentPings;
    private boolean pongLate;
    private boolean venueSilent;

    Liveness(final VenueLimits limits, final long pongTimeoutNs) {
        this.pingIntervalNs = limits.pingInterval() == null ? 0 : limits.pingInterval().toNanos();
        this.venuePingTimeoutNs =
                limits.serverPingTimeout() == null ? 0 : limits.serverPingTimeout().toNanos();
        this.pongTimeoutNs = pongTimeoutNs;
    }

    /** The connection is upgraded: every clock starts. */
    void start(final long nowNs) {
        lastByteNs = nowNs;
        lastHeartbeatNs = nowNs;
        pingNs = nowNs;
    }

    void received(final long nowNs) {
        lastByteNs = nowNs;
    }

    void data() {
        lastDataNs = lastByteNs;
    }

    void pinged(final long nowNs) {
        pingNs = nowNs;
        pingOpen = true;
    }

    /** A pong arrived. */
    void pong() {
        pingOpen = false;
        silentPings = 0;
        pongLate = false;
        heartbeat();
    }

    /** The venue sent a ping of its own, or a pong. */
    void heartbeat() {
        lastHeartbeatNs = lastByteNs;
        venueSilent = false;
    }

    /** Whether something that was late has not come yet. */
    boolean suspicious() {
        return pongLate || venueSilent;
    }

    long lastByteNs() {
        return lastByteNs;
    }

    /** When data last arrived, or 0. */
    long lastDataNs() {
        return lastDataNs;
    }

    long pingNs() {
        return pingNs;
    }

    /** One look at the clocks. LATE is said again at every late ping. */
    Verdict check(final long nowNs) {
        if (pingOpen && nowNs - pingNs >= pongTimeoutNs) {
            pingOpen = false;
            pongLate = true;
            silentPings = lastByteNs < pingNs ? silentPings + 1 : 0;
            return silentPings >= MOST_SILENT_PINGS ? Verdict.DEAD : Verdict.LATE;
        }
        if (venuePingTimeoutNs > 0
                && !venueSilent
                && nowNs - lastHeartbeatNs >= venuePingTimeoutNs) {
            venueSilent = true;
            return Verdict.LATE;
        }
        // After a ping into silence the next one follows at once: the second decides.
        final boolean due = silentPings > 0 || nowNs - pingNs >= pingIntervalNs;
        return pingIntervalNs > 0 && !pingOpen && due ? Verdict.PING : Verdict.GOOD;
    }

    /** What is late, for people. */
    String describeLateness(final long nowNs) {
        return pongLate
                ? "no pong for "
                        + (nowNs - pingNs) / 1_000_000
                        + " ms, last byte "
                        + (nowNs - lastByteNs) / 1_000_000
                        + " ms ago"
                : "neither ping nor pong from the venue for "
                        + (nowNs - lastHeartbeatNs) / 1_000_000
                        + " ms";
    }
}
