package io.plumbline.feed.redis;

import io.plumbline.feed.probe.ProbeReport;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import redis.clients.jedis.Protocol.Command;

/**
 * A walk over the names of a Redis (SCAN, which blocks nobody), one step at a time, over several
 * runs if need be; in a Cluster one node that owns slots after another. A slot has been walked when
 * its node was walked to the end and owned it all the while: one that moves meanwhile is looked for
 * at its new owner, also where that was walked before. A node that is lost on the way, or another
 * process at its address, is begun anew: a cursor means nothing there. Probe thread.
 */
public final class NameWalk {
    private static final String START = "0";
    private static final String NAMES_PER_STEP = "500";

    /** How often a node is walked at most in one walk: slots may go on moving for ever. */
    private static final int MOST_VISITS = 3;

    private final String glob;
    private final BitSet walked = new BitSet(HashSlot.COUNT);
    private final Map<RedisNode, Integer> visits = new HashMap<>();
    private ProbeLink through;
    private RedisNode at;
    private BitSet owned = new BitSet();
    private String cursor = START;
    private boolean atEnd;
    private boolean whole;

    /**
     * @param glob as Redis matches names; "*" for all
     */
    public NameWalk(final String glob) {
        this.glob = glob;
    }

    /** Takes the next names; after the end of a walk those of a new one. */
    public List<String> step(final ProbeLink redis) {
        if (redis != through) {
            through = redis;
            at = null;
        }
        if (atEnd) {
            again();
        }
        if (at == null && !enter(next(redis.owners()))) {
            return List.of();
        }
        try {
            final List<?> reply = ProbeLink.list(redis.askAt(at, Command.SCAN, arguments()));
            final List<String> names = names(ProbeLink.list(reply.get(1)));
            cursor = ProbeLink.text(reply.get(0));
            if (START.equals(cursor)) {
                leave(redis);
            }
            return names;
        } catch (final RuntimeException lost) {
            at = null;
            throw lost;
        }
    }

    /** Goes on while there is time. @return whether it came to the end and begins anew */
    public boolean run(
            final ProbeLink redis, final ProbeReport report, final Consumer<String> found) {
        do {
            step(redis).forEach(found);
        } while (!atEnd && report.hasTime());
        return atEnd;
    }

    /** Whether the last step was the last of a walk. */
    public boolean atEnd() {
        return atEnd;
    }

    /** Whether the walk that is at its end met every name that stood there all the while. */
    public boolean whole() {
        return whole;
    }

    /** Begins a new walk with the next step. */
    public void again() {
        walked.clear();
        visits.clear();
        at = null;
        atEnd = false;
        whole = false;
    }

    private String[] arguments() {
        return "*".equals(glob)
                ? new String[] {cursor, "COUNT", NAMES_PER_STEP}
                : new String[] {cursor, "MATCH", glob, "COUNT", NAMES_PER_STEP};
    }

    /** Without those that were met before, at the node that had their slot then. */
    private List<String> names(final List<?> found) {
        final List<String> names = new ArrayList<>(found.size());
        for (final Object each : found) {
            if (walked.isEmpty() || !walked.get(HashSlot.of((byte[]) each))) {
                names.add(ProbeLink.text(each));
            }
        }
        return names;
    }

    private boolean enter(final ClusterNode next) {
        if (next == null) {
            atEnd = true;
            return false;
        }
        at = next.node();
        owned = next.slots();
        cursor = START;
        visits.merge(at, 1, Integer::sum);
        return true;
    }

    private void leave(final ProbeLink redis) {
        // Others may not have heard yet that a slot has left it, with names that it did not show.
        for (final ClusterNode owner : redis.owners(at)) {
            if (owner.node().equals(at)) {
                owned.and(owner.slots());
                walked.or(owned);
            }
        }
        at = null;
        final List<ClusterNode> owners = redis.owners();
        final ClusterNode next = next(owners);
        atEnd = next == null;
        whole = atEnd && owners.stream().allMatch(this::isWalked);
    }

    /** Of those that have what was not walked yet, one that was visited least. */
    private ClusterNode next(final List<ClusterNode> owners) {
        ClusterNode next = null;
        int least = MOST_VISITS;
        for (final ClusterNode owner : owners) {
            final int visited = visits.getOrDefault(owner.node(), 0);
            if (visited < least && !isWalked(owner)) {
                least = visited;
                next = owner;
            }
        }
        return next;
    }

    private boolean isWalked(final ClusterNode owner) {
        final BitSet left = (BitSet) owner.slots().clone();
        left.andNot(walked);
        return left.isEmpty();
    }
}
