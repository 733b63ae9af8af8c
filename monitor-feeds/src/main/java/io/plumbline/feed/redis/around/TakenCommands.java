package io.plumbline.feed.redis.around;

import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.feed.redis.KeyForm;
import io.plumbline.feed.redis.KeyPattern;
import io.plumbline.feed.redis.NameWalk;
import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;

/**
 * Commands that were seen in a queue and taken from it, until their result is there. Bounded: what
 * finds no room, or waits far beyond its deadline, is no longer looked for. Probe thread.
 */
final class TakenCommands {
    /** The time from one look to the next while a result is awaited. */
    static final long EVERY_NS = 20_000_000L;

    private static final int MOST = 64;
    private static final int GIVE_UP_AFTER = 10;
    private static final int SCAN_STEPS = 100;
    private static final long SCAN_EVERY_NS = 10_000_000_000L;

    private final QueueSpec spec;
    private final KeyForm results;
    private final Map<String, Taken> commands = new LinkedHashMap<>();
    private long scanDueNs;

    /** Since when it is gone from the queue, and whether other names were looked for. */
    private static final class Taken {
        private final long takenNs;
        private boolean searched;

        Taken(final long takenNs) {
            this.takenNs = takenNs;
        }
    }

    TakenCommands(final QueueSpec spec) {
        this.spec = spec;
        results = new KeyForm(spec.result());
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }

    void add(final String id, final long nowNs, final ProbeReport report) {
        if (commands.size() < MOST && !commands.containsKey(id) && tell(id, 0, "", report)) {
            commands.put(id, new Taken(nowNs));
        }
    }

    void look(final ProbeLink redis, final long nowNs, final ProbeReport report) {
        final Iterator<Map.Entry<String, Taken>> each = commands.entrySet().iterator();
        final List<String> late = new ArrayList<>();
        while (each.hasNext() && report.hasTime()) {
            final Map.Entry<String, Taken> entry = each.next();
            final String id = entry.getKey();
            final long agoNs = nowNs - entry.getValue().takenNs;
            if (ProbeLink.number(redis.ask(Command.EXISTS, results.key(id)), 0) == 1) {
                if (tell(id, 1, "", report)) {
                    each.remove();
                }
            } else if (agoNs > GIVE_UP_AFTER * spec.resultNs()) {
                each.remove();
            } else if (agoNs > spec.resultNs() / 2 && !entry.getValue().searched) {
                late.add(id);
            }
        }
        if (!late.isEmpty() && nowNs >= scanDueNs) {
            scanDueNs = nowNs + SCAN_EVERY_NS;
            final String id = late.get(0);
            commands.get(id).searched = true;
            final String other = search(redis, id, report);
            if (!other.isEmpty()) {
                tell(id, 0, other, report);
            }
        }
    }

    /** A key of any name that has this id in it: the writer may name results otherwise. */
    private String search(final ProbeLink redis, final String id, final ProbeReport report) {
        final NameWalk walk = new NameWalk("*" + KeyPattern.escaped(id) + "*");
        for (int step = 0; step < SCAN_STEPS && !walk.atEnd() && report.hasTime(); step++) {
            for (final String name : walk.step(redis)) {
                if (!name.equals(results.key(id))) {
                    return name;
                }
            }
        }
        return "";
    }

    private boolean tell(
            final String id, final long exists, final String other, final ProbeReport report) {
        report.reading(ProbeKind.RESULT, spec.key(), id).with(Measure.EXISTS, exists).text(other);
        return report.tell();
    }
}
