package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import io.plumbline.metrics.CounterId;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/**
 * The writer's own channel: every value that it publishes, in order. Redis drops what it cannot
 * deliver and does not say so; the writer's sequence does, where there is one. What finds no room
 * on our side is a counted loss too, and its key is read.
 */
final class ChannelRung extends SubscriptionRung {
    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] SUBSCRIBED = ascii("subscribe");
    private static final byte[] WHOLE = ascii(WriterEntry.WHOLE);
    private static final int NAME = 0;
    private static final int SEQUENCE = 2;

    private final byte[] channel;
    private final byte[][] places;
    private final JsonPath json;
    private final ToldEntries entries;
    private boolean acknowledged;

    ChannelRung(final PushContext context) {
        super(context, false);
        final RedisOffers.Channel source = context.settings().offers().channel();
        final WriterEntry entry = source.entry();
        channel = RedisLink.bytes(source.name());
        json = new JsonPath(entry.name(), entry.value(), entry.sequence());
        places =
                new byte[][] {
                    RedisLink.bytes(entry.name()),
                    RedisLink.bytes(entry.value()),
                    RedisLink.bytes(entry.sequence())
                };
        entries = new ToldEntries(context, entry);
    }

    @Override
    Rung rung() {
        return Rung.CHANNEL;
    }

    @Override
    void subscribe(final RedisLink opened) {
        opened.push(Command.SUBSCRIBE, List.of(channel));
        while (!acknowledged) {
            onReply(opened.read());
        }
    }

    @Override
    void onPush(final byte[] type, final List<?> push, final long nowNs) {
        if (is(type, SUBSCRIBED)) {
            acknowledged = true;
        } else if (is(type, MESSAGE) && push.size() == 3) {
            context.counters().increment(CounterId.REDIS_NOTIFICATIONS);
            final byte[] message = (byte[]) push.get(2);
            if (!json.scan(message, 0, message.length)) {
                context.counters().increment(CounterId.REDIS_TOLD_UNREADABLE);
                return;
            }
            final ToldWrite write = entries.read(name -> field(name, message), nowNs);
            long lost = entries.takeLost();
            if (write != null && !context.writes().offer(write)) {
                context.dirty().mark(write.key(), 0, nowNs);
                lost++;
            }
            lose(lost);
            context.dirty().wake();
        }
    }

    private byte[] field(final byte[] name, final byte[] message) {
        if (Arrays.equals(name, WHOLE)) {
            return message;
        }
        for (int path = NAME; path <= SEQUENCE; path++) {
            if (Arrays.equals(name, places[path])) {
                final JsonPath.Kind kind = json.kind(path);
                final boolean readable =
                        kind == JsonPath.Kind.NUMBER || kind == JsonPath.Kind.STRING;
                return readable
                        ? Arrays.copyOfRange(message, json.start(path), json.end(path))
                        : null;
            }
        }
        return null;
    }
}
