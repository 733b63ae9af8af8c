package io.plumbline.feed.websocket;

import io.plumbline.feed.FeedContext;
import io.plumbline.feed.venue.Dialogue;
import io.plumbline.feed.venue.Venue;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.MonitorFact;
import io.plumbline.market.SessionState;
import io.plumbline.metrics.CounterId;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its first attempt to its end: what it is in, and what follows.
 *
 * <pre>
 *  CONNECTING ──upgraded──▶ SUBSCRIBED ──all answered──▶ WARMING ──data on all, or deadline──▶ LIVE
 *       │                       │                           │                             late │ ▲ pong
 *       │                       │ answer overdue            │                                  ▼ │
 *       └───────────────────────┴─────────────▶ DOWN ◀──────┴──────────────────────────────── SUSPECT
 * </pre>
 *
 * <p>It knows nothing of Netty: bytes, ticks and endings are told to it, it answers through a
 * {@link Wire}, and time is an argument. A session is used once; the next connection is a new one
 * with the next epoch. Event loop only.
 */
final class Session {
    /** The one who owns it: told of every change of state, after it was announced. */
    @FunctionalInterface
    interface Owner {
        void changed(Session session, long nowNs);
    }

    /** Where the venue refused the upgrade: the HTTP status, and how long it asks to wait. */
    record Refusal(int status, long retryAfterNs) {}

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int GOING_AWAY = 1001;
    private static final int PROTOCOL_ERROR = 1002;

    private final String name;
    private final Venue.Access access;
    private final Dialogue dialogue;
    private final FrameHead head;
    private final int source;
    private final int epoch;
    private final long lifeNs;
    private final FeedContext context;
    private final WebSocketSettings.Timeouts timeouts;
    private final Owner owner;
    private final Subscriptions subscriptions;
    private final Liveness liveness;
    private final Outgoing outgoing;

    private SessionState state = SessionState.CONNECTING;
    private String reason = "";
    private long stateSinceNs;
    private long upgradedNs;
    private long liveNs;
    private long rotationDueNs = Long.MAX_VALUE;
    private Refusal refusal;
    private long heartbeatOfferedNs;
    private long frames;
    private long frameBytes;

    /**
     * @param access what it is let in by
     * @param lifeNs after which the connection is to be replaced
     */
    Session(
            final String name,
            final Venue venue,
            final Venue.Access access,
            final Venue.ConnectionPlan plan,
            final int source,
            final int epoch,
            final long lifeNs,
            final FeedContext context,
            final WebSocketSettings settings,
            final Owner owner) {
        this.name = name;
        this.access = access;
        this.dialogue = venue.dialogue();
        this.head = new FrameHead(dialogue, context.counters());
        this.source = source;
        this.epoch = epoch;
        this.lifeNs = lifeNs;
        this.context = context;
        this.timeouts = settings.timeouts();
        this.owner = owner;
        this.subscriptions = new Subscriptions(dialogue, plan);
        this.liveness = new Liveness(venue.limits(), timeouts.pong().toNanos());
        this.outgoing = new Outgoing(venue.limits().messagesPerSecond(), context.counters());
    }

    int epoch() {
        return epoch;
    }

    /** What it is let in by. */
    Venue.Access access() {
        return access;
    }

    SessionState state() {
        return state;
    }

    /** Why it is in this state. */
    String reason() {
        return reason;
    }

    long stateSinceNs() {
        return stateSinceNs;
    }

    boolean ended() {
        return state == SessionState.DOWN;
    }

    /** Whether the venue accepted the upgrade. */
    boolean wasUpgraded() {
        return upgradedNs != 0;
    }

    /** How the upgrade was refused, or null. */
    Refusal refusal() {
        return refusal;
    }

    /** How long it has been, or was, LIVE (a suspicion counts as LIVE). */
    long liveForNs(final long nowNs) {
        return liveNs == 0 ? 0 : nowNs - liveNs;
    }

    long lastByteNs() {
        return liveness.lastByteNs();
    }

