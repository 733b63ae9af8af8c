package io.plumbline.market;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of everything that offers messages, by dense id; built once at start, then only read. A
 * venue connection is named {@code venue/connection}, a Redis server {@code redis/name}, the probes
 * beside it {@code probe/name}.
 */
public final class Sources {
    /** The id of the timer, always there. */
    public static final int TIMER = 0;

    /** The id of the monitor itself, always there. */
    public static final int MONITOR = 1;

    /** What kind of thing a source is. */
    public enum Kind {
        TIMER,
        MONITOR,
        VENUE,
        REDIS,
        PROBE
    }

    /** One source: its venue ("" where it has none) and the name of the connection within it. */
    public record Source(int id, Kind kind, String venue, String connection) {
        /** The whole name. */
        public String name() {
            return switch (kind) {
                case TIMER, MONITOR -> connection;
                case REDIS -> "redis/" + connection;
                case PROBE -> "probe/" + connection;
                case VENUE -> venue + "/" + connection;
            };
        }
    }

    private final List<Source> sources = new ArrayList<>();
    private int[] twins = new int[16];
    private final Map<Integer, Integer> parts = new HashMap<>();

    public Sources() {
        add(Kind.TIMER, "", "timer");
        add(Kind.MONITOR, "", "monitor");
    }

    /** Adds a connection of a venue and returns its id. */
    public int addVenue(final String venue, final String connection) {
        return add(Kind.VENUE, venue, connection);
    }

    /** Adds a Redis server and returns its id. */
    public int addRedis(final String name) {
        return add(Kind.REDIS, "", name);
    }

    /**
     * Adds a Redis of several parts, of which each is a source: {@code redis/name}, {@code
     * redis/name/2} and so on, with ids one after another.
     *
     * @return the id of the first
     */
    public int addRedis(final String name, final int count) {
        final int first = addRedis(name);
        for (int part = 2; part <= count; part++) {
            add(Kind.REDIS, "", name + "/" + part);
        }
        parts.put(first, count);
        return first;
    }

    /** How many sources a Redis consists of, by the id of its first. */
    public int parts(final int first) {
        return parts.getOrDefault(first, 1);
    }

    /** Adds the probes of a server (a Redis, a database) and returns their id. */
    public int addProbe(final String server) {
        return add(Kind.PROBE, "", server);
    }

    private int add(final Kind kind, final String venue, final String connection) {
        final Source source = new Source(sources.size(), kind, venue, connection);
        sources.add(source);
        twins = source.id() == twins.length ? Arrays.copyOf(twins, 2 * twins.length) : twins;
        twins[source.id()] = -1;
        return source.id();
    }

    /** Two connections carry the same streams: what one loses the other brings. */
    public void pair(final int first, final int second) {
        twins[first] = second;
        twins[second] = first;
    }

    /** The connection that carries the same streams as this one, or -1. */
    public int twin(final int id) {
        return twins[id];
    }

    public int size() {
        return sources.size();
    }

    public Source source(final int id) {
        return sources.get(id);
    }

    public List<Source> all() {
        return List.copyOf(sources);
    }

    /** The id of the source of this whole name, or -1. */
    public int find(final String name) {
        for (final Source source : sources) {
            if (source.name().equals(name)) {
                return source.id();
            }
        }
        return -1;
    }
}
