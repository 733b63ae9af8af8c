package io.plumbline.app;

import io.plumbline.feed.redis.server.ClusterRig;
import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A Cluster, asked by a client that follows it. */
final class ClusterServers implements PriceServers {
    private static final int TIMEOUT_MS = 500;
    private static final long SHUN_NS = TimeUnit.MILLISECONDS.toNanos(50);

    final ClusterRig rig;

    /**
     * @param directives lines of redis.conf of every node
     */
    ClusterServers(final RedisBinary binary, final Path folder, final String... directives)
            throws IOException {
        final List<String> lines = new ArrayList<>(List.of("notify-keyspace-events K$ghxe"));
        lines.addAll(List.of(directives));
        rig = new ClusterRig(binary, folder, lines).start();
    }

    @Override
    public String yaml() {
        return "    cluster:\n      nodes: ["
                + Arrays.stream(rig.addresses().split(","))
                        .map(address -> '"' + address + '"')
                        .collect(Collectors.joining(", "))
                + "]\n";
    }

    @Override
    public int lanes() {
        return 20;
    }

    @Override
    public Target connect() {
        return new Shards();
    }

    @Override
    public Map<String, String> values(final List<String> keys) {
        final Map<String, String> values = new HashMap<>();
        try (Shards shards = new Shards()) {
            for (final String key : keys) {
                final String value = shards.ask(key, jedis -> jedis.get(key));
                if (value != null) {
                    values.put(key, value);
                }
            }
        }
        return values;
    }

    @Override
    public void close() {
        rig.close();
    }

    /** Connections to the nodes, and who was last known to own each slot. One thread. */
    private final class Shards implements Target {
        private final Map<HostAndPort, Jedis> open = new HashMap<>();
        private final Map<HostAndPort, Long> shunnedUntilNs = new HashMap<>();
        private long learntNs;
        private HostAndPort[] owners = new HostAndPort[ClusterRig.SLOTS];

        Shards() {
            learn();
        }

        @Override
        public void set(final List<Price> batch, final Consumer<Price> done) {
            for (final Price price : batch) {
                final SetParams life = SetParams.setParams().px(price.ttlMs());
                if (ask(price.key(), jedis -> jedis.set(price.key(), price.value(), life))
                        != null) {
                    done.accept(price);
                }
            }
        }

        /** The answer of the key's owner, led on by what nodes say; null without one. */
        private String ask(final String key, final Function<Jedis, String> question) {
            final int slot = JedisClusterCRC16.getSlot(key);
            try {
                return on(owners[slot], question);
            } catch (final JedisMovedDataException moved) {
                owners[slot] = moved.getTargetNode();
                return again(owners[slot], question);
            } catch (final JedisAskDataException ask) {
                return again(
                        ask.getTargetNode(),
                        jedis -> {
                            jedis.asking();
                            return question.apply(jedis);
                        });
            } catch (final JedisException down) {
                shun(owners[slot]);
                if (System.nanoTime() - learntNs > SHUN_NS) {
                    learn();
                }
                return null;
            }
        }

        private String again(final HostAndPort node, final Function<Jedis, String> question) {
            try {
                return on(node, question);
            } catch (final JedisException notNow) {
                return null;
            }
        }

        private String on(final HostAndPort node, final Function<Jedis, String> question) {
            if (node == null || shunned(node)) {
                return null;
            }
            return question.apply(open.computeIfAbsent(node, Shards::connection));
        }

        private boolean shunned(final HostAndPort node) {
            return shunnedUntilNs.getOrDefault(node, Long.MIN_VALUE) > System.nanoTime();
        }

        private void shun(final HostAndPort node) {
            if (node != null) {
                shunnedUntilNs.put(node, System.nanoTime() + SHUN_NS);
                final Jedis broken = open.remove(node);
                if (broken != null) {
                    broken.close();
                }
            }
        }

        /** Reads who owns what from the first node that answers. */
        private void learn() {
            learntNs = System.nanoTime();
            for (final RedisProcess node : rig.nodes()) {
                if (node.running() && !shunned(node.address())) {
                    try (Jedis asked = connection(node.address())) {
                        learn(asked);
                        return;
                    } catch (final JedisException next) {
                        shun(node.address());
                    }
                }
            }
        }

        private void learn(final Jedis asked) {
            final HostAndPort[] learnt = new HostAndPort[ClusterRig.SLOTS];
            for (final Object each :
                    (List<?>) asked.sendCommand(Protocol.Command.CLUSTER, "SLOTS")) {
                final List<?> range = (List<?>) each;
                final List<?> master = (List<?>) range.get(2);
                final HostAndPort address =
                        new HostAndPort(
                                new String((byte[]) master.get(0)),
                                ((Long) master.get(1)).intValue());
                for (long slot = (Long) range.get(0); slot <= (Long) range.get(1); slot++) {
                    learnt[(int) slot] = address;
                }
            }
            owners = learnt;
        }

        private static Jedis connection(final HostAndPort node) {
            return new Jedis(
                    node,
                    DefaultJedisClientConfig.builder()
                            .serverDefaultProtocol()
                            .socketTimeoutMillis(TIMEOUT_MS)
                            .connectionTimeoutMillis(TIMEOUT_MS)
                            .build());
        }

        @Override
        public void close() {
            open.values().forEach(Jedis::close);
        }
    }
}
