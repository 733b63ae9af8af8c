package io.plumbline.feed.redis.around;

import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.feed.redis.KeyForm;
import io.plumbline.feed.redis.NameWalk;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.ReadingWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads keys that are written again and again as a whole: those that are named, and those that are
 * found by their pattern. A hash is read as one text of its fields.
 */
public final class SnapshotProbe implements Probe<ProbeLink> {
    private static final long MS = 1_000_000L;
    private static final int MOST = 1_000;

    private final String pattern;
    private final long everyNs;
    private final NameWalk walk;

    /** What was last read of each key, by its hash: 0 for nothing. */
    private final Map<String, Integer> known = new LinkedHashMap<>();

    private final Set<String> named;

    /**
     * @param pattern as configured, for readings
     * @param ids of keys that are read, there or not; empty: those that are found
     */
    public SnapshotProbe(final String pattern, final List<String> ids, final long everyNs) {
        this.pattern = pattern;
        this.everyNs = everyNs;
        final KeyForm form = new KeyForm(pattern);
        walk = ids.isEmpty() && form.isOpen() ? new NameWalk(form.glob()) : null;
        if (form.isOpen()) {
            ids.forEach(id -> known.put(form.key(id), 0));
        } else {
            known.put(pattern, 0);
        }
        named = Set.copyOf(known.keySet());
    }

    @Override
    public String name() {
        return "snapshot " + pattern;
    }

    @Override
    public long everyNs() {
        return everyNs;
    }

    @Override
    public void run(final ProbeLink redis, final ProbeReport report) {
        if (walk != null) {
            final Set<String> found = new TreeSet<>();
            walk.run(redis, report, found::add);
            for (final String key : found) {
                if (known.size() < MOST) {
                    known.putIfAbsent(key, 0);
                }
            }
        }
        for (final String key : List.copyOf(known.keySet())) {
            if (!report.hasTime()) {
                return;
            }
            read(redis, key, report);
        }
    }

    private void read(final ProbeLink redis, final String key, final ProbeReport report) {
        final byte[] value = value(redis, key);
        final long ttlMs = ProbeLink.number(redis.ask(Command.PTTL, key), -2);
        final String node = redis.answered();
        final long serverNs = redis.serverNs();
        final ReadingWriter reading =
                report.reading(ProbeKind.SNAPSHOT, pattern, key)
                        .at(node)
                        .with(Measure.SERVER_NS, serverNs);
        if (value == null) {
            reading.with(Measure.EXISTS, 0);
            if (report.tell() && !named.contains(key)) {
                known.remove(key);
            }
            return;
        }
        reading.with(Measure.EXISTS, 1);
        if (ttlMs != -2) {
            reading.with(Measure.TTL_NS, ttlMs == -1 ? Long.MAX_VALUE : ttlMs * MS);
        }
        final int hash = Arrays.hashCode(value) | 1;
        if (known.get(key) == hash) {
            reading.with(Measure.SAME, 1);
        } else {
            reading.text(value);
        }
        known.put(key, report.tell() ? hash : 0);
    }

    /** Null where it is not there. */
    private static byte[] value(final ProbeLink redis, final String key) {
        try {
            return (byte[]) redis.ask(Command.GET, key);
        } catch (final JedisDataException wrongType) {
            if (!wrongType.getMessage().startsWith("WRONGTYPE")) {
                throw wrongType;
            }
        }
        final Map<String, Object> fields = ProbeLink.fields(redis.ask(Command.HGETALL, key));
        if (fields.isEmpty()) {
            return null;
        }
        final StringBuilder text = new StringBuilder("{");
        fields.forEach(
                (name, value) -> {
                    text.append(text.length() == 1 ? "" : ",");
                    quote(text, name).append(':');
                    quote(text, String.valueOf(ProbeLink.text(value)));
                });
        return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static StringBuilder quote(final StringBuilder out, final String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"');
    }
}
