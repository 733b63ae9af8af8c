package io.plumbline.app.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.config.ConfigException;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.FindingKind;
import io.plumbline.metrics.CounterId;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every word of a key rule reaches the verdict: from the configuration to the finding. */
final class KeyRuleVerdictTest {
    private static final String ONE = "pattern: \"px\", symbols: [\"BTC/USDT:USDT\"]";

    private static String moved(final String price, final String by) {
        return new BigDecimal(price).add(new BigDecimal(by)).toPlainString();
    }

    /** What is found of a writer that makes {@code written} of each price. */
    private static List<String> judged(final String rule, final UnaryOperator<String> written)
            throws ConfigException {
        final JudgedKeys keys = new JudgedKeys(ONE + rule);
        keys.market(20, () -> keys.write("px", keys.price(-1)));
        keys.market(20, () -> keys.write("px", written.apply(keys.price(-1))));
        return keys.told();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                       |0.1 |PRICE_WRONG open px",
                ", tolerance: {ticks: 2}|0.2 |",
                ", tolerance: {ticks: 2}|0.3 |PRICE_WRONG open px",
                ", tolerance: {bps: 1}  |6   |",
                ", tolerance: {bps: 1}  |200 |PRICE_WRONG open px",
                ", tolerance: {bps: 40} |200 |"
            })
    void tolerance(final String rule, final String by, final String expected)
            throws ConfigException {
        assertEquals(
                expected == null ? List.of() : List.of(expected),
                judged(rule == null ? "" : rule, price -> moved(price, "-" + by)));
    }

    @ParameterizedTest
    @CsvSource({"250ms,PRICE_LATE open px", "600ms,", "400ms,", "399ms,PRICE_LATE open px"})
    void lagBudget(final String budget, final String expected) throws ConfigException {
        final JudgedKeys keys = new JudgedKeys(ONE + ", lagBudget: " + budget);
        keys.market(20, () -> keys.write("px", keys.price(-1)));
        keys.market(20, () -> keys.write("px", keys.price(-6)));
        assertEquals(expected == null ? List.of() : List.of(expected), keys.told());
        if (expected != null) {
            assertEquals("400000000", keys.findings.get(0).text(Evidence.LAG_NS));
        }
    }

    @Test
    void reference() throws ConfigException {
        final JudgedKeys keys = new JudgedKeys(ONE + ", reference: bid");
        keys.market(20, () -> keys.write("px", keys.price(-1)));
        assertEquals(List.of(), keys.told());
        assertEquals(20, keys.counters.get(CounterId.PRICE_UNVERIFIABLE), "no bid was ever told");
    }

    @Test
    void symbolOfTheKey() throws ConfigException {
        final JudgedKeys keys = new JudgedKeys("pattern: \"{symbol}\"");
        keys.market(
                20,
                () -> {
                    keys.write("BTC/USDT:USDT", keys.price(-1));
                    keys.write("ETH/USDT:USDT", moved(keys.price(-1), "9000"));
                });
        assertEquals(List.of("PRICE_WRONG open ETH/USDT:USDT"), keys.told());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expected: 30s                |30000|",
                "expected: 30s                |27000|",
                "expected: 30s                |26999|KEY_TTL_SHORT open px",
                "expected: 30s                |0    |KEY_NO_TTL open px",
                "expected: 30s, shortest: 10s |11000|",
                "expected: 30s, shortest: 10s |9000 |KEY_TTL_SHORT open px",
                "expected: true               |1000 |",
                "expected: true, shortest: 2s |1000 |KEY_TTL_SHORT open px",
                "expected: true               |0    |KEY_NO_TTL open px",
                "expected: false              |0    |"
            })
    void timeToLive(final String rule, final long ttlMs, final String expected)
            throws ConfigException {
        final JudgedKeys keys = new JudgedKeys(ONE + ", ttl: {" + rule + "}");
        keys.market(20, () -> keys.write("px", JudgedKeys.bytes(keys.price(-1)), ttlMs));
        assertEquals(expected == null ? List.of() : List.of(expected), keys.told());
    }

    /** HSET and then EXPIRE: the old deadline is read in between. */
    @Test
    void timeToLiveThatIsRenewedAMomentLater() throws ConfigException {
        final JudgedKeys keys = new JudgedKeys(ONE + ", ttl: {expected: 30s}");
        keys.market(
                20,
                () -> {
                    keys.write("px", JudgedKeys.bytes(keys.price(-1)), 9_000);
                    keys.write("px", JudgedKeys.bytes(keys.price(-1)), 30_000);
                });
        assertEquals(List.of(), keys.told());
    }

    @Test
    void writerName() throws ConfigException {
        final JudgedKeys keys =
                new JudgedKeys(
                        List.of(
                                "pattern: \"a:{symbol}\", writer: left",
                                "pattern: \"b:{symbol}\", writer: right"));
        final Runnable left =
                () ->
                        List.of("BTC", "ETH")
                                .forEach(b -> keys.write("a:" + b + "/USDT:USDT", keys.price(-1)));
        keys.market(
                20,
                () -> {
                    left.run();
                    List.of("BTC", "ETH")
                            .forEach(b -> keys.write("b:" + b + "/USDT:USDT", keys.price(-1)));
                });
        keys.market(200, left);
        assertTrue(keys.told().contains("WRITER_DEAD open right"), keys.told().toString());
        assertTrue(
                keys.findings.stream()
                        .filter(f -> f.kind == FindingKind.WRITER_DEAD)
                        .allMatch(f -> f.key.equals("right")),
                keys.told().toString());
    }

    @Test
    void jsonWithTheVenuesTime() throws ConfigException {
        final JudgedKeys keys = new JudgedKeys(ONE + ", format: \"json:d.0.p,time=T\"");
        keys.market(20, () -> keys.write("px", json(keys.price(-1), keys.timeMs(-1))));
        assertEquals(List.of(), keys.told());
        keys.market(1, () -> keys.write("px", json(keys.price(-7), keys.timeMs(-1))));
        assertEquals(List.of("PRICE_WRONG open px"), keys.told());
    }

    @Test
    void jsonWithTheVenuesSequence() throws ConfigException {
        final JudgedKeys keys = new JudgedKeys(ONE + ", format: \"json:p,seq=a\"");
        final int[] trade = {0};
        keys.market(
                20,
                () -> keys.write("px", "{\"a\":" + ++trade[0] + ",\"p\":" + keys.price(-1) + "}"));
        assertEquals(List.of(), keys.told());
        keys.market(1, () -> keys.write("px", "{\"a\":21,\"p\":" + keys.price(-2) + "}"));
        assertEquals(List.of("PRICE_WRONG open px"), keys.told());
    }

    @Test
    void messagePackWithTheVenuesTime() throws ConfigException {
        final JudgedKeys keys = new JudgedKeys(ONE + ", format: \"msgpack:p,time=t\"");
        keys.market(20, () -> keys.write("px", packed(keys.price(-1), keys.timeMs(-1)), 30_000));
        assertEquals(List.of(), keys.told());
        assertEquals(20, keys.counters.get(CounterId.PRICE_IN_SYNC));
        keys.market(1, () -> keys.write("px", packed(keys.price(-7), keys.timeMs(-1)), 30_000));
        assertEquals(List.of("PRICE_WRONG open px"), keys.told());
        keys.market(1, () -> keys.write("px", JudgedKeys.bytes("{\"p\":1}"), 30_000));
        assertTrue(keys.told().contains("VALUE_MALFORMED open px"), keys.told().toString());
    }

    private static String json(final String price, final long timeMs) {
        return "{\"T\":" + timeMs + ",\"d\":[{\"p\":\"" + price + "\"}]}";
    }

    /** {@code {"p": f64, "t": u64}}. */
    private static byte[] packed(final String price, final long timeMs) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x82, (byte) 0xA1, 'p', (byte) 0xCB});
        out.writeBytes(ByteBuffer.allocate(8).putDouble(Double.parseDouble(price)).array());
        out.writeBytes(new byte[] {(byte) 0xA1, 't', (byte) 0xCF});
        out.writeBytes(ByteBuffer.allocate(8).putLong(timeMs).array());
        return out.toByteArray();
    }
}
