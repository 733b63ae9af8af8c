package io.plumbline.feed.redis;

import io.plumbline.feed.probe.Probe;
import io.plumbline.feed.probe.ProbeReport;
import io.plumbline.market.naming.KeyNames;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.ProbeKind;
import io.plumbline.market.probe.ReadingWriter;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Looks through all names of a Redis for those that a watched key was meant by, in a Cluster those
 * of one node after another: at most one step of a {@link NameWalk} a second, then a pause; a
 * shorter one while a watched key is missing. What is found is looked at again and again (PTTL,
 * GET, where it is now) until it is gone. A user that may not scan is told of it once, and asked
 * again every {@value #REFUSED_SECONDS} s.
 */
public final class NameScan implements Probe<ProbeLink> {
    private static final int REFUSED_SECONDS = 30;
    private static final int FOUND_AT_MOST = 256;
    private static final int LOOKS_PER_RUN = 8;
    private static final int LONGEST_VALUE = 64;
    private static final long STEP_NS = 1_000_000_000L;
    private static final long HASTE_NS = 5_000_000_000L;
    private static final long NS_PER_MS = 1_000_000L;

    private final KeyNames names;
    private final long pauseNs;
    private final Map<String, Long> found = new LinkedHashMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private final Deque<String> toLook = new ArrayDeque<>();
    private final BitSet seen = new BitSet();
    private final NameWalk walk = new NameWalk("*");
    private long round = 1;
    private long nextNs = Long.MIN_VALUE;
    private boolean refused;

    /**
     * @param pauseNs from the end of one walk to the beginning of the next
     */
    public NameScan(final KeyNames names, final long pauseNs) {
        this.names = names;
        this.pauseNs = pauseNs;
    }

    @Override
    public String name() {
        return "names";
    }

    @Override
    public long everyNs() {
        return Math.min(STEP_NS, pauseNs);
    }

    @Override
    public void run(final ProbeLink server, final ProbeReport report) {
        look(server, report);
        final long nowNs = report.clock().epochNanos();
        if (nowNs < nextNs) {
            return;
        }
        final List<String> step;
        try {
            step = walk.step(server);
        } catch (final JedisDataException failure) {
            if (!isRefusal(failure)) {
                throw failure;
            }
            refused(failure, nowNs, report);
            return;
        }
        if (refused) {
            report.reading(ProbeKind.KEY_SCAN, name());
            refused = !report.tell();
        }
        for (final String name : step) {
            meet(name, server, report);
        }
        if (walk.atEnd()) {
            final boolean complete = seen.cardinality() == names.size();
            nextNs = nowNs + (complete ? pauseNs : Math.min(pauseNs, HASTE_NS));
            seen.clear();
            if (walk.whole()) {
                forgetUnreadable(report);
            }
            round++;
        }
    }

    /** A node that loads its data, say, or a Cluster that is down will answer later. */
    private static boolean isRefusal(final JedisDataException failure) {
        final String message = String.valueOf(failure.getMessage());
        return message.startsWith("NOPERM") || message.startsWith("ERR");
    }

    /** What may not be read is gone when a whole walk does not meet it. */
    private void forgetUnreadable(final ProbeReport report) {
        for (final Iterator<String> each = unreadable.iterator(); each.hasNext(); ) {
            final String name = each.next();
            if (found.getOrDefault(name, 0L) < round) {
                report.reading(ProbeKind.KEY_NAME, name).with(Measure.EXISTS, 0);
                if (report.tell()) {
                    each.remove();
                    found.remove(name);
                    toLook.remove(name);
                }
            }
        }
    }

    private void refused(
            final JedisDataException failure, final long nowNs, final ProbeReport report) {
        walk.again();
        seen.clear();
        nextNs = nowNs + REFUSED_SECONDS * STEP_NS;
        if (!refused) {
            report.reading(ProbeKind.KEY_SCAN, name())
                    .failed(
                            failure.getMessage()
                                    + "; grant +scan to the monitor's user, or write"
                                    + " misnamed: {scan: off}");
            refused = report.tell();
        }
    }

    private void meet(final String name, final ProbeLink server, final ProbeReport report) {
        final int watched = names.find(name);
        if (watched >= 0) {
            seen.set(watched);
        } else if (found.containsKey(name)) {
            found.put(name, round);
        } else if (found.size() < FOUND_AT_MOST
                && names.meant(name) != null
                && lookAt(name, server, report)) {
            found.put(name, round);
            toLook.add(name);
        }
    }

    private void look(final ProbeLink server, final ProbeReport report) {
        for (int i = Math.min(LOOKS_PER_RUN, toLook.size()); i > 0 && report.hasTime(); i--) {
            final String name = toLook.poll();
            if (lookAt(name, server, report)) {
                toLook.add(name);
            } else {
                found.remove(name);
                unreadable.remove(name);
            }
        }
    }

    /**
     * @return whether it is (still) there, or that could not be told
     */
    private boolean lookAt(final String name, final ProbeLink server, final ProbeReport report) {
        final ReadingWriter reading = report.reading(ProbeKind.KEY_NAME, name);
        boolean there = true;
        try {
            final long ttlMs = ProbeLink.number(server.ask(Command.PTTL, name), -1);
            there = ttlMs != -2;
            reading.at(server.answered());
            reading.with(Measure.EXISTS, there ? 1 : 0);
            if (there) {
                reading.with(Measure.TTL_NS, ttlMs < 0 ? Long.MAX_VALUE : ttlMs * NS_PER_MS);
                reading.text(value(server.ask(Command.GET, name)));
            }
            unreadable.remove(name);
        } catch (final JedisDataException otherTypeOrNotAllowed) {
            reading.with(Measure.EXISTS, 1);
            unreadable.add(name);
        }
        return !report.tell() || there;
    }

    private static String value(final Object reply) {
        final String text = ProbeLink.text(reply);
        return text == null ? "" : text.substring(0, Math.min(LONGEST_VALUE, text.length()));
    }
}
