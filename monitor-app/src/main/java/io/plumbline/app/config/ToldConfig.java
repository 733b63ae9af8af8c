package io.plumbline.app.config;

/**
 * How a Redis tells of every write with its value, where an operator opens it.
 *
 * @param replicationTap whether the replication stream may be joined, where that needs no full
 *     synchronisation
 * @param stream the writer's own stream; null for none
 * @param channel the writer's own channel; null for none
 */
public record ToldConfig(boolean replicationTap, Source stream, Source channel) {
    /** Only the keys. */
    public static final ToldConfig NONE = new ToldConfig(false, null, null);

    /**
     * @param name of the stream or channel
     * @param key the field that holds the key's name; "" where the symbol is told
     * @param symbol the field that holds the symbol; "" where the key is told
     * @param pattern makes the key of a symbol; "" where the key is told
     * @param value the field that holds what was written
     * @param sequence the field of a number that grows by one, "" for none
     * @param perKey whether every key has a sequence of its own
     */
    public record Source(
            String name,
            String key,
            String symbol,
            String pattern,
            String value,
            String sequence,
            boolean perKey) {}
}
