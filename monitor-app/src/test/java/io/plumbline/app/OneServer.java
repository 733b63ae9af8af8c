package io.plumbline.app;

import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/** A standalone Redis, with or without a replica; the monitor comes as an ACL user of its own. */
final class OneServer implements PriceServers {
    /** What the monitor may do, until a test takes it away. */
    static final String[] MAY = {
        "on", "~*", "resetchannels", "&__keyspace@0__:pms:price:*", "&__redis__:invalidate", "+@all"
    };

    static final String USER = "watcher";

    final RedisProcess redis;

    /** Has everything a moment later, or null. */
    final RedisProcess replica;

    OneServer(final RedisBinary binary, final Path folder, final boolean replicated)
            throws IOException {
        final List<String> lines =
                List.of(
                        "notify-keyspace-events K$ghxe",
                        "user " + USER + " >word " + String.join(" ", MAY));
        redis = new RedisProcess(binary, folder, lines);
        if (replicated) {
            final List<String> following = new ArrayList<>(lines);
            following.add("replicaof 127.0.0.1 " + redis.port());
            following.add("repl-ping-replica-period 1");
            replica = new RedisProcess(binary, folder, following);
        } else {
            replica = null;
        }
    }

    OneServer start() throws IOException {
        redis.start();
        if (replica != null) {
            replica.start();
        }
        return this;
    }

    /** Changes what the monitor may do. */
    void acl(final String... rules) {
        for (final RedisProcess each : replica == null ? List.of(redis) : List.of(redis, replica)) {
            try (Jedis jedis = each.client()) {
                jedis.aclSetUser(USER, rules);
            }
        }
    }

    @Override
    public String yaml() {
        return "    uri: redis://" + USER + ":word@127.0.0.1:" + redis.port() + "/0\n";
    }

    @Override
    public Target connect() {
        return new Piped(redis.address());
    }

    @Override
    public Map<String, String> values(final List<String> keys) {
        try (Jedis jedis = redis.client()) {
            return valuesOf(jedis, keys);
        }
    }

    static Map<String, String> valuesOf(final Jedis jedis, final List<String> keys) {
        final Map<String, String> values = new HashMap<>();
        final List<String> answers = jedis.mget(keys.toArray(new String[0]));
        for (int i = 0; i < keys.size(); i++) {
            if (answers.get(i) != null) {
                values.put(keys.get(i), answers.get(i));
            }
        }
        return values;
    }

    @Override
    public void close() {
        redis.close();
        if (replica != null) {
            replica.close();
        }
    }

    /** Pipelined SETs to one server. */
    static final class Piped implements Target {
        private static final int TIMEOUT_MS = 500;

        private final Jedis jedis;

        Piped(final HostAndPort address) {
            jedis =
                    new Jedis(
                            address,
                            DefaultJedisClientConfig.builder()
                                    .serverDefaultProtocol()
                                    .socketTimeoutMillis(TIMEOUT_MS)
                                    .connectionTimeoutMillis(TIMEOUT_MS)
                                    .build());
            jedis.ping();
        }

        @Override
        public void set(final List<Price> batch, final Consumer<Price> done) {
            try (Pipeline pipeline = jedis.pipelined()) {
                for (final Price price : batch) {
                    pipeline.set(
                            price.key(), price.value(), SetParams.setParams().px(price.ttlMs()));
                }
                final List<Object> answers = pipeline.syncAndReturnAll();
                for (int i = 0; i < answers.size(); i++) {
                    if (answers.get(i) instanceof JedisDataException) {
                        throw (JedisDataException) answers.get(i);
                    }
                    done.accept(batch.get(i));
                }
            }
        }

        @Override
        public void close() {
            jedis.close();
        }
    }
}
