package io.plumbline.feed.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.PingFrame;

/**
 * One connected client of any venue: its socket, WebSocket's own heartbeat, and what a fault does
 * to it. Its talk is its venue's matter. Requests come on the server's worker thread, the market
 * and time on the simulation thread; the talk hears them one at a time.
 */
final class SimulatedClient {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long NS_PER_MS = 1_000_000;
    private static final long CLOSING_TIMEOUT_NS = 2 * SECOND_NS;

    private final WebSocketImpl connection;
    private final VenueWire wire;
    private final String path;
    private final VenueWire.Client talk;
    private final SimulatorLimits limits;
    private final long openedNs;
    private final Runnable tooSlow;
    private final VenueWire.Out socket = new Socket();
    private final VenueWire.Out data = new Data();

    private volatile boolean muted;
    private volatile String awaitedPong;

    /** Worker thread only. */
    private long windowStartNs;

    private int messagesInWindow;

    /** Simulation thread only. */
    private long nextPingNs;

    private long pingSentNs;
    private long closingSinceNs;
    private boolean endAnnounced;
    private long withheld;

    /**
     * @param resource path and query
     * @param tooSlow told when too many messages are unread
     */
    SimulatedClient(
            final WebSocketImpl connection,
            final VenueWire wire,
            final String resource,
            final SimulatorLimits limits,
            final long openedNs,
            final Runnable tooSlow) {
        this.connection = connection;
        this.wire = wire;
        this.path = ExchangeSimulator.path(resource);
        this.limits = limits;
        this.openedNs = openedNs;
        this.tooSlow = tooSlow;
        this.talk = wire.open(resource, openedNs);
        this.nextPingNs = openedNs + limits.pingIntervalNs();
    }

    /** What is said beside the market: a mute connection goes on with it. */
    private final class Socket implements VenueWire.Out {
        @Override
        public void text(final String message) {
            queue(() -> connection.send(message));
        }

        @Override
        public void binary(final byte[] message) {
            queue(() -> connection.send(message));
        }

        @Override
        public void close(final int status, final String reason) {
            connection.close(status, reason);
        }

        private void queue(final Runnable sending) {
            if (connection.outQueue.size() >= limits.maxQueuedFrames()) {
                tooSlow.run();
                return;
            }
            try {
                sending.run();
            } catch (final WebsocketNotConnectedException closing) {
                return; // It is on its way out: the server is told of that by itself.
            }
        }
    }

    /** What is said of the market. */
    private final class Data implements VenueWire.Out {
        @Override
        public void text(final String message) {
            if (muted) {
                withheld++;
            } else {
                socket.text(message);
            }
        }

        @Override
        public void binary(final byte[] message) {
            if (muted) {
                withheld++;
            } else {
                socket.binary(message);
            }
        }

        @Override
        public void close(final int status, final String reason) {
            socket.close(status, reason);
        }

        @Override
        public boolean isMute() {
            return muted;
        }
    }

    String venue() {
        return wire.venue();
    }

    /** The request path that it came by, without query. */
    String path() {
        return path;
    }

    /** Messages kept back while muted. */
    long withheld() {
        return withheld;
    }

    /** Right after the upgrade. Worker or selector thread. */
    void greet() {
        synchronized (talk) {
            talk.greet(socket);
        }
    }

    /** It said something. Worker thread. */
    void answer(final String text, final long nowNs) {
        synchronized (talk) {
            talk.answer(text, nowNs, socket);
        }
    }

    /** Passes on a message that has its words. Simulation thread. */
    void pass(final SimulatedFrame frame) {
        synchronized (talk) {
            talk.pass(frame, data);
        }
    }

    /** Words a move, past {@code filter}. Simulation thread. */
    void word(final MarketMove move, final FrameFilter filter) {
        synchronized (talk) {
            talk.word(move, filter == FrameFilter.NONE ? data : new Filtered(move, filter));
        }
    }

    /** The words for one move, each message by itself. */
    private final class Filtered implements VenueWire.Out {
        private final MarketMove move;
        private final FrameFilter filter;

        Filtered(final MarketMove move, final FrameFilter filter) {
            this.move = move;
            this.filter = filter;
        }

        @Override
        public void text(final String message) {
            filter.onMessage(Passing.of(move, SimulatedClient.this, () -> data.text(message)));
        }

        @Override
        public void binary(final byte[] message) {
            filter.onMessage(Passing.of(move, SimulatedClient.this, () -> data.binary(message)));
        }

        @Override
        public void close(final int status, final String reason) {
            data.close(status, reason);
        }

        @Override
        public boolean isMute() {
            return data.isMute();
        }
    }

    /** Whether the client may send this message now. Worker thread. */
    boolean withinRate(final long nowNs) {
        if (nowNs - windowStartNs >= SECOND_NS) {
            windowStartNs = nowNs;
            messagesInWindow = 0;
        }
        messagesInWindow++;
        return messagesInWindow <= limits.messagesPerSecond(venue());
    }

    /** A pong came; one that nobody asked for counts for nothing. Worker thread. */
    void pong(final String payload) {
        if (payload.equals(awaitedPong)) {
            awaitedPong = null;
        }
    }

    /** Whether a ping is out that was not answered yet. */
    boolean awaitsPong() {
        return awaitedPong != null;
    }

    /** Heartbeats, and the end of what has lived long enough or went quiet. Simulation thread. */
    void step(final long nowNs) {
        final long ageNs = nowNs - openedNs;
        if (!connection.isOpen()) {
            closingSinceNs = closingSinceNs == 0 ? nowNs : closingSinceNs;
            if (nowNs - closingSinceNs >= CLOSING_TIMEOUT_NS) {
                drop("closing handshake not answered");
            }
            return;
        }
        if (ageNs >= limits.lifetimeNs()) {
            connection.close(CloseFrame.GOING_AWAY, "connection lifetime reached");
        } else if (limits.shutdownNoticeNs() > 0
                && !endAnnounced
                && ageNs >= limits.lifetimeNs() - limits.shutdownNoticeNs()) {
            announceEnd(nowNs);
        }
        if (awaitedPong != null) {
            if (nowNs - pingSentNs >= limits.pongTimeoutNs()) {
                drop("Pong timeout");
            }
        } else if (nowNs >= nextPingNs) {
            ping(nowNs);
        }
        synchronized (talk) {
            talk.step(nowNs, socket);
        }
    }

    void announceEnd(final long nowNs) {
        endAnnounced = true;
        synchronized (talk) {
            talk.announceEnd(nowNs, socket);
        }
    }

    void mute(final boolean quiet) {
        muted = quiet;
    }

    /** From now on like a half-open connection. */
    void silence() {
        ((SilenceableChannel) connection.getChannel()).silence();
    }

    /** Says goodbye with a reason and closes. */
    void close(final String reason) {
        connection.close(CloseFrame.POLICY_VALIDATION, reason);
    }

    /** Cuts the connection without a closing handshake. */
    void drop(final String reason) {
        connection.closeConnection(CloseFrame.ABNORMAL_CLOSE, reason);
    }

    private void ping(final long nowNs) {
        final String payload = Long.toString(nowNs / NS_PER_MS);
        final PingFrame ping = new PingFrame();
        ping.setPayload(ByteBuffer.wrap(payload.getBytes(StandardCharsets.US_ASCII)));
        awaitedPong = payload;
        pingSentNs = nowNs;
        nextPingNs = nowNs + limits.pingIntervalNs();
        try {
            connection.sendFrame(ping);
        } catch (final WebsocketNotConnectedException closing) {
            awaitedPong = null;
        }
    }
}
