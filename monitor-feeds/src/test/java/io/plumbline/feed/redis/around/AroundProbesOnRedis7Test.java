package io.plumbline.feed.redis.around;

import io.plumbline.feed.redis.server.RedisBinary;
import org.junit.jupiter.api.Tag;

/** The same on the machine's own Redis. */
@Tag("servers")
class AroundProbesOnRedis7Test extends AroundProbesTest {
    @Override
    RedisBinary binary() {
        return RedisBinary.INSTALLED;
    }
}
