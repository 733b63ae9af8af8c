package io.plumbline.feed.redis;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Rung;
import io.plumbline.market.WatchedKeys;

/** Which key a message of the feed is about. In this package because its layout is not public. */
public final class RedisWays {
    private static final int RUNG_AT = 2;
    private static final int KEY_LENGTH_AT = 20;

    private RedisWays() {}

    /** Whether it is a value of which a push rung told, not the sweep. */
    public static boolean isPushed(final InboundMessage message) {
        return message.type == InboundType.REDIS_VALUE
                && message.bytes[message.offset + RUNG_AT] != Rung.SWEEP.ordinal();
    }

    /**
     * The key of which a push rung told, as it lies in the message.
     *
     * @return its id; -1 for what the sweep found and for any other message
     */
    public static int pushed(final InboundMessage message, final WatchedKeys keys) {
        if (!isPushed(message)) {
            return -1;
        }
        final int from =
                message.offset
                        + (message.bytes[message.offset] == RedisObservation.TOLD_VERSION
                                ? RedisObservation.TOLD_HEADER
                                : RedisObservation.HEADER);
        final int length =
                (short) RedisObservation.SHORT.get(message.bytes, message.offset + KEY_LENGTH_AT);
        return keys.find(message.bytes, from, length);
    }
}
