package io.plumbline.feed.redis.around;

import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import io.plumbline.market.probe.ReadingWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Reads one stream and all of its groups. Redis 6.2 and later. */
public final class StreamProbe implements Probe<ProbeLink> {
    private static final long MS = 1_000_000L;
    private static final int MOST_GROUPS = 64;

    private final String key;
    private final List<String> groups;
    private final long everyNs;

    /**
     * @param groups groups of which it is said when they are missing
     */
    public StreamProbe(final String key, final List<String> groups, final long everyNs) {
        this.key = key;
        this.groups = List.copyOf(groups);
        this.everyNs = everyNs;
    }

    @Override
    public String name() {
        return "stream " + key;
    }

    @Override
    public long everyNs() {
        return everyNs;
    }

    @Override
    public void run(final ProbeLink redis, final ProbeReport report) {
        final long serverNs = redis.serverNs();
        final Map<String, Object> stream;
        try {
            stream = ProbeLink.fields(redis.ask(Command.XINFO, "STREAM", key));
        } catch (final JedisDataException refused) {
            if (!refused.getMessage().startsWith("ERR no such key")) {
                throw refused;
            }
            report.reading(ProbeKind.STREAM, key)
                    .with(Measure.EXISTS, 0)
                    .with(Measure.SERVER_NS, serverNs);
            report.tell();
            return;
        }
        stream(stream, serverNs, report);
        groups(redis, serverNs, report);
    }

    private void stream(
            final Map<String, Object> stream, final long serverNs, final ProbeReport report) {
        final ReadingWriter reading =
                report.reading(ProbeKind.STREAM, key)
                        .with(Measure.EXISTS, 1)
                        .with(Measure.SERVER_NS, serverNs)
                        .with(Measure.LENGTH, number(stream, "length"))
                        .with(Measure.ADDED, number(stream, "entries-added"));
        final List<?> first = ProbeLink.list(stream.get("first-entry"));
        id(
                reading,
                Measure.FIRST_MS,
                Measure.FIRST_SEQUENCE,
                first.isEmpty() ? null : first.get(0));
        id(reading, Measure.LAST_MS, Measure.LAST_SEQUENCE, stream.get("last-generated-id"));
        id(
                reading,
                Measure.DELETED_MS,
                Measure.DELETED_SEQUENCE,
                stream.get("max-deleted-entry-id"));
        report.tell();
    }

    private void groups(final ProbeLink redis, final long serverNs, final ProbeReport report) {
        final Set<String> missing = new HashSet<>(groups);
        int read = 0;
        for (final Object each : ProbeLink.list(redis.ask(Command.XINFO, "GROUPS", key))) {
            final Map<String, Object> group = ProbeLink.fields(each);
            final String name = ProbeLink.text(group.get("name"));
            missing.remove(name);
            if (read++ < MOST_GROUPS && report.hasTime()) {
                group(redis, name, group, serverNs, report);
            }
        }
        for (final String name : groups) {
            if (missing.contains(name)) {
                report.reading(ProbeKind.GROUP, key, name)
                        .with(Measure.EXISTS, 0)
                        .with(Measure.SERVER_NS, serverNs);
                report.tell();
            }
        }
    }

    private void group(
            final ProbeLink redis,
            final String name,
            final Map<String, Object> group,
            final long serverNs,
            final ProbeReport report) {
        final String delivered = ProbeLink.text(group.get("last-delivered-id"));
        final List<?> unread =
                ProbeLink.list(redis.ask(Command.XRANGE, key, "(" + delivered, "+", "COUNT", "1"));
        final List<?> pending =
                ProbeLink.list(redis.ask(Command.XPENDING, key, name, "-", "+", "1"));
        long idleMs = Reading.NONE;
        for (final Object each : ProbeLink.list(redis.ask(Command.XINFO, "CONSUMERS", key, name))) {
            final long ms = number(ProbeLink.fields(each), "idle");
            idleMs = idleMs == Reading.NONE ? ms : Math.min(idleMs, ms);
        }
        final ReadingWriter reading =
                report.reading(ProbeKind.GROUP, key, name)
                        .with(Measure.EXISTS, 1)
                        .with(Measure.SERVER_NS, serverNs)
                        .with(Measure.CONSUMERS, number(group, "consumers"))
                        .with(Measure.PENDING, number(group, "pending"))
                        .with(Measure.READ, number(group, "entries-read"))
                        .with(Measure.LAG, number(group, "lag"))
                        .with(Measure.IDLE_NS, nanos(idleMs));
        id(reading, Measure.DELIVERED_MS, Measure.DELIVERED_SEQUENCE, delivered);
        if (!unread.isEmpty()) {
            id(
                    reading,
                    Measure.UNREAD_MS,
                    Measure.UNREAD_SEQUENCE,
                    ProbeLink.list(unread.get(0)).get(0));
        }
        if (!pending.isEmpty()) {
            final List<?> oldest = ProbeLink.list(pending.get(0));
            reading.with(
                            Measure.PENDING_IDLE_NS,
                            nanos(ProbeLink.number(oldest.get(2), Reading.NONE)))
                    .with(Measure.DELIVERIES, ProbeLink.number(oldest.get(3), Reading.NONE))
                    .text(String.valueOf(ProbeLink.text(oldest.get(1))));
        }
        report.tell();
    }

    private static long number(final Map<String, Object> fields, final String name) {
        return ProbeLink.number(fields.get(name), Reading.NONE);
    }

    private static long nanos(final long ms) {
        return ms == Reading.NONE ? Reading.NONE : ms * MS;
    }

    /** An id {@code 1700000000000-3} in its two parts; parts are unsigned and kept as they are. */
    private static void id(
            final ReadingWriter reading,
            final Measure ms,
            final Measure sequence,
            final Object id) {
        final String text = id instanceof String string ? string : ProbeLink.text(id);
        if (text != null && text.indexOf('-') > 0) {
            final int dash = text.indexOf('-');
            reading.with(ms, Long.parseUnsignedLong(text.substring(0, dash)))
                    .with(sequence, Long.parseUnsignedLong(text.substring(dash + 1)));
        }
    }
}
