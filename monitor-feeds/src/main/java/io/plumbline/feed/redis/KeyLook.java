package io.plumbline.feed.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Looks once at what keys hold: their type, and the values of strings and hashes, cut to what the
 * monitor reads. The thread that calls it waits. Writes nothing.
 */
public final class KeyLook {
    private static final int KEYS_PER_STEP = 200;
    private static final int MOST_FIELDS = 64;

    private KeyLook() {}

    /**
     * What each key holds, in the order of the names.
     *
     * @throws IOException where Redis does not answer or refuses
     */
    public static List<FoundKey> at(final RedisSettings settings, final List<String> names)
            throws IOException {
        RedisLink link = null;
        try {
            link = RedisLink.forData(settings);
            final List<FoundKey> found = new ArrayList<>(names.size());
            for (int from = 0; from < names.size(); from += KEYS_PER_STEP) {
                final int to = Math.min(names.size(), from + KEYS_PER_STEP);
                look(link, names.subList(from, to), found);
            }
            return found;
        } catch (final JedisException e) {
            throw new IOException(RedisLink.reason(e, settings), e);
        } finally {
            if (link != null) {
                link.cut();
            }
        }
    }

    private static void look(
            final RedisLink link, final List<String> names, final List<FoundKey> found) {
        names.forEach(name -> link.sendCommand(Command.TYPE, name));
        final List<String> types = new ArrayList<>(names.size());
        for (final Object type : link.getMany(names.size())) {
            types.add(type instanceof byte[] ? text(type) : String.valueOf(type));
        }
        for (int i = 0; i < names.size(); i++) {
            if (types.get(i).equals("hash")) {
                link.sendCommand(
                        Command.HSCAN, names.get(i), "0", "COUNT", Integer.toString(MOST_FIELDS));
            } else {
                final String last = Integer.toString(RedisObservation.LONGEST_VALUE);
                link.sendCommand(Command.GETRANGE, names.get(i), "0", last);
            }
        }
        final List<Object> values = link.getMany(names.size());
        for (int i = 0; i < names.size(); i++) {
            final Object value = values.get(i);
            final boolean refused = value instanceof JedisDataException;
            found.add(
                    new FoundKey(
                            names.get(i),
                            types.get(i),
                            types.get(i).equals("string") && !refused ? (byte[]) value : null,
                            types.get(i).equals("hash") && !refused
                                    ? fields((List<?>) value)
                                    : Map.of()));
        }
    }

    private static Map<String, byte[]> fields(final List<?> step) {
        final List<?> parts = (List<?>) step.get(1);
        final Map<String, byte[]> fields = new HashMap<>();
        for (int i = 0; i + 1 < parts.size() && fields.size() < MOST_FIELDS; i += 2) {
            fields.put(text(parts.get(i)), (byte[]) parts.get(i + 1));
        }
        return fields;
    }

    private static String text(final Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
