package io.plumbline.app;

import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.feed.redis.server.SentinelRig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** A master with replicas, found through its sentinels. */
final class SentinelServers implements PriceServers {
    private static final int TIMEOUT_MS = 300;

    final SentinelRig rig;

    SentinelServers(final RedisBinary binary, final Path folder) throws IOException {
        rig = new SentinelRig(binary, folder, List.of("notify-keyspace-events K$ghxe")).start();
    }

    @Override
    public String yaml() {
        return "    sentinel:\n      master: "
                + SentinelRig.MASTER
                + "\n      nodes: ["
                + Arrays.stream(rig.sentinelAddresses().split(","))
                        .map(address -> '"' + address + '"')
                        .collect(Collectors.joining(", "))
                + "]\n";
    }

    @Override
    public Target connect() {
        return new Led(master());
    }

    @Override
    public Map<String, String> values(final List<String> keys) {
        try (Jedis jedis = open(master())) {
            return OneServer.valuesOf(jedis, keys);
        } catch (final JedisException nobodyToAsk) {
            return Map.of();
        }
    }

    /**
     * Writes to one master for as long as the sentinels call it so: for seconds after a planned
     * switch the old one would still take what will be lost.
     */
    private final class Led implements Target {
        private static final long ASK_NS = 100_000_000L;

        private final HostAndPort at;
        private final OneServer.Piped piped;
        private long askedNs = System.nanoTime();

        Led(final HostAndPort at) {
            this.at = at;
            piped = new OneServer.Piped(at);
        }

        @Override
        public void set(final List<Price> batch, final Consumer<Price> done) {
            if (System.nanoTime() - askedNs > ASK_NS) {
                askedNs = System.nanoTime();
                if (!at.equals(master())) {
                    throw new JedisConnectionException("another is master");
                }
            }
            piped.set(batch, done);
        }

        @Override
        public void close() {
            piped.close();
        }
    }

    /** What the first sentinel that answers says, if that server says so too. */
    private HostAndPort master() {
        for (final RedisProcess sentinel : rig.sentinels()) {
            try (Jedis asked = open(sentinel.address())) {
                final List<String> said = asked.sentinelGetMasterAddrByName(SentinelRig.MASTER);
                final HostAndPort address =
                        new HostAndPort(said.get(0), Integer.parseInt(said.get(1)));
                try (Jedis server = open(address)) {
                    if ("master".equals(String.valueOf(server.role().get(0)))) {
                        return address;
                    }
                }
            }
        }
        throw new JedisConnectionException("nobody is master");
    }

    private static Jedis open(final HostAndPort address) {
        return new Jedis(
                address,
                DefaultJedisClientConfig.builder()
                        .serverDefaultProtocol()
                        .socketTimeoutMillis(TIMEOUT_MS)
                        .connectionTimeoutMillis(TIMEOUT_MS)
                        .build());
    }

    @Override
    public void close() {
        rig.close();
    }
}
