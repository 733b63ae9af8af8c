package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Our slots against the ones that the Redis documents name, and against Jedis's. */
final class HashSlotTest {
    private static final long SEED = 20_261_127L;

    @ParameterizedTest
    @CsvSource({
        "123456789,12739",
        "foo,12182",
        "{user1000}.following,3443",
        "{user1000}.followers,3443",
        "'',0"
    })
    void shouldKnowTheDocumentedOnes(final String key, final int slot) {
        assertEquals(slot, HashSlot.of(RedisLink.bytes(key)));
    }

    @Test
    void shouldAgreeWithJedisForAnyBytesAndBraces() {
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 20_000; i++) {
            final byte[] key = new byte[1 + random.nextInt(24)];
            for (int at = 0; at < key.length; at++) {
                final int kind = random.nextInt(8);
                key[at] = (byte) (kind == 0 ? '{' : kind == 1 ? '}' : random.nextInt(256));
            }
            assertEquals(JedisClusterCRC16.getSlot(key), HashSlot.of(key), "seed " + SEED);
        }
    }
}
