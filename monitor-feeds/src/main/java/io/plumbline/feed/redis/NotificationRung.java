package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/**
 * Keyspace notifications: one message per write with the name of what happened, filtered by key and
 * by ACL on the server, with a bounded buffer there. Silent for FLUSHALL, SWAPDB and after {@code
 * CONFIG SET notify-keyspace-events ""}: the sweep stands beside it.
 */
final class NotificationRung extends PushRung {
    private static final byte[] MESSAGE = ascii("pmessage");
    private static final byte[] SUBSCRIBED = ascii("psubscribe");
    private static final byte[] DELETED = ascii("del");
    private static final byte[] EXPIRED = ascii("expired");
    private static final byte[] EVICTED = ascii("evicted");

    private final String channel;
    private int acknowledged;

    NotificationRung(final PushContext context) {
        super(context, false);
        channel = "__keyspace@" + context.settings().database() + "__:";
    }

    @Override
    Rung rung() {
        return Rung.NOTIFICATION;
    }

    @Override
    void subscribe(final RedisLink opened) {
        final List<byte[]> patterns =
                context.prefixes().stream()
                        .map(prefix -> RedisLink.bytes(channel + KeyPattern.escaped(prefix) + "*"))
                        .toList();
        opened.push(Command.PSUBSCRIBE, patterns);
        while (acknowledged < patterns.size()) {
            onReply(opened.read());
        }
    }

    @Override
    void onPush(final byte[] type, final List<?> push, final long nowNs) {
        if (is(type, SUBSCRIBED)) {
            acknowledged++;
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