    /** When data last arrived, or 0. */
    long lastDataNs() {
        return liveness.lastDataNs();
    }

    /** Whether it is to be replaced: it is old, or the venue announced its end. */
    boolean rotationDue(final long nowNs) {
        return wasUpgraded() && nowNs >= rotationDueNs;
    }

    /** The attempt begins. */
    void connecting(final long nowNs, final String how) {
        state(SessionState.CONNECTING, nowNs, how);
    }

    /** There is a channel, not yet upgraded. */
    void attach(final Wire channel) {
        outgoing.attach(channel);
    }

    /** The venue speaks WebSocket now. */
    void upgraded(final long nowNs) {
        if (state != SessionState.CONNECTING) {
            return;
        }
        upgradedNs = nowNs;
        rotationDueNs = lifeNs == Long.MAX_VALUE ? Long.MAX_VALUE : nowNs + lifeNs;
        liveness.start(nowNs);
        state(
                SessionState.SUBSCRIBED,
                nowNs,
                subscriptions.requests() + " requests for " + subscriptions.streams() + " streams");
        check(nowNs);
    }

    /** The venue answered the upgrade with something else. */
    void refused(final long nowNs, final Refusal how, final String text) {
        refusal = how;
        end(nowNs, PROTOCOL_ERROR, text);
    }

    /** Bytes arrived at {@code stampNs}: the stamp of everything decoded from them. */
    void received(final long stampNs) {
        liveness.received(stampNs);
    }

    /** A whole data message; offered first, judged after. */
    void frame(final InboundType type, final ByteBuffer payload) {
        if (ended()) {
            return;
        }
        frames++;
        frameBytes += payload.remaining();
        final long stampNs = liveness.lastByteNs();
        context.inbound().offer(type, source, epoch, stampNs, payload);
        final int end = payload.limit();
        do {
            payload.limit(payload.position() + head.recordLength(payload));
            record(payload, stampNs);
            payload.position(payload.limit()).limit(end);
        } while (payload.hasRemaining() && !ended());
    }

    /** One record of it. */
    private void record(final ByteBuffer record, final long stampNs) {
        final Dialogue.Control control = head.control(record);
        if (control != null) {
            act(control, stampNs);
            return;
        }
        liveness.data();
        if (subscriptions.awaitsData() && liveNs == 0) {
            subscriptions.data(head.stream(record));
            progress(stampNs);
        }
    }

    /** All frames of this read were handed over. */
    void readComplete() {
        if (frames > 0) {
            context.counters().add(CounterId.FEED_FRAMES, frames);
            context.counters().add(CounterId.FEED_BYTES, frameBytes);
            frames = 0;
            frameBytes = 0;
        }
    }

    /** A pong arrived, or what the venue has instead of one. */
    void pong() {
        if (ended()) {
            return;
        }
        final long stampNs = liveness.lastByteNs();
        final long afterMs = (stampNs - liveness.pingNs()) / 1_000_000;
        context.counters().increment(CounterId.FEED_PONGS);
        liveness.pong();
        heartbeat(stampNs, "pong after " + afterMs + " ms");
    }

    /**
     * The venue pings. Of a flood only what the budget allows is answered, the newest last, as the
     * protocol permits.
     */
    void pinged(final byte[] payload) {
        if (ended()) {
            return;
        }
        final long stampNs = liveness.lastByteNs();
        outgoing.pong(payload, stampNs);
        liveness.heartbeat();
        heartbeat(stampNs, "ping from the venue");
    }

    /** A look at the clocks, a few times a second. */
    void check(final long nowNs) {
        switch (state) {
            case CONNECTING -> {
                if (nowNs - stateSinceNs >= timeouts.attempt().toNanos()) {
                    end(
                            nowNs,
                            GOING_AWAY,
                            "not connected after " + timeouts.attempt().toMillis() + " ms");
                }
            }
            case SUBSCRIBED -> {
                outgoing.requests(subscriptions, nowNs);
                final String overdue = subscriptions.overdue(nowNs - timeouts.ack().toNanos());
                if (overdue != null) {
                    end(nowNs, GOING_AWAY, "no answer to request " + overdue);
                }
                progress(nowNs);
            }
            case WARMING -> progress(nowNs);
            default -> {}
        }
        if (wasUpgraded() && !ended()) {
            outgoing.payDebts(nowNs);
            checkLiveness(nowNs);
        }
    }

