package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.Field;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.Rung;
import io.plumbline.market.WatchedKeys;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What writers put into Redis and what the engine is told of it. */
final class RedisDecoderTest {
    private static final byte[] KEY = bytes("pms:price:A");
    private static final long AFTER_NS = 1_700_000_000_000_000_000L;

    private final ObservationWriter writer = new ObservationWriter();
    private final MarketEvent draft = new MarketEvent();
    private final InboundMessage message = new InboundMessage();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain|1.5|1.5 NONE",
                "plain|1.23e-06|0.00000123 NONE",
                "plain|64123|64123 NONE",
                "plain|``| EMPTY",
                "plain| 1.5| NOT_A_NUMBER",
                "plain|1.5 | NOT_A_NUMBER",
                "plain|1,234.5| NOT_A_NUMBER",
                "plain|None| NOT_A_NUMBER",
                "plain|null| NOT_A_NUMBER",
                "plain|nan| NOT_FINITE",
                "plain|-inf| NOT_FINITE",
                "plain|Infinity| NOT_FINITE",
                "plain|0.0|0 NOT_POSITIVE",
                "plain|-1.5|-1.5 NOT_POSITIVE",
                "json:p|{\"p\":1.5}|1.5 NONE",
                "json:p| { \"x\" : [1,{\"p\":7}], \"p\" : \"2.50\" } |2.5 NONE",
                "json:a.p|{\"p\":1,\"a\":{\"p\":3,\"q\":{}}}|3 NONE",
                "json:p|{\"p\":1,\"p\":2}|2 NONE",
                "json:d.1.p|{\"d\":[{\"p\":1},{\"p\":2}]}|2 NONE",
                "json:d.2.p|{\"d\":[{\"p\":1},{\"p\":2}]}| FIELD_MISSING",
                "json:d.01|{\"d\":[1,2]}| FIELD_MISSING",
                "json:1.0|[[1],[\"2.5\",3]]|2.5 NONE",
                "json:0|{\"0\":4}|4 NONE",
                "json:.|\"5.5\"|5.5 NONE",
                "json:.|{\"p\":1}| NOT_A_NUMBER",
                "json:p|{\"P\":1}| FIELD_MISSING",
                "json:p|[1]| FIELD_MISSING",
                "json:p|12| FIELD_MISSING",
                "json:p|{\"p\":1.5| NOT_JSON",
                "json:p|{\"p\":1.5}}| NOT_JSON",
                "json:p|{'p':1.5}| NOT_JSON",
                "json:p|{\"p\":01}| NOT_JSON",
                "json:p|{\"p\":1,}| NOT_JSON",
                "json:p|{\"p\":1,\"q\":NaN}| NOT_JSON",
                "json:p|{\"p\":NaN}| NOT_FINITE",
                "json:p|{\"p\":-Infinity}| NOT_FINITE",
                "json:p|{\"p\":\"nan\"}| NOT_FINITE",
                "json:p|{\"p\":null}| NOT_A_NUMBER",
                "json:p|{\"p\":\"\"}| EMPTY",
                "json:p|{\"p\":0}|0 NOT_POSITIVE",
                "json:p|``| EMPTY",
                "hash:p|5|5 NONE",
                "hash:p|``| EMPTY"
            })
    void shouldReadOrNameTheFault(final String format, final String value, final String expected) {
        final String seen = decode(format, value(bytes(value)));
        assertEquals("KEY_VALUE PRESENT " + expected, seen);
    }

    @Test
    void shouldTellMissingFieldsOtherTypesAndLongValues() {
        assertEquals("KEY_VALUE PRESENT  FIELD_MISSING", decode("hash:p", value(null)));
        assertEquals(
                "KEY_VALUE PRESENT  WRONG_TYPE",
                decode("plain", writer.wrongType(KEY, Rung.SAMPLING, AFTER_NS, AFTER_NS)));
        final byte[] tooLong = new byte[RedisObservation.LONGEST_VALUE + 1];
        Arrays.fill(tooLong, (byte) '1');
        assertEquals("KEY_VALUE PRESENT  TOO_LONG", decode("plain", value(tooLong)));
        assertEquals(RedisObservation.LONGEST_VALUE, draft.length);
    }

    @Test
    void shouldCarryEverythingThatWasObserved() {
        decode(
                "hash:p,seq=s,time=t",
                writer.present(
                        KEY,
                        Rung.TRACKING,
                        AFTER_NS,
                        MarketEvent.NEVER,
                        bytes("2"),
                        bytes("99"),
                        bytes("1700000000123")));
        assertEquals(
                List.of(
                        (Object) Rung.TRACKING,
                        AFTER_NS,
                        MarketEvent.NEVER,
                        99L,
                        1_700_000_000_123_000_000L,
                        0,
                        41,
                        "2"),
                List.of(
                        draft.rung,
                        draft.writtenAfterNs,
                        draft.expiresAtNs,
                        draft.embeddedSequence,
                        draft.embeddedNs,
                        draft.key,
                        draft.instrument,
                        draft.text(99)));
        decode("json:p,seq=u,time=E", value(bytes("{\"E\":1700000000.25,\"u\":\"8\",\"p\":1}")));
        assertEquals(8, draft.embeddedSequence);
        assertEquals(1_700_000_000_250_000_000L, draft.embeddedNs);
        decode("json:p,seq=u,time=E", value(bytes("{\"E\":\"now\",\"u\":-8,\"p\":1}")));
        assertEquals(MarketEvent.NONE, draft.embeddedSequence);
        assertEquals(MarketEvent.NONE, draft.embeddedNs);
    }

    @Test
    void shouldTellAbsenceAndEvents() {
        assertEquals(
                "KEY_VALUE ABSENT  NONE",
                decode("plain", writer.absent(KEY, Rung.SWEEP, AFTER_NS)));
        assertEquals(
                "KEY_EVENT EXPIRED  NONE",
                event(writer.event(KEY, Rung.NOTIFICATION, KeyState.EXPIRED)));
        assertEquals(0, draft.key);
        assertEquals(
                "KEY_EVENT FLUSHED  NONE",
                event(writer.event(null, Rung.TRACKING, KeyState.FLUSHED)));
        assertEquals(-1, draft.key);
        assertEquals(
                "IGNORED UNKNOWN  NONE",
                event(writer.event(bytes("other"), Rung.TRACKING, KeyState.DELETED)));
    }

    @Test
    void shouldNeverThrowForBrokenPayloads() {
        final long seed = 20_261_123L;
        final SplittableRandom random = new SplittableRandom(seed);
        final RedisDecoder decoder = decoder("json:p,seq=u,time=E");
        for (int round = 0; round < 20_000; round++) {
            final int length = value(bytes("{\"p\":[1,\"\\u00e9\"],\"u\":1e3,\"E\":17.5}"));
            final byte[] broken = Arrays.copyOf(writer.buffer(), random.nextInt(length + 1));
            for (int i = random.nextInt(4); i > 0 && broken.length > 0; i--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                decoder.decode(
                        message.set(InboundType.REDIS_VALUE, 1, 1, 0, 1, broken, 0, broken.length),
                        draft.clear(),
                        event -> {});
            } catch (final RuntimeException thrown) {
                throw new AssertionError("seed " + seed + ", round " + round, thrown);
            }
        }
    }

    @Test
    void shouldAllocateNothingInSteadyState() {
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final RedisDecoder decoder = decoder("json:p,seq=u,time=E");
        final byte[] value = bytes("{\"E\":1700000000123,\"u\":77,\"p\":\"64123.10\"}");
        final long[] events = new long[1];
        final io.plumbline.market.EventHandler out = event -> events[0] += event.price.mantissa();
        for (int i = 0; i < 20_000; i++) {
            roundTrip(decoder, value, out);
        }
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            roundTrip(decoder, value, out);
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 10_000, "allocated " + allocated + " bytes in 10,000 messages");
        assertTrue(events[0] > 0);
    }

    private void roundTrip(
            final RedisDecoder decoder,
            final byte[] value,
            final io.plumbline.market.EventHandler out) {
        final int length = value(value);
        decoder.decode(
                message.set(InboundType.REDIS_VALUE, 1, 1, 0, 1, writer.buffer(), 0, length),
                draft.clear(),
                out);
    }

    private int value(final byte[] value) {
        return writer.present(
                KEY, Rung.NOTIFICATION, AFTER_NS, MarketEvent.NONE, value, null, null);
    }

    private String decode(final String format, final int length) {
        return decode(InboundType.REDIS_VALUE, format, length);
    }

    private String event(final int length) {
        return decode(InboundType.REDIS_EVENT, "plain", length);
    }

    private String decode(final InboundType type, final String format, final int length) {
        final List<String> seen = new ArrayList<>();
        final byte[] shifted = new byte[length + 3];
        System.arraycopy(writer.buffer(), 0, shifted, 3, length);
        decoder(format)
                .decode(
                        message.set(type, 1, 1, 0, 1, shifted, 3, length),
                        draft.clear(),
                        event ->
                                seen.add(
                                        event.type
                                                + " "
                                                + event.keyState
                                                + " "
                                                + event.price
                                                + " "
                                                + event.valueFault));
        assertEquals(1, seen.size());
        assertTrue(draft.type != EventType.UNPARSED);
        return seen.get(0);
    }

    private static RedisDecoder decoder(final String format) {
        final WatchedKeys keys = new WatchedKeys();
        keys.add(
                new WatchedKeys.WatchedKey(
                        0,
                        "pms:price:A",
                        2,
                        41,
                        Field.LAST,
                        1,
                        1,
                        0,
                        new Decimal(),
                        false,
                        0,
                        "test"));
        return new RedisDecoder(keys, List.of(ValueFormat.parse(format)));
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
