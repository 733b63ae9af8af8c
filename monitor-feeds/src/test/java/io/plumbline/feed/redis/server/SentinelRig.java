package io.plumbline.feed.redis.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * A master, two replicas and three sentinels that agree within seconds. Which server is the master
 * changes with every failover: ask {@link #master()}.
 */
public final class SentinelRig implements AutoCloseable {
    /** By what name the sentinels know the master. */
    public static final String MASTER = "prices";

    private static final int REPLICAS = 2;
    private static final int SENTINELS = 3;
    private static final int DOWN_AFTER_MS = 1_000;
    private static final long AGREED_WITHIN_S = 30;

    private final List<RedisProcess> servers = new ArrayList<>();
    private final List<RedisProcess> sentinels = new ArrayList<>();

    /**
     * @param folder where servers and sentinels keep theirs
     * @param directives lines of redis.conf of every server, for example the notification flags
     */
    public SentinelRig(final RedisBinary binary, final Path folder, final List<String> directives)
            throws IOException {
        final RedisProcess first = new RedisProcess(binary, folder, directives);
        servers.add(first);
        for (int i = 0; i < REPLICAS; i++) {
            final List<String> following = new ArrayList<>(directives);
            following.add("replicaof 127.0.0.1 " + first.port());
            servers.add(new RedisProcess(binary, folder, following));
        }
        for (int i = 0; i < SENTINELS; i++) {
            sentinels.add(
                    new RedisProcess(
                            binary,
                            folder,
                            "sentinel",
                            List.of(
                                    "sentinel monitor "
                                            + MASTER
                                            + " 127.0.0.1 "
                                            + first.port()
                                            + " 2",
                                    "sentinel down-after-milliseconds "
                                            + MASTER
                                            + ' '
                                            + DOWN_AFTER_MS,
                                    "sentinel failover-timeout " + MASTER + " 5000",
                                    "sentinel parallel-syncs " + MASTER + " 2"),
                            List.of("--sentinel")));
        }
    }

    /** Starts all of it and waits until every sentinel knows the others and both replicas. */
    public SentinelRig start() throws IOException {
        for (final RedisProcess server : servers) {
            server.start();
        }
        awaitReplicas();
        for (final RedisProcess sentinel : sentinels) {
            sentinel.start();
        }
        Patience.await("agreement of the sentinels", AGREED_WITHIN_S, this::agreed, this::state);
        return this;
    }

    /** Every server, whatever its role. */
    public List<RedisProcess> servers() {
        return List.copyOf(servers);
    }

    public List<RedisProcess> sentinels() {
        return List.copyOf(sentinels);
    }

    /** Addresses of the sentinels as a configuration names them: {@code host:port,host:port}. */
    public String sentinelAddresses() {
        return sentinels.stream()
                .map(sentinel -> sentinel.address().toString())
                .collect(Collectors.joining(","));
    }

    /** The server that a majority of sentinels calls the master. */
    public RedisProcess master() {
        for (final RedisProcess server : servers) {
            int votes = 0;
            for (final RedisProcess sentinel : sentinels) {
                votes += server.port() == masterPort(sentinel) ? 1 : 0;
            }
            if (votes > SENTINELS / 2) {
                return server;
            }
        }
        throw new IllegalStateException("the sentinels do not agree: " + state());
    }

    public List<RedisProcess> replicas() {
        final RedisProcess master = master();
        return servers.stream().filter(server -> server != master).toList();
    }

    /** {@code SENTINEL FAILOVER}: nothing dies. Returns the new master once it takes writes. */
    public RedisProcess failOver() {
        final RedisProcess before = master();
        // A sentinel that has not agreed with the others yet since the last one refuses: ask again.
        Patience.await(
                "a sentinel that begins the failover",
                AGREED_WITHIN_S,
                () -> {
                    try (Jedis jedis = sentinels.get(0).client()) {
                        return "OK".equals(jedis.sentinelFailover(MASTER));
                    }
                },
                this::state);
        return awaitOtherMaster(before);
    }

    /** Kills the master. Returns the new one once it takes writes; the old one stays dead. */
    public RedisProcess killMaster() {
        final RedisProcess before = master();
        before.kill();
        return awaitOtherMaster(before);
    }

    /** Waits until the master has both replicas in step, as {@link #start} left them. */
    public void awaitReplicas() {
        Patience.await("two replicas in step", AGREED_WITHIN_S, this::replicated, this::state);
    }

    /** What everybody believes, for messages of failed tests. */
    public String state() {
        final StringBuilder state = new StringBuilder();
        for (final RedisProcess server : servers) {
            state.append(server).append(' ').append(role(server)).append('\n');
        }
        for (final RedisProcess sentinel : sentinels) {
            state.append(sentinel).append(": master ").append(masterPort(sentinel)).append('\n');
        }
        return state.toString();
    }

    @Override
    public void close() {
        sentinels.forEach(RedisProcess::close);
        servers.forEach(RedisProcess::close);
    }

    private RedisProcess awaitOtherMaster(final RedisProcess before) {
        Patience.await(
                "another master",
                AGREED_WITHIN_S,
                () -> {
                    final RedisProcess now = master();
                    return now != before && "master".equals(role(now));
                },
                this::state);
        return master();
    }

    private boolean replicated() {
        int inStep = 0;
        for (final RedisProcess server : servers) {
            inStep += "up".equals(server.info("master_link_status")) ? 1 : 0;
        }
        return inStep == REPLICAS;
    }

    private boolean agreed() {
        for (final RedisProcess sentinel : sentinels) {
            final String facts = sentinel.info("master0");
            if (!facts.contains("status=ok")
                    || !facts.contains("slaves=" + REPLICAS)
                    || !facts.contains("sentinels=" + SENTINELS)) {
                return false;
            }
        }
        return true;
    }

    private static String role(final RedisProcess server) {
        return server.running() ? server.info("role") : "dead";
    }

    private static int masterPort(final RedisProcess sentinel) {
        if (!sentinel.running()) {
            return 0;
        }
        try (Jedis jedis = sentinel.client()) {
            final List<String> address = jedis.sentinelGetMasterAddrByName(MASTER);
            return address == null
                    ? 0
                    : new HostAndPort(address.get(0), Integer.parseInt(address.get(1))).getPort();
        }
    }
}
