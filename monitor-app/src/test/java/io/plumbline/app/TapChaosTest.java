package io.plumbline.app;

import io.plumbline.feed.redis.server.RedisBinary;
import org.junit.jupiter.api.Tag;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ClientKillParams;

/**
 * The machine's own Redis with a replica, by the replication tap. It promises: every write is seen
 * with its value, in order, also across a lost connection, for as long as its place is in the
 * backlog; when it is not, that is told.
 */
@Tag("servers")
final class TapChaosTest extends RedisChaos {
    @Override
    RedisBinary binary() {
        return RedisBinary.INSTALLED.assumePresent();
    }

    @Override
    String rung() {
        return "replication";
    }

    @Override
    boolean seesEveryWrite() {
        return true;
    }

    /** Where it is attached: at the replica, by preference. */
    @Override
    void killPushConnection(final Jedis primary) {
        try (Jedis replica = server.replica.client()) {
            kill(replica);
            kill(primary);
        }
    }

    private static void kill(final Jedis jedis) {
        for (final String client : jedis.clientList().split("\n")) {
            if (client.contains("name=plumbline") && client.contains("flags=S")) {
                jedis.clientKill(
                        ClientKillParams.clientKillParams()
                                .id(client.substring("id=".length(), client.indexOf(' '))));
            }
        }
    }
}