    /** Ends it, for a reason that people read; later calls change nothing. */
    void end(final long nowNs, final int status, final String why) {
        if (ended()) {
            return;
        }
        readComplete();
        state(SessionState.DOWN, nowNs, why);
        outgoing.close(status);
    }

    /** The one place where the state changes and is announced. */
    private void state(final SessionState next, final long nowNs, final String cause) {
        final String why = access.hide(cause);
        state = next;
        reason = why;
        stateSinceNs = nowNs;
        if (next == SessionState.LIVE && liveNs == 0) {
            liveNs = nowNs;
        }
        context.inbound().offer(InboundType.SESSION, source, epoch, nowNs, next + " " + why);
        LOG.info("{} epoch {}: {} {}", name, epoch, next, why);
        owner.changed(this, nowNs);
    }

    private void act(final Dialogue.Control control, final long nowNs) {
        switch (control.kind()) {
            case ACK -> {
                subscriptions.answered(control.id());
                progress(nowNs);
            }
            case ERROR -> {
                final String request = subscriptions.answered(control.id());
                fact(
                        MonitorFact.SUBSCRIBE_REJECTED,
                        nowNs,
                        PeerText.printable(control.text())
                                + (request.isEmpty() ? "" : " (to " + request + ")"));
                progress(nowNs);
            }
            case SHUTDOWN -> rotationDueNs = Math.min(rotationDueNs, nowNs);
            case HEARTBEAT -> pong();
            case OTHER -> {}
        }
        if (control.reply() != null) {
            outgoing.reply(control.reply(), nowNs);
        }
    }

    private void progress(final long nowNs) {
        if (state == SessionState.SUBSCRIBED && subscriptions.allAnswered()) {
            state(
                    SessionState.WARMING,
                    nowNs,
                    "all " + subscriptions.requests() + " requests answered");
        }
        if (state == SessionState.WARMING
                && (!subscriptions.awaitsData()
                        || nowNs - stateSinceNs >= timeouts.warm().toNanos())) {
            state(
                    SessionState.LIVE,
                    nowNs,
                    "data on "
                            + subscriptions.streamsWithData()
                            + " of "
                            + subscriptions.streams()
                            + " streams");
        }
    }

    private void checkLiveness(final long nowNs) {
        switch (liveness.check(nowNs)) {
            case PING -> {
                if (outgoing.ping(dialogue, nowNs)) {
                    liveness.pinged(nowNs);
                }
            }
            case LATE -> suspect(nowNs);
            case DEAD -> end(nowNs, GOING_AWAY, "half-open: " + liveness.describeLateness(nowNs));
            case GOOD -> {}
        }
    }

    private void suspect(final long nowNs) {
        final String late = liveness.describeLateness(nowNs);
        if (state == SessionState.LIVE) {
            state(SessionState.SUSPECT, nowNs, late);
            fact(MonitorFact.HEARTBEAT_MISSED, nowNs, late);
        }
    }

    private void heartbeat(final long stampNs, final String what) {
        if (stampNs - heartbeatOfferedNs >= SECOND_NS) {
            heartbeatOfferedNs = stampNs;
            context.inbound().offer(InboundType.HEARTBEAT, source, epoch, stampNs, "");
        }
        if (state == SessionState.SUSPECT && !liveness.suspicious()) {
            state(SessionState.LIVE, stampNs, what);
        }
    }

    private void fact(final MonitorFact fact, final long nowNs, final String detail) {
        context.inbound()
                .offer(InboundType.MONITOR, source, epoch, nowNs, fact + " " + access.hide(detail));
    }
}
