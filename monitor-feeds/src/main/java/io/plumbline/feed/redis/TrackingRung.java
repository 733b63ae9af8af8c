package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * RESP3 broadcast tracking: needs Redis 6.0 but nothing in its configuration. Several writes of a
 * key between two turns of the server come as one message, which is enough for the latest value;
 * what happened is not told. A null invalidation says that everything may have changed.
 */
final class TrackingRung extends SubscriptionRung {
    private static final byte[] INVALIDATE = ascii("invalidate");

    TrackingRung(final PushContext context) {
        super(context, true);
    }

    @Override
    Rung rung() {
        return Rung.TRACKING;
    }

    @Override
    void subscribe(final RedisLink opened) {
        final List<byte[]> arguments = new ArrayList<>();
        arguments.add(RedisLink.bytes("TRACKING"));
        arguments.add(RedisLink.bytes("ON"));
        arguments.add(RedisLink.bytes("BCAST"));
        for (final String prefix : context.prefixes()) {
            arguments.add(RedisLink.bytes("PREFIX"));
            arguments.add(RedisLink.bytes(prefix));
        }
        opened.push(Command.CLIENT, arguments);
        Object reply = opened.read();
        while (reply instanceof List<?>) {
            onReply(reply);
            reply = opened.read();
        }
        if (!(reply instanceof byte[]) || !is((byte[]) reply, ascii("OK"))) {
            throw new JedisDataException("CLIENT TRACKING was not acknowledged");
        }
    }

    @Override
    void onPush(final byte[] type, final List<?> push, final long nowNs) {
        if (!is(type, INVALIDATE)) {
            return;
        }
        context.counters().increment(CounterId.REDIS_NOTIFICATIONS);
        if (!(push.get(1) instanceof List<?>)) {
            context.dirty().markEverything();
            return;
        }
        for (final Object name : (List<?>) push.get(1)) {
            final byte[] bytes = (byte[]) name;
            final int key = context.keys().find(bytes, 0, bytes.length);
            if (key >= 0) {
                context.dirty().mark(key, 0, nowNs);
            }
        }
    }
}
