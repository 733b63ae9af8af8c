package io.plumbline.feed.redis;

import io.plumbline.market.MarketEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/**
 * A connection on which Redis pushes by itself. It never waits for anything but the socket, so the
 * server's output buffer for it stays empty.
 */
abstract sealed class SubscriptionRung extends PushRung
        permits NotificationRung, TrackingRung, ChannelRung {
    private static final byte[] PONG = RedisLink.bytes("pong");

    private final boolean resp3;
    private volatile RedisLink link;
    private volatile long pong;
    private long answered;

    SubscriptionRung(final PushContext context, final boolean resp3) {
        super(context);
        this.resp3 = resp3;
    }

    /** Sends the subscription and reads until it is acknowledged. Push thread. */
    abstract void subscribe(RedisLink opened);

    /** Takes one push. Push thread. */
    abstract void onPush(byte[] type, List<?> push, long nowNs);

    @Override
    final void open() {
        final RedisLink opened = RedisLink.forPush(context.settings(), resp3);
        link = opened;
        if (!isCut()) {
            subscribe(opened);
        }
    }

    @Override
    final void receive() {
        onReply(link.read());
    }

    @Override
    final void disconnect() {
        final RedisLink open = link;
        if (open != null) {
            open.cut();
        }
    }

    /** Push thread: takes whatever the connection handed out. */
    final void onReply(final Object reply) {
        if (reply instanceof List<?>) {
            final List<?> push = (List<?>) reply;
            if (push.size() > 1 && push.get(0) instanceof byte[]) {
                final byte[] type = (byte[]) push.get(0);
                if (Arrays.equals(type, PONG)) {
                    onPong(push.get(1));
                } else {
                    onPush(type, push, context.clock().epochNanos());
                }
            }
        } else {
            onPong(reply);
        }
    }

    @Override
    final void ping(final long number, final RedisLink data) {
        try {
            link.push(Command.PING, List.of(RedisLink.bytes(Long.toString(number))));
        } catch (final RuntimeException broken) {
            cut();
        }
    }

    /** What came before the answer is read, but counts only when it is taken too. */
    @Override
    final long pong() {
        final long told = pong;
        if (context.writes().isEmpty()) {
            answered = told;
        }
        return answered;
    }

    private void onPong(final Object number) {
        if (number instanceof byte[]) {
            final long answered =
                    EmbeddedNumber.sequence((byte[]) number, 0, ((byte[]) number).length);
            if (answered != MarketEvent.NONE) {
                pong = Math.max(pong, answered);
                context.dirty().wake();
            }
        }
    }

    static boolean is(final byte[] text, final byte[] expected) {
        return Arrays.equals(text, expected);
    }

    static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
