package io.plumbline.feed.redis;

import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Which symbols have a key: one walk over all keys of a server (SCAN, which blocks nobody), bounded
 * in time and in what it may find. The thread that calls it waits. Writes nothing.
 */
public final class KeyScan {
    private static final String START = "0";
    private static final String KEYS_PER_STEP = "1000";

    private KeyScan() {}

    /**
     * The symbols in the keys of a pattern, sorted: of every node that takes writes.
     *
     * @param most symbols that may be found
     * @param withinNs how long the walk may take
     * @throws IOException where Redis does not answer, refuses, or has too many keys
     */
    public static Set<String> symbols(
            final RedisSettings settings,
            final Topology topology,
            final KeyPattern pattern,
            final int most,
            final long withinNs,
            final EpochNanoClock clock)
            throws IOException {
        final long deadlineNs = clock.epochNanos() + withinNs;
        final Set<String> symbols = new TreeSet<>();
        for (final RedisSettings node : Primaries.of(settings, topology)) {
            walk(node, pattern, most, withinNs, deadlineNs, clock, symbols);
        }
        return symbols;
    }

    private static void walk(
            final RedisSettings settings,
            final KeyPattern pattern,
            final int most,
            final long withinNs,
            final long deadlineNs,
            final EpochNanoClock clock,
            final Set<String> symbols)
            throws IOException {
        RedisLink link = null;
        try {
            link = RedisLink.forData(settings);
            String cursor = START;
            do {
                final List<?> step =
                        (List<?>)
                                link.ask(
                                        Command.SCAN,
                                        cursor,
                                        "MATCH",
                                        pattern.glob(),
                                        "COUNT",
                                        KEYS_PER_STEP);
                cursor = text(step.get(0));
                for (final Object key : (List<?>) step.get(1)) {
                    final String symbol = pattern.symbolOf(text(key));
                    if (symbol != null) {
                        symbols.add(symbol);
                    }
                }
                if (symbols.size() > most) {
                    throw new IOException("more than " + most + " keys fit " + pattern);
                }
                if (clock.epochNanos() > deadlineNs) {
                    throw new IOException(
                            "its keys could not be walked through within "
                                    + withinNs / 1_000_000
                                    + " ms");
                }
            } while (!START.equals(cursor));
        } catch (final JedisException e) {
            throw new IOException(RedisLink.reason(e, settings), e);
        } finally {
            if (link != null) {
                link.cut();
            }
        }
    }

    private static String text(final Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
