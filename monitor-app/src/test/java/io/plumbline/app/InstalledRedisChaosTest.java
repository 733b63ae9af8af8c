package io.plumbline.app;

import io.plumbline.feed.redis.server.RedisBinary;
import org.junit.jupiter.api.Tag;

/** The machine's own Redis, by keyspace notifications. */
@Tag("servers")
final class InstalledRedisChaosTest extends NotificationChaos {
    @Override
    RedisBinary binary() {
        return RedisBinary.INSTALLED.assumePresent();
    }
}
