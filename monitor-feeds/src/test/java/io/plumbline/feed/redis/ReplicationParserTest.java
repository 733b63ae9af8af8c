package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes on the replication stream, however it is cut, and where each command ends. */
final class ReplicationParserTest {
    private static final long BEGIN = 1_000;
    private static final String STREAM =
            "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n"
                    + "*1\r\n$4\r\nPING\r\n"
                    + "\n"
                    + "*5\r\n$3\r\nSET\r\n$11\r\npms:price:A\r\n$3\r\n1.5\r\n$4\r\nPXAT\r\n"
                    + "$13\r\n1700000000000\r\n"
                    + "*3\r\n$3\r\nset\r\n$11\r\npms:price:B\r\n$0\r\n\r\n"
                    + "*3\r\n$3\r\nSET\r\n$1\r\nx\r\n$6\r\n*1\r\n$4\r\n"
                    + "*3\r\n$8\r\nREPLCONF\r\n$6\r\nGETACK\r\n$1\r\n*\r\n";
    private static final List<String> COMMANDS =
            List.of(
                    "1023 SELECT 0",
                    "1037 PING",
                    "1108 SET pms:price:A 1.5 PXAT 1700000000000",
                    "1145 SET pms:price:B ",
                    "1177 SET x *1\r\n$4",
                    "1214 REPLCONF GETACK *");

    private final List<String> seen = new ArrayList<>();

    @Test
    void takesItWhole() throws StreamCorruptedException {
        final ReplicationParser parser = new ReplicationParser(BEGIN);
        final byte[] bytes = bytes(STREAM);
        parser.take(bytes, 0, bytes.length, this::see);
        assertEquals(COMMANDS, seen);
        assertEquals(BEGIN + bytes.length, parser.offset());
    }

    @Test
    void takesItCutAtEveryByte() throws StreamCorruptedException {
        final byte[] bytes = bytes(STREAM);
        for (int cut = 0; cut <= bytes.length; cut++) {
            seen.clear();
            final ReplicationParser parser = new ReplicationParser(BEGIN);
            parser.take(bytes, 0, cut, this::see);
            assertEquals(BEGIN + cut, parser.offset());
            parser.take(bytes, cut, bytes.length, this::see);
            assertEquals(COMMANDS, seen, "cut at " + cut);
        }
    }

    @Test
    void takesItByteByByte() throws StreamCorruptedException {
        final ReplicationParser parser = new ReplicationParser(BEGIN);
        for (final byte each : bytes(STREAM)) {
            parser.take(new byte[] {each}, 0, 1, this::see);
        }
        assertEquals(COMMANDS, seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+OK\r\n",
                "$5\r\nhello\r\n",
                "*x\r\n",
                "*\r\n",
                "*-1\r\n",
                "*1\n",
                "*1\rX",
                "*1\r\n*1\r\n",
                "*1\r\n$-1\r\n",
                "*1\r\n$4\r\nPING\n\n",
                "*1\r\n$4\r\nPINGX\r\n",
                "*1\r\n$3\r\nPING\r\n",
                "*1048577\r\n",
                "*99999999999\r\n",
                "*1\r\n$536870913\r\n",
                "*1\r\n$99999999999\r\n",
                "PING\r\n"
            })
    void refusesWhatRedisDoesNotSend(final String garbage) {
        final byte[] bytes = bytes(garbage);
        final StreamCorruptedException refused =
                assertThrows(
                        StreamCorruptedException.class,
                        () -> new ReplicationParser(BEGIN).take(bytes, 0, bytes.length, this::see));
        assertTrue(refused.getMessage().contains("at offset 10"), refused.getMessage());
        assertEquals(List.of(), seen);
    }

    @Test
    void readsPastWhatIsTooLongToKeepAndStaysInStep() throws StreamCorruptedException {
        final ReplicationParser parser = new ReplicationParser(0);
        final String tooLong = "v".repeat(ReplicatedCommand.LONGEST_ARGUMENT + 1);
        final StringBuilder wide = new StringBuilder("*5001\r\n$4\r\nMSET\r\n");
        for (int i = 0; i < 5_000; i++) {
            wide.append("$1\r\nk\r\n");
        }
        final StringBuilder heavy = new StringBuilder("*41\r\n$4\r\nMSET\r\n");
        for (int i = 0; i < 40; i++) {
            heavy.append("$32768\r\n").append("h".repeat(32_768)).append("\r\n");
        }
        final String after = "*1\r\n$4\r\nPING\r\n";
        final byte[] bytes =
                bytes(
                        "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$"
                                + tooLong.length()
                                + "\r\n"
                                + tooLong
                                + "\r\n"
                                + after
                                + wide
                                + after
                                + heavy
                                + after);
        final List<Boolean> whole = new ArrayList<>();
        final List<Integer> sizes = new ArrayList<>();
        parser.take(
                bytes,
                0,
                bytes.length,
                (command, end) -> {
                    whole.add(command.isWhole());
                    sizes.add(command.size());
                });
        assertEquals(List.of(false, true, false, true, false, true), whole);
        assertEquals(List.of(3, 1, 5_001, 1, 41, 1), sizes);
        assertEquals(bytes.length, parser.offset());
    }

    @Test
    void survivesAnyGarbage() {
        final long seed = 4;
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] good = bytes(STREAM);
        for (int round = 0; round < 20_000; round++) {
            final byte[] bytes = good.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            final ReplicationParser parser = new ReplicationParser(0);
            try {
                parser.take(bytes, 0, bytes.length, (command, end) -> command.name());
                assertEquals(bytes.length, parser.offset(), "seed " + seed + " round " + round);
            } catch (final StreamCorruptedException refused) {
                assertTrue(parser.offset() <= bytes.length, "seed " + seed + " round " + round);
            }
        }
    }

    private void see(final ReplicatedCommand command, final long end) {
        final StringBuilder line = new StringBuilder().append(end).append(' ');
        line.append(command.name());
        for (int i = 1; i < command.size(); i++) {
            line.append(' ').append(new String(command.copy(i), StandardCharsets.ISO_8859_1));
        }
        seen.add(line.toString());
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
