package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.Field;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Rung;
import io.plumbline.market.WatchedKeys;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * MessagePack values, byte for byte as the specification writes them, and what the engine is told.
 */
final class MessagePackTest {
    private static final byte[] KEY = "pms:mid:A".getBytes(StandardCharsets.UTF_8);
    private static final HexFormat HEX = HexFormat.of();

    private final ObservationWriter writer = new ObservationWriter();
    private final MarketEvent draft = new MarketEvent();
    private final InboundMessage message = new InboundMessage();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // {"p": 7} with every whole number
                "msgpack:p|81a170 07|7 NONE",
                "msgpack:p|81a170 ccff|255 NONE",
                "msgpack:p|81a170 cdffff|65535 NONE",
                "msgpack:p|81a170 ceffffffff|4294967295 NONE",
                "msgpack:p|81a170 cf0000000100000000|4294967296 NONE",
                "msgpack:p|81a170 cfffffffffffffffff|18446744073709551600 NONE",
                "msgpack:p|81a170 d07f|127 NONE",
                "msgpack:p|81a170 d17fff|32767 NONE",
                "msgpack:p|81a170 d27fffffff|2147483647 NONE",
                "msgpack:p|81a170 d37fffffffffffffff|9223372036854775800 NONE",
                "msgpack:p|81a170 d38000000000000000|-9223372036854775800 NOT_POSITIVE",
                "msgpack:p|81a170 ff|-1 NOT_POSITIVE",
                "msgpack:p|81a170 d0ff|-1 NOT_POSITIVE",
                "msgpack:p|81a170 d1fffe|-2 NOT_POSITIVE",
                "msgpack:p|81a170 00|0 NOT_POSITIVE",
                // 67890.1 and 0.00000123 as f64, 67890.1 and 1.2345 as f32
                "msgpack:p|81a170 cb40f093219999999a|67890.1 NONE",
                "msgpack:p|81a170 cb3eb4a2cf4d5aa6c0|0.00000123 NONE",
                "msgpack:p|81a170 ca4784990d|67890.1 NONE",
                "msgpack:p|81a170 ca3f9e0419|1.2345 NONE",
                "msgpack:p|81a170 cb7ff8000000000000|NOT_FINITE",
                "msgpack:p|81a170 cbfff0000000000000|NOT_FINITE",
                "msgpack:p|81a170 ca7f800000|NOT_FINITE",
                // text of every length
                "msgpack:p|81a170 a3312e35|1.5 NONE",
                "msgpack:p|81a170 d903312e35|1.5 NONE",
                "msgpack:p|81a170 da0003312e35|1.5 NONE",
                "msgpack:p|81a170 db00000003312e35|1.5 NONE",
                "msgpack:p|81a170 a0|EMPTY",
                "msgpack:p|81a170 a36e616e|NOT_FINITE",
                "msgpack:p|81a170 a4206e6f20|NOT_A_NUMBER",
                // what is no price
                "msgpack:p|81a170 c0|NOT_A_NUMBER",
                "msgpack:p|81a170 c3|NOT_A_NUMBER",
                "msgpack:p|81a170 c403312e35|NOT_A_NUMBER",
                "msgpack:p|81a170 80|NOT_A_NUMBER",
                "msgpack:p|81a170 d6ff65533f80|NOT_A_NUMBER",
                "msgpack:p|81a171 07|FIELD_MISSING",
                "msgpack:p|07|FIELD_MISSING",
                // {"x": {"p": 1}, "p": 2}, {"p": 1, "p": 2}, {"d": [{"p": 3}]}, [5, 6], {0: 7}
                "msgpack:p|82a17881a17001 a17002|2 NONE",
                "msgpack:p|82a17001 a17002|2 NONE",
                "msgpack:x.p|82a17881a17001 a17002|1 NONE",
                "msgpack:d.0.p|81a1649181a17003|3 NONE",
                "msgpack:d.1.p|81a1649181a17003|FIELD_MISSING",
                "msgpack:1|920506|6 NONE",
                "msgpack:0|810007|7 NONE",
                "msgpack:.|cb40f093219999999a|67890.1 NONE",
                "msgpack:p|de0001a17007|7 NONE",
                "msgpack:p|df00000001d90170dd0000000107|NOT_A_NUMBER",
                "msgpack:1|dc00020506|6 NONE",
                // skipped: binary, extensions, a name that is a list
                "msgpack:p|84a178c50001ff a179c70101ff 910107 a17008|8 NONE",
                // not MessagePack
                "msgpack:p|''|EMPTY",
                "msgpack:p|c1|NOT_MSGPACK",
                "msgpack:p|81a170|NOT_MSGPACK",
                "msgpack:p|81a17007 07|NOT_MSGPACK",
                "msgpack:p|81a170 cb40f0|NOT_MSGPACK",
                "msgpack:p|dfffffffff|NOT_MSGPACK",
                "msgpack:p|dbffffffff|NOT_MSGPACK",
                "msgpack:p|c9ffffffff|NOT_MSGPACK",
                "msgpack:p|7b2270223a317d|NOT_MSGPACK"
            })
    void shouldReadOrNameTheFault(final String format, final String hex, final String expected) {
        decode(format, HEX.parseHex(hex.replace(" ", "")));
        assertEquals(
                expected,
                draft.price.isGiven()
                        ? draft.price + " " + draft.valueFault
                        : "" + draft.valueFault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // 1,764,000,000.25 s: text, f64, ms, us, ns, and timestamps of 32, 64 and 96 bits
                "ad313736343030303030302e3235|1764000000250000000",
                "cb41da492040100000|1764000000250000000",
                "cf0000019ab697e8fa|1764000000250000000",
                "cb4279ab697e8fa000|1764000000250000000",
                "cf0006445941661090|1764000000250000000",
                "cf187afca776b0b280|1764000000250000000",
                "d6ff69248100|1764000000000000000",
                "d7ff3b9aca0069248100|1764000000250000000",
                "c70cff0ee6b2800000000069248100|1764000000250000000",
                "c70cffffffffff0000000069248100|NONE",
                "c70cff00000000ffffffffffffffff|NONE",
                "d6fe69248100|NONE",
                "a36e6f77|NONE",
                "c0|NONE",
                "ff|NONE"
            })
    void shouldReadTheTime(final String hex, final String expected) {
        decode("msgpack:p,time=t", HEX.parseHex("82a17007a174" + hex));
        assertEquals(
                expected, draft.embeddedNs == MarketEvent.NONE ? "NONE" : "" + draft.embeddedNs);
        assertEquals("7", draft.price.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "cf00000002540be401,10000000001",
        "a3313233,123",
        "cb4202a05f20080000,10000000001",
        "cb3ff8000000000000,NONE",
        "ff,NONE",
        "cfffffffffffffffff,NONE",
        "c0,NONE"
    })
    void shouldReadTheSequence(final String hex, final String expected) {
        decode("msgpack:p,seq=u", HEX.parseHex("82a17007a175" + hex));
        assertEquals(
                expected,
                draft.embeddedSequence == MarketEvent.NONE ? "NONE" : "" + draft.embeddedSequence);
    }

    @Test
    void shouldRefuseWhatIsTooDeepAndNeverThrow() {
        final byte[] deep = new byte[4_000];
        Arrays.fill(deep, (byte) 0x91);
        decode("msgpack:p", deep);
        assertEquals("NOT_MSGPACK", draft.valueFault.name());
        final long seed = 20_261_127L;
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] whole =
                HEX.parseHex(
                        "84a170cb40f093219999999a a175cf00000002540be401 a174d7ff3b9aca0069248100"
                                        .replace(" ", "")
                                + "a16492dc0001c0de00010703 d903787878c70301ffffff"
                                        .replace(" ", ""));
        for (int round = 0; round < 50_000; round++) {
            final byte[] broken = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int i = random.nextInt(4); i > 0 && broken.length > 0; i--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                decode("msgpack:d.0.p,seq=u,time=t", broken);
            } catch (final RuntimeException thrown) {
                throw new AssertionError("seed " + seed + ", round " + round, thrown);
            }
        }
    }

    @Test
    void shouldAllocateNothingInSteadyState() {
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final RedisDecoder decoder = decoder("msgpack:p,seq=u,time=t");
        final byte[] value =
                HEX.parseHex(
                        "83a170cb40f093219999999aa175cf00000002540be401a174d7ff3b9aca0069248100");
        final long[] events = new long[1];
        final EventHandler out = event -> events[0] += event.price.mantissa();
        for (int i = 0; i < 20_000; i++) {
            decode(decoder, value, out);
        }
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            decode(decoder, value, out);
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 10_000, "allocated " + allocated + " bytes in 10,000 messages");
        assertTrue(events[0] > 0);
    }

    private void decode(final String format, final byte[] value) {
        decode(decoder(format), value, event -> {});
    }

    private void decode(final RedisDecoder decoder, final byte[] value, final EventHandler out) {
        final int length =
                writer.present(KEY, Rung.NOTIFICATION, 1, MarketEvent.NONE, value, null, null);
        decoder.decode(
                message.set(InboundType.REDIS_VALUE, 1, 1, 0, 1, writer.buffer(), 0, length),
                draft.clear(),
                out);
    }

    private static RedisDecoder decoder(final String format) {
        final WatchedKeys keys = new WatchedKeys();
        keys.add(
                new WatchedKeys.WatchedKey(
                        0,
                        "pms:mid:A",
                        2,
                        41,
                        Field.MID,
                        1,
                        1,
                        0,
                        new Decimal(),
                        false,
                        0,
                        "test"));
        return new RedisDecoder(keys, List.of(ValueFormat.parse(format)));
    }
}
