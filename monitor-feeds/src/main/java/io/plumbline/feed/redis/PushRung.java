package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import io.plumbline.time.EpochNanoClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One life of one push connection: opened, subscribed, read until it ends, never used again. The
 * push thread runs it; the data thread pings through it and cuts it. It never waits for anything
 * but the socket, so the server's output buffer for it stays empty.
 */
abstract sealed class PushRung permits NotificationRung, TrackingRung {
    /** How far it got. */
    enum Phase {
        /** Connecting and subscribing. */
        OPENING,
        /** The server has acknowledged the subscription. */
        SUBSCRIBED,
        /** Over: {@link #failure()} says why. */
        ENDED
    }

    private static final Logger LOG = LoggerFactory.getLogger(PushRung.class);
    private static final byte[] PONG = RedisLink.bytes("pong");

    private final boolean resp3;
    final PushContext context;
    private volatile RedisLink link;
    private volatile Phase phase = Phase.OPENING;
    private volatile String failure = "";
    private volatile boolean refused;
    private volatile boolean cut;
    private volatile long pong;

    PushRung(final PushContext context, final boolean resp3) {
        this.context = context;
        this.resp3 = resp3;
    }

    /** Which rung this is. */
    abstract Rung rung();

    /** Sends the subscription and reads until it is acknowledged. Push thread. */
    abstract void subscribe(RedisLink opened);

    /** Takes one push. Push thread: only marks dirty keys. */
    abstract void onPush(byte[] type, List<?> push, long nowNs);

    /** Lives this connection's life. Push thread; returns when it is over, never throws. */
    final void run() {
        try {
            final RedisLink opened = RedisLink.forPush(context.settings(), resp3);
            link = opened;
            if (!cut) {
                subscribe(opened);
                phase = Phase.SUBSCRIBED;
                context.dirty().wake();
            }
            while (!cut) {
                onReply(opened.read());
            }
            failure = "closed by the monitor";
        } catch (final Throwable ended) {
            refused =
                    ended instanceof JedisDataException
                            && !(ended instanceof JedisConnectionException);
            failure = RedisLink.reason(ended, context.settings());
            if (!(ended instanceof JedisException)) {
                LOG.error("redis/{}: push thread", context.settings().name(), ended);
            }
            if (!cut) {
                context.counters().increment(CounterId.REDIS_ERRORS);
            }
        } finally {
            cut();
            phase = Phase.ENDED;
            context.dirty().wake();
        }
    }

    /** Push thread: takes whatever the connection handed out. */
    final void onReply(final Object reply) {
        if (reply instanceof List<?>) {
            final List<?> push = (List<?>) reply;
            if (push.size() > 1 && push.get(0) instanceof byte[]) {
                final byte[] type = (byte[]) push.get(0);
                if (java.util.Arrays.equals(type, PONG)) {
                    onPong(push.get(1));
                } else {
                    onPush(type, push, context.clock().epochNanos());
                }
            }
        } else {
            onPong(reply);
        }
    }

    /** Data thread: sends a ping whose answer carries {@code number}. */
    final void ping(final long number) {
        link.push(Command.PING, List.of(RedisLink.bytes(Long.toString(number))));
    }

    /** The highest number that a ping's answer carried. */
    final long pong() {
        return pong;
    }

    final Phase phase() {
        return phase;
    }

    final String failure() {
        return failure;
    }

    /** Whether the server refused the subscription, as opposed to losing the connection. */
    final boolean refused() {
        return refused;
    }

    /** Ends it; the push thread notices at once. Any thread. */
    final void cut() {
        cut = true;
        final RedisLink open = link;
        if (open != null) {
            open.cut();
        }
    }

    private void onPong(final Object number) {
        if (number instanceof byte[]) {
            final long answered =
                    EmbeddedNumber.sequence((byte[]) number, 0, ((byte[]) number).length);
            pong = Math.max(pong, answered);
            context.dirty().wake();
        }
    }

    static boolean is(final byte[] text, final byte[] expected) {
        return java.util.Arrays.equals(text, expected);
    }

    static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What the rungs work with. */
    record PushContext(
            RedisSettings settings,
            io.plumbline.market.WatchedKeys keys,
            List<String> prefixes,
            DirtyKeys dirty,
            EpochNanoClock clock,
            io.plumbline.metrics.Counters counters) {}
}
