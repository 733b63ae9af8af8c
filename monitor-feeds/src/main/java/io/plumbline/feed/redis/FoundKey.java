package io.plumbline.feed.redis;

import java.util.Map;

/**
 * A key that stands in Redis, and what it held when it was looked at.
 *
 * @param type as Redis names it: string, hash, list, ...; none where it went meanwhile
 * @param value of a string, at most {@link RedisObservation#LONGEST_VALUE} bytes and one; else null
 * @param fields of a hash; empty for everything else
 */
public record FoundKey(String name, String type, byte[] value, Map<String, byte[]> fields) {
    public FoundKey {
        fields = Map.copyOf(fields);
    }
}
