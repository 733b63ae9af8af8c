package io.plumbline.app;

import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** A master that changes, under a whole monitor and a writer that asks the sentinels. */
@Tag("servers")
final class SentinelChaosTest extends FailoverChaos<SentinelServers> {
    @Override
    SentinelServers open(final RedisBinary binary, final Path folder) throws IOException {
        return new SentinelServers(binary, folder);
    }

    @Override
    void awaitWell() {
        servers.rig.awaitReplicas();
    }

    @Override
    RedisProcess primary() {
        return servers.rig.master();
    }

    @Override
    void failOver(final RedisProcess primary) {
        servers.rig.failOver();
    }

    @Override
    void kill(final RedisProcess primary) {
        servers.rig.killMaster();
    }
}
