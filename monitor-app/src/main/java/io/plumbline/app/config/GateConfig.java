package io.plumbline.app.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the gate is offered besides the API.
 *
 * @param file mapped by engines on this host; null for none
 * @param hash kept in a Redis; null for none
 */
public record GateConfig(Path file, Hash hash) {
    /** The API alone. */
    public static final GateConfig NONE = new GateConfig(null, null);

    /**
     * A hash in a Redis.
     *
     * @param server where; watches nothing
     * @param key its name
     * @param ttl how long it outlives a monitor that has died
     * @param watched whether it may be written into a Redis whose keys are watched
     */
    public record Hash(RedisConfig server, String key, Duration ttl, boolean watched) {}
}
