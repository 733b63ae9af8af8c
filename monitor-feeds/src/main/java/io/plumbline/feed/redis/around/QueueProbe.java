package io.plumbline.feed.redis.around;

import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.feed.redis.PayloadFields;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.Reading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads one list that a consumer pops commands from, and the results of the commands that were seen
 * in it. What is taken at once never stands in the list and is not seen.
 */
public final class QueueProbe implements Probe<ProbeLink> {
    private static final Set<String> POPS =
            Set.of("blpop", "brpop", "blmove", "brpoplpush", "blmpop");
    private static final long CLIENTS_EVERY_NS = 2_000_000_000L;
    private static final int HEADS = 32;

    private final QueueSpec spec;
    private final PayloadFields fields;
    private final TakenCommands taken;
    private final Set<String> waiting = new LinkedHashSet<>();
    private long clientsDueNs;
    private long blocked = Reading.NONE;
    private boolean mayAskClients = true;

    public QueueProbe(final QueueSpec spec) {
        this.spec = spec;
        fields = new PayloadFields(spec.idPath(), "");
        taken = new TakenCommands(spec);
    }

    @Override
    public String name() {
        return "queue " + spec.key();
    }

    /** Faster while a result is awaited: its reader may delete it soon. */
    @Override
    public long everyNs() {
        return taken.isEmpty() ? spec.everyNs() : Math.min(spec.everyNs(), TakenCommands.EVERY_NS);
    }

    @Override
    public void run(final ProbeLink redis, final ProbeReport report) {
        final long nowNs = report.clock().epochNanos();
        final long serverNs = redis.serverNs();
        final long length = ProbeLink.number(redis.ask(Command.LLEN, spec.key()), 0);
        final List<byte[]> heads = length == 0 ? List.of() : heads(redis);
        if (length > 0 && nowNs >= clientsDueNs) {
            clientsDueNs = nowNs + CLIENTS_EVERY_NS;
            blocked = blocked(redis);
        }
        report.reading(ProbeKind.QUEUE, spec.key())
                .with(Measure.SERVER_NS, serverNs)
                .with(Measure.LENGTH, length)
                .with(Measure.CONSUMERS, length == 0 ? Reading.NONE : blocked)
                .text(heads.isEmpty() ? new byte[0] : heads.get(0));
        report.tell();
        if (!spec.result().isEmpty()) {
            results(redis, heads, nowNs, report);
        }
    }

    /** What stands in front, in the order in which it will be taken. */
    private List<byte[]> heads(final ProbeLink redis) {
        final Object reply =
                spec.fromLeft()
                        ? redis.ask(Command.LRANGE, spec.key(), "0", Integer.toString(HEADS - 1))
                        : redis.ask(Command.LRANGE, spec.key(), Integer.toString(-HEADS), "-1");
        final List<byte[]> heads = new ArrayList<>();
        ProbeLink.list(reply).forEach(element -> heads.add((byte[]) element));
        if (!spec.fromLeft()) {
            Collections.reverse(heads);
        }
        return heads;
    }

    /**
     * Clients that wait in a pop of some list. While this list holds elements none of them waits
     * for it. Not given where this may not be asked.
     */
    private long blocked(final ProbeLink redis) {
        if (!mayAskClients) {
            return Reading.NONE;
        }
        try {
            final String clients =
                    String.valueOf(
                            ProbeLink.text(redis.ask(Command.CLIENT, "LIST", "TYPE", "normal")));
            return clients.lines().filter(QueueProbe::waitsInPop).count();
        } catch (final JedisDataException notAllowed) {
            mayAskClients = false;
            return Reading.NONE;
        }
    }

    private static boolean waitsInPop(final String client) {
        boolean waits = false;
        boolean pops = false;
        for (final String field : client.split(" ")) {
            waits |= field.startsWith("flags=") && field.indexOf('b', 6) > 0;
            pops |= field.startsWith("cmd=") && POPS.contains(field.substring(4));
        }
        return waits && pops;
    }

    private void results(
            final ProbeLink redis,
            final List<byte[]> heads,
            final long nowNs,
            final ProbeReport report) {
        final Set<String> seen = new HashSet<>();
        for (final byte[] head : heads) {
            if (fields.scan(head, 0, head.length) && !fields.id().isEmpty()) {
                seen.add(fields.id());
            }
        }
        for (final String id : waiting) {
            if (!seen.contains(id)) {
                taken.add(id, nowNs, report);
            }
        }
        waiting.clear();
        waiting.addAll(seen);
        taken.look(redis, nowNs, report);
    }
}
