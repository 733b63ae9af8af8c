package io.plumbline.app;

import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.feed.redis.server.SentinelRig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** A master with replicas, found through its sentinels. */
final class SentinelServers implements PriceServers, AutoCloseable {
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
        return new OneServer.Piped(master());
    }

    @Override
    public Map<String, String> values(final List<String> keys) {
        try (Jedis jedis = open(master())) {
            return OneServer.valuesOf(jedis, keys);
        } catch (final JedisException nobodyToAsk) {
            return Map.of();
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
