package io.plumbline.app;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The Redis that a test breaks: how monitor, writer and test reach it, whatever its shape. */
interface PriceServers extends AutoCloseable {
    /** Takes writes to whoever serves their keys now. */
    interface Target extends AutoCloseable {
        /**
         * Writes a batch in its order.
         *
         * @param done told of each write that was acknowledged
         * @throws redis.clients.jedis.exceptions.JedisException when a new connection is needed
         */
        void set(List<Price> batch, Consumer<Price> done);

        @Override
        void close();
    }

    /** One key and its new value. */
    record Price(String key, String value, long ttlMs) {}

    /** How a configuration reaches it: lines of one entry of {@code redis:} from the address on. */
    String yaml();

    /** A connection of the writer's own; throws while nobody can be written to. */
    Target connect();

    /** What the keys hold now, as their owners say; a missing one is left out. */
    Map<String, String> values(List<String> keys);

    /** Ends all of its processes. */
    @Override
    void close();

    /** Over how many threads a writer must deal out its keys, so that a dead shard is alone. */
    default int lanes() {
        return 1;
    }
}
