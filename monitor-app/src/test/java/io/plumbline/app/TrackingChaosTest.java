package io.plumbline.app;

import io.plumbline.feed.redis.server.RedisBinary;
import org.junit.jupiter.api.Tag;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ClientKillParams;

/**
 * The machine's own Redis, by broadcast tracking. It promises: of every key that was written at
 * least once it is told once, and the newest value is read.
 */
@Tag("servers")
final class TrackingChaosTest extends RedisChaos {
    @Override
    RedisBinary binary() {
        return RedisBinary.INSTALLED.assumePresent();
    }

    @Override
    String rung() {
        return "tracking";
    }

    @Override
    void killPushConnection(final Jedis jedis) {
        for (final String client : jedis.clientList().split("\n")) {
            if (client.matches(".* flags=\\w*B\\w* .*")) {
                jedis.clientKill(
                        ClientKillParams.clientKillParams()
                                .id(client.substring("id=".length(), client.indexOf(' '))));
            }
        }
    }
}
