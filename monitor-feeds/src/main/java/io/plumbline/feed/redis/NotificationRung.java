package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Keyspace notifications: one message per write with the name of what happened, filtered by key and
 * by ACL on the server, with a bounded buffer there. Silent for SWAPDB and after {@code CONFIG SET
 * notify-keyspace-events ""}: the sweep stands beside it.
 *
 * <p>Notifications are silent for FLUSHALL and FLUSHDB too. Client-side caching is not: so this
 * connection turns tracking on for itself without ever reading a key, and all it is told by that is
 * that everything may be gone. Redis 6.0 and later, where the ACL allows it; else a flush is seen
 * by the sweep, unless the keys are back before.
 */
final class NotificationRung extends SubscriptionRung {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationRung.class);
    private static final byte[] MESSAGE = ascii("pmessage");
    private static final byte[] SUBSCRIBED = ascii("psubscribe");
    private static final byte[] DELETED = ascii("del");
    private static final byte[] EXPIRED = ascii("expired");
    private static final byte[] EVICTED = ascii("evicted");

    private static final String FLUSHED = "__redis__:invalidate";
    private static final byte[] TOLD = ascii("message");

    private final String channel;
    private int acknowledged;

    NotificationRung(final PushContext context) {
        super(context, false);
        channel = channel(context.settings().database());
    }

    /** The pattern that is subscribed to for a prefix: an ACL must name it letter by letter. */
    static String pattern(final int database, final String prefix) {
        return channel(database) + KeyPattern.escaped(prefix) + "*";
    }

    private static String channel(final int database) {
        return "__keyspace@" + database + "__:";
    }

    @Override
    Rung rung() {
        return Rung.NOTIFICATION;
    }

    @Override
    void subscribe(final RedisLink opened) {
        trackFlushes(opened);
        final List<byte[]> patterns =
                context.prefixes().stream()
                        .map(
                                prefix ->
                                        RedisLink.bytes(
                                                pattern(context.settings().database(), prefix)))
                        .toList();
        opened.push(Command.PSUBSCRIBE, patterns);
        while (acknowledged < patterns.size()) {
            onReply(opened.read());
        }
    }

    /**
     * Has flushes told, where the user may; before the subscription, which allows no other command.
     */
    private static void trackFlushes(final RedisLink opened) {
        try {
            final String self = String.valueOf(opened.ask(Command.CLIENT, "ID"));
            opened.ask(Command.CLIENT, "TRACKING", "ON", "REDIRECT", self);
            opened.ask(Command.SUBSCRIBE, FLUSHED);
        } catch (final JedisConnectionException lost) {
            throw lost;
        } catch (final JedisDataException refused) {
            LOG.debug("flushes are left to the sweep: {}", refused.getMessage());
        }
    }

    @Override
    void onPush(final byte[] type, final List<?> push, final long nowNs) {
        if (is(type, SUBSCRIBED)) {
            acknowledged++;
        } else if (is(type, TOLD)) {
            context.dirty().markEverything();
        } else if (is(type, MESSAGE) && push.size() == 4) {
            context.counters().increment(CounterId.REDIS_NOTIFICATIONS);
            final byte[] name = (byte[]) push.get(2);
            final int from = channel.length();
            final int key =
                    name.length < from ? -1 : context.keys().find(name, from, name.length - from);
            if (key >= 0) {
                context.dirty().mark(key, kind((byte[]) push.get(3)), nowNs);
            }
        }
    }

    private static int kind(final byte[] event) {
        if (is(event, DELETED)) {
            return DirtyKeys.DELETED;
        }
        if (is(event, EXPIRED)) {
            return DirtyKeys.EXPIRED;
        }
        return is(event, EVICTED) ? DirtyKeys.EVICTED : 0;
    }
}
