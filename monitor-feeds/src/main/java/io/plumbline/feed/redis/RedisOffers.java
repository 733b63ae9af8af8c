package io.plumbline.feed.redis;

/**
 * What may be observed of a Redis beside its keys, because an operator says so.
 *
 * @param replicationTap whether its replication stream may be joined, where that needs no full
 *     synchronisation
 * @param stream the stream to which the writer adds what it writes; null for none
 * @param channel the channel on which the writer publishes what it writes; null for none
 */
public record RedisOffers(boolean replicationTap, Stream stream, Channel channel) {
    /** Nothing but the keys. */
    public static final RedisOffers NONE = new RedisOffers(false, null, null);

    /**
     * @param key the stream's name
     */
    public record Stream(String key, WriterEntry entry) {}

    /**
     * @param name the channel's name; its messages are JSON objects
     */
    public record Channel(String name, WriterEntry entry) {}
}
