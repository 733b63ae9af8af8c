package io.plumbline.app;

import io.plumbline.feed.redis.server.RedisBinary;

/** The Redis that comes with the build, by keyspace notifications. */
final class RedisChaosTest extends NotificationChaos {
    @Override
    RedisBinary binary() {
        return RedisBinary.EMBEDDED;
    }
}
