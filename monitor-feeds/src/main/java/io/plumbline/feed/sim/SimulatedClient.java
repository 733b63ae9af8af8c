package io.plumbline.feed.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.PingFrame;

/**
 * One connected client. Its requests come on the server's worker threads, frames and time on the
 * simulation thread; what both touch is volatile or concurrent.
 */
final class SimulatedClient {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long NS_PER_MS = 1_000_000;
    private static final long CLOSING_TIMEOUT_NS = 2 * SECOND_NS;

    private final WebSocketImpl connection;
    private final Route route;
    private final SimulatorLimits limits;
    private final long openedNs;

    /** Stream without update speed to the name that the client used for it. */
    private final Map<String, String> streams = new ConcurrentHashMap<>();

    private volatile boolean combined;
    private volatile boolean muted;
    private volatile String awaitedPong;

    /** Worker thread only. */
    private long windowStartNs;

    private int messagesInWindow;

    /** Simulation thread only. */
    private long nextPingNs;

    private long pingSentNs;
    private long closingSinceNs;
    private boolean shutdownAnnounced;
    private long withheld;

    SimulatedClient(
            final WebSocketImpl connection,
            final Route route,
            final boolean combined,
            final SimulatorLimits limits,
            final long openedNs) {
        this.connection = connection;
        this.route = route;
        this.combined = combined;
        this.limits = limits;
        this.openedNs = openedNs;
        this.nextPingNs = openedNs + limits.pingIntervalNs();
    }

    Route route() {
        return route;
    }

    /** Frames kept back while muted. */
    long withheld() {
        return withheld;
    }

    void subscribe(final String name) {
        streams.put(withoutSpeed(name), name);
    }

    /** Answers a request; null when there is nothing to say. Worker thread. */
    String answer(final ClientRequest request) {
        if (request.error() != null) {
            return request.error();
        }
        switch (request.method()) {
            case SUBSCRIBE:
                if (streams.size() + request.params().size() > limits.streamsPerConnection()) {
                    return ClientRequest.refusal("too many streams", request.id());
                }
                request.params().forEach(this::subscribe);
                break;
            case UNSUBSCRIBE:
                request.params().forEach(name -> streams.remove(withoutSpeed(name)));
                break;
            case LIST_SUBSCRIPTIONS:
                return ClientRequest.result(subscriptions(), request.id());
            default:
                return property(request);
        }
        return ClientRequest.result("null", request.id());
    }

    /** Sends a data frame when it was asked for; false when the client must be dropped. */
    boolean deliver(final SimulatedFrame frame) {
        final String name = streams.get(frame.stream());
        if (name == null || !route.serves(frame)) {
            return true;
        }
        if (muted) {
            withheld++;
            return true;
        }
        return send(
                combined
                        ? "{\"stream\":\"" + name + "\",\"data\":" + frame.json() + '}'
                        : frame.json());
    }

    /** Queues a text message; false when too many are unread. */
    boolean send(final String text) {
        if (connection.outQueue.size() >= limits.maxQueuedFrames()) {
            return false;
        }
        try {
            connection.send(text);
        } catch (final WebsocketNotConnectedException closing) {
            return true; // It is on its way out: the server is told of that by itself.
        }
        return true;
    }

    /** Whether the client may send this message now. Worker thread. */
    boolean withinRate(final long nowNs) {
        if (nowNs - windowStartNs >= SECOND_NS) {
            windowStartNs = nowNs;
            messagesInWindow = 0;
        }
        messagesInWindow++;
        return messagesInWindow
                <= (route == Route.SPOT
                        ? limits.spotMessagesPerSecond()
                        : limits.usdmMessagesPerSecond());
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

    /** Pings, and ends what has lived long enough or went quiet. Simulation thread. */
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
                && !shutdownAnnounced
                && ageNs >= limits.lifetimeNs() - limits.shutdownNoticeNs()) {
            announceShutdown(nowNs);
        }
        if (awaitedPong != null) {
            if (nowNs - pingSentNs >= limits.pongTimeoutNs()) {
                drop("Pong timeout");
            }
        } else if (nowNs >= nextPingNs) {
            ping(nowNs);
        }
    }

    void announceShutdown(final long nowNs) {
        shutdownAnnounced = true;
        final String event = "{\"e\":\"serverShutdown\",\"E\":" + nowNs / NS_PER_MS + '}';
        send(combined ? "{\"stream\":\"!serverShutdown\",\"data\":" + event + '}' : event);
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

    /** {@code btcusdt@depth@100ms} is {@code btcusdt@depth} at a certain speed. */
    static String withoutSpeed(final String name) {
        final int second = name.indexOf('@', name.indexOf('@') + 1);
        return second < 0 ? name : name.substring(0, second);
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

    private String subscriptions() {
        final StringBuilder list = new StringBuilder("[");
        for (final String name : new TreeSet<>(streams.values())) {
            list.append(list.length() == 1 ? "\"" : ",\"").append(name).append('"');
        }
        return list.append(']').toString();
    }

    private String property(final ClientRequest request) {
        if (!request.params().get(0).equals("combined")) {
            return ClientRequest.unknownProperty(request.id());
        }
        if (request.method() == ClientRequest.Method.GET_PROPERTY) {
            return ClientRequest.result(Boolean.toString(combined), request.id());
        }
        combined = request.params().size() > 1 && request.params().get(1).equals("true");
        return ClientRequest.result("null", request.id());
    }
}
