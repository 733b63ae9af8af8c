package io.plumbline.app.config;

import java.time.Duration;
import java.util.List;

/**
 * What is watched in a Redis beside its prices; all of it may be empty.
 *
 * @param streams streams and their consumer groups
 */
public record AroundConfig(List<Stream> streams) {
    /** Nothing but prices. */
    public static final AroundConfig NONE = new AroundConfig(List.of());

    public AroundConfig {
        streams = List.copyOf(streams);
    }

    /**
     * A stream.
     *
     * @param groups groups that must be there; all that are there are judged
     * @param lag how long an entry may wait for its delivery
     * @param pending how long a delivered entry may wait for its acknowledgement
     * @param idle a consumer that was not seen for so long counts as idle
     * @param most entries that it may hold; 0 for no such rule
     */
    public record Stream(
            String key,
            List<String> groups,
            Duration every,
            Duration lag,
            Duration pending,
            Duration idle,
            int most) {
        public Stream {
            groups = List.copyOf(groups);
        }
    }

    public boolean isEmpty() {
        return equals(NONE);
    }
}
