package io.plumbline.feed.redis;

import io.plumbline.time.EpochNanoClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Which keys there are, or which symbols have one: walks over all keys of a server (SCAN, which
 * blocks nobody), bounded in time and in what it may find. The thread that calls it waits. Writes
 * nothing.
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
            walk(
                    node,
                    pattern.glob(),
                    withinNs,
                    deadlineNs,
                    clock,
                    key -> {
                        final String symbol = pattern.symbolOf(key);
                        if (symbol != null) {
                            symbols.add(symbol);
                        }
                        return symbols.size() <= most
                                ? null
                                : "more than " + most + " keys fit " + pattern;
                    });
        }
        return symbols;
    }

    /**
     * The names of the keys that fit any of these globs, sorted, by the node that has them: of
     * every node that takes writes.
     *
     * @param most names that may be found at all nodes together
     * @param withinNs how long the walks may take
     * @throws IOException where Redis does not answer, refuses, or has too many keys; only of the
     *     first two it has a cause
     */
    public static Map<RedisNode, Set<String>> names(
            final RedisSettings settings,
            final Topology topology,
            final List<String> globs,
            final int most,
            final long withinNs,
            final EpochNanoClock clock)
            throws IOException {
        final long deadlineNs = clock.epochNanos() + withinNs;
        final Set<String> all = new HashSet<>();
        final Map<RedisNode, Set<String>> byNode = new LinkedHashMap<>();
        for (final RedisSettings node : primaries(settings, topology)) {
            final Set<String> names = new TreeSet<>();
            byNode.put(node.node(), names);
            for (final String glob : globs) {
                walk(
                        node,
                        glob,
                        withinNs,
                        deadlineNs,
                        clock,
                        key -> {
                            if (all.add(key)) {
                                names.add(key);
                            }
                            return all.size() <= most
                                    ? null
                                    : "more than "
                                            + most
                                            + " keys fit "
                                            + String.join(" or ", globs);
                        });
            }
        }
        return byNode;
    }

    private static List<RedisSettings> primaries(
            final RedisSettings settings, final Topology topology) throws IOException {
        try {
            return Primaries.of(settings, topology);
        } catch (final IOException nobody) {
            throw new IOException(nobody.getMessage(), nobody);
        }
    }

    /** Takes the keys as they are found. */
    private interface Taker {
        /** Why there is to be no further one, or null. */
        String take(String key);
    }

    private static void walk(
            final RedisSettings settings,
            final String glob,
            final long withinNs,
            final long deadlineNs,
            final EpochNanoClock clock,
            final Taker taker)
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
                                        glob,
                                        "COUNT",
                                        KEYS_PER_STEP);
                cursor = text(step.get(0));
                for (final Object key : (List<?>) step.get(1)) {
                    final String tooMany = taker.take(text(key));
                    if (tooMany != null) {
                        throw new IOException(tooMany);
                    }
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
