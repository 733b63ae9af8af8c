package io.plumbline.app.config;

import java.time.Duration;

/**
 * How the nodes of a Redis are asked how they are, and from when on that is a finding.
 *
 * @param enabled whether they are asked at all
 * @param every the time from one question to the next
 * @param ping an answer that takes longer is slow
 * @param memoryPercent of its limit that a node may use
 * @param evictions keys that a node may evict in a second; 0: none
 * @param replicaLag for how long a replica may be unheard or cut off
 * @param replicaBytes how far a replica may be behind
 */
public record HealthConfig(
        boolean enabled,
        Duration every,
        Duration ping,
        int memoryPercent,
        int evictions,
        Duration replicaLag,
        long replicaBytes) {
    /** What suits most. */
    public static final HealthConfig DEFAULT =
            new HealthConfig(
                    true,
                    Duration.ofSeconds(1),
                    Duration.ofMillis(100),
                    80,
                    0,
                    Duration.ofSeconds(10),
                    16L << 20);

    /** The same, and nobody asks. */
    HealthConfig off() {
        return new HealthConfig(
                false, every, ping, memoryPercent, evictions, replicaLag, replicaBytes);
    }
}
