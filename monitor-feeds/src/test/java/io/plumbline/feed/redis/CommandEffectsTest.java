package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.market.Decimal;
import io.plumbline.market.Field;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.WatchedKeys;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What replicated commands did to the watched keys: A and B are strings, H is a hash. */
final class CommandEffectsTest {
    private static final long NOW_NS = 1_700_000_000_000_000_000L;

    /** The server's clock is a second ahead of ours. */
    private static final long AHEAD_NS = 1_000_000_000L;

    private final List<ToldWrite> told = new ArrayList<>();
    private long offset = 100;
    private CommandEffects effects = effects(0);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "SET A 1.5 | REPLACED A=1.5 never",
                "set A 1.5 NX | REPLACED A=1.5 never",
                "SET A 1.5 PXAT 1700000060000 | REPLACED A=1.5 +59000",
                "SET A 1.5 EXAT 1700000060 XX GET | REPLACED A=1.5 +59000",
                "SET A 1.5 PX 500 | REPLACED A=1.5 +500",
                "SET A 1.5 EX 5 | REPLACED A=1.5 +5000",
                "SET A 1.5 KEEPTTL | CHANGED A=1.5",
                "SET A 1.5 IFEQ 1.4 | READ_AGAIN A",
                "SET A 1.5 PXAT x | READ_AGAIN A",
                "SET A 1.5 PXAT 9223372036854775807 | REPLACED A=1.5 never",
                "SET C 1.5 |",
                "SETEX A 5 1.5 | REPLACED A=1.5 +5000",
                "PSETEX A 500 1.5 | REPLACED A=1.5 +500",
                "GETSET A 1.5 | REPLACED A=1.5 never",
                "MSET A 1 C 2 B 3 | REPLACED A=1 never; REPLACED B=3 never",
                "SET H 1 | READ_AGAIN H",
                "HSET H p 1.5 | CHANGED H=1.5",
                "HSET H x 1 p 1.5 u 7 t 9 | CHANGED H=1.5,7,9",
                "HMSET H u 7 | CHANGED H=,7",
                "HSET H x 1 | CHANGED H",
                "HSET A p 1 | READ_AGAIN A",
                "HDEL H p | READ_AGAIN H",
                "APPEND A 1 | READ_AGAIN A",
                "INCRBYFLOAT A 1 | READ_AGAIN A",
                "DEL A C B | GONE A; GONE B",
                "UNLINK A | GONE A",
                "EXPIRE A 5 | CHANGED A +5000",
                "PEXPIREAT A 1700000060000 | CHANGED A +59000",
                "PEXPIREAT A soon | READ_AGAIN A",
                "PERSIST A | CHANGED A never",
                "RENAME A B | GONE A; READ_AGAIN B",
                "COPY A B | READ_AGAIN A; READ_AGAIN B",
                "RESTORE A 0 xyz REPLACE | READ_AGAIN A",
                "MOVE A 3 | READ_AGAIN A",
                "NEWCMD x A | READ_AGAIN A",
                "FLUSHDB | FLUSHED",
                "FLUSHALL ASYNC | FLUSHED",
                "SWAPDB 0 1 | EVERYTHING",
                "SWAPDB 1 2 |",
                "EVALSHA abc 1 A | EVERYTHING",
                "PUBLISH A 1 |",
                "XADD s * A 1 | READ_AGAIN A",
            })
    void knowsWhatACommandDid(final String command, final String expected) {
        run(command);
        assertEquals(expected == null ? "" : expected, shown());
    }

    @Test
    void looksOnlyAtItsOwnDatabase() {
        run("SELECT 3", "SET A 1", "DEL A", "FLUSHDB", "NEWCMD A", "SELECT 0", "SET A 2");
        assertEquals("REPLACED A=2 never", shown());
        told.clear();
        run("SELECT 3", "FLUSHALL");
        assertEquals("FLUSHED", shown());
    }

    @Test
    void aTransactionShowsOnlyItsLastStateOfAKey() {
        run("MULTI", "SET A 1", "SET B 1", "SET A 2", "EXPIRE A 5");
        assertEquals("", shown(), "nothing before EXEC");
        final long before = effects.resume("id").offset();
        run("EXEC");
        assertEquals(
                List.of("A hidden", "B", "A hidden", "A"),
                told.stream()
                        .map(write -> name(write.key()) + (write.visible() ? "" : " hidden"))
                        .toList());
        assertTrue(effects.resume("id").offset() > before);
        assertEquals(100, before, "a lost connection goes on before MULTI, not within");
    }

    @Test
    void aHugeTransactionIsReadInstead() {
        run("MULTI");
        for (int i = 0; i <= CommandEffects.LARGEST_TRANSACTION; i++) {
            run("SET A " + i);
        }
        run("EXEC");
        assertEquals(CommandEffects.LARGEST_TRANSACTION + 1, told.size());
        assertEquals(ToldWrite.Kind.EVERYTHING, told.get(told.size() - 1).kind());
    }

    @Test
    void aDatabaseThatIsNotKnownIsProvenOrSelected() {
        effects = effects(CommandEffects.UNKNOWN_DATABASE);
        run("SET A 1", "DEL B");
        assertEquals("MAYBE A=1 never; MAYBE B", shown());
        assertFalse(effects.isDatabaseKnown());
        effects.proven();
        told.clear();
        run("SET A 1");
        assertEquals("REPLACED A=1 never", shown());
        effects = effects(CommandEffects.UNKNOWN_DATABASE);
        told.clear();
        run("SELECT 0", "SET A 1");
        assertEquals("REPLACED A=1 never", shown());
        assertEquals(new ReplicationPlace("id", offset, 0), effects.resume("id"));
    }

    @Test
    void tellsWhereACommandEnds() {
        run("SET A 1");
        assertEquals(offset, told.get(0).place());
        assertEquals(NOW_NS, told.get(0).stampNs());
    }

    @Test
    void whatIsTooLongIsRead() {
        run("SET A " + "9".repeat(RedisObservation.LONGEST_VALUE + 1));
        run("SET B " + "9".repeat(ReplicatedCommand.LONGEST_ARGUMENT + 1));
        run("MSET A " + "9".repeat(ReplicatedCommand.LONGEST_ARGUMENT + 1));
        assertEquals("READ_AGAIN A; READ_AGAIN B; EVERYTHING", shown());
    }

    private CommandEffects effects(final int database) {
        final WatchedKeys keys = new WatchedKeys();
        for (final String name : List.of("A", "B", "H")) {
            keys.add(
                    new WatchedKeys.WatchedKey(
                            keys.size(),
                            name,
                            0,
                            keys.size(),
                            Field.LAST,
                            1,
                            1,
                            0,
                            new Decimal(),
                            false,
                            0,
                            "w"));
        }
        final CommandEffects made =
                new CommandEffects(
                        keys,
                        List.of(
                                ValueFormat.PLAIN,
                                ValueFormat.PLAIN,
                                ValueFormat.parse("hash:p,seq=u,time=t")),
                        0,
                        new ReplicationPlace("id", offset, database),
                        () -> AHEAD_NS,
                        told::add);
        made.arrived(NOW_NS);
        return made;
    }

    private void run(final String... commands) {
        final ReplicationParser parser = new ReplicationParser(offset);
        for (final String command : commands) {
            final String[] parts = command.split(" ");
            final StringBuilder text = new StringBuilder("*" + parts.length + "\r\n");
            for (final String part : parts) {
                text.append('$').append(part.length()).append("\r\n").append(part).append("\r\n");
            }
            final byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            try {
                parser.take(bytes, 0, bytes.length, effects);
            } catch (final StreamCorruptedException broken) {
                throw new AssertionError(broken);
            }
        }
        offset = parser.offset();
    }

    private String shown() {
        return told.stream().map(CommandEffectsTest::show).collect(Collectors.joining("; "));
    }

    private static String show(final ToldWrite write) {
        final StringBuilder line = new StringBuilder(write.kind().name());
        if (write.key() >= 0) {
            line.append(' ').append(name(write.key()));
        }
        if (write.kind() == ToldWrite.Kind.READ_AGAIN || write.kind() == ToldWrite.Kind.GONE) {
            return line.toString();
        }
        if (write.value() != null || write.sequence() != null) {
            line.append('=').append(text(write.value()));
        }
        if (write.sequence() != null) {
            line.append(',').append(text(write.sequence()));
        }
        if (write.time() != null) {
            line.append(',').append(text(write.time()));
        }
        final boolean dated =
                (write.fields() & ToldWrite.DEADLINE) != 0
                        && write.key() >= 0
                        && (write.value() != null || write.fields() == ToldWrite.DEADLINE);
        if (dated) {
            line.append(
                    write.expiresAtNs() == MarketEvent.NEVER
                            ? " never"
                            : " +" + (write.expiresAtNs() - NOW_NS) / 1_000_000L);
        }
        return line.toString();
    }

    private static String name(final int key) {
        return List.of("A", "B", "H").get(key);
    }

    private static String text(final byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
