package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Which rungs can be had now, and why the others cannot: what the server says, and what was tried.
 * Asks on the data connection. Data thread only.
 */
final class RungOptions {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long REFUSED_NS = 30 * SECOND_NS;
    private static final long HOLD_SHORTEST_NS = 10 * SECOND_NS;
    private static final long HOLD_LONGEST_NS = 300 * SECOND_NS;

    private final RedisSettings settings;
    private final boolean hashes;
    private final List<Rung> rungs;
    private final Map<Rung, String> whyNot = new EnumMap<>(Rung.class);
    private final Map<Rung, Long> heldUntilNs = new EnumMap<>(Rung.class);
    private final Map<Rung, Long> holdNs = new EnumMap<>(Rung.class);
    private List<RedisNode> sources = List.of();
    private int sourcesTried;
    private RedisLink link;
    private String remedy = "";

    RungOptions(final RedisSettings settings, final boolean hashes) {
        this.settings = settings;
        this.hashes = hashes;
        rungs = settings.rungs();
    }

    /** The connection to ask on from now. */
    void attach(final RedisLink connected) {
        link = connected;
    }

    /** All that may be used, best first. */
    List<Rung> rungs() {
        return rungs;
    }

    Rung best(final long nowNs) {
        for (final Rung rung : rungs) {
            if (heldUntilNs.getOrDefault(rung, Long.MIN_VALUE) <= nowNs && isOffered(rung)) {
                return rung;
            }
        }
        return Rung.SAMPLING;
    }

    /** Whether the server offers it now. */
    boolean isOffered(final Rung rung) {
        if (rung == Rung.NOTIFICATION) {
            return flagsAllow();
        }
        return rung != Rung.REPLICATION || replicationAllows();
    }

    /** Why {@code rung} is not used; {@code otherwise} where nothing is known against it. */
    String whyNot(final Rung rung, final String otherwise) {
        return whyNot.getOrDefault(rung, otherwise);
    }

    /** What is known when {@code now} is in use. */
    RedisProbe probe(final Rung now) {
        return new RedisProbe(
                now,
                now == Rung.SAMPLING ? settings.samplingIntervalNs() : 0,
                whyNotBetter(now),
                now == Rung.TRACKING || now == Rung.SAMPLING ? remedy : "");
    }

    /** One sentence for every rung better than {@code now}. */
    private List<String> whyNotBetter(final Rung now) {
        final List<String> why = new ArrayList<>();
        for (final Rung rung : rungs) {
            if (rung == now) {
                break;
            }
            if (whyNot.containsKey(rung)) {
                why.add("not by " + rung.label() + ": " + whyNot.get(rung));
            }
        }
        return List.copyOf(why);
    }

    void works(final Rung rung) {
        whyNot.remove(rung);
        sourcesTried = 0;
    }

    /** It is connected, but its database is not known. */
    void waits(final Rung rung) {
        whyNot.put(rung, "waits for a write that shows in which database its stream is");
    }

    /** It failed, and may be tried again soon. */
    void failed(final Rung rung, final String reason, final long nowNs) {
        whyNot.put(rung, "its connection failed: " + reason);
        if (rung == Rung.REPLICATION) {
            sourcesTried++;
            if (sourcesTried >= sources.size()) {
                sourcesTried = 0;
                hold(rung, reason, nowNs + HOLD_SHORTEST_NS);
            }
        }
    }

    /** The server refused it: not tried again for a while. */
    void refused(final Rung rung, final String reason, final long nowNs) {
        hold(rung, reason, nowNs + REFUSED_NS);
    }

    /** It proved unreliable: not tried again for a while that doubles. */
    void unreliable(final Rung rung, final String reason, final long nowNs) {
        final long hold = holdNs.getOrDefault(rung, HOLD_SHORTEST_NS);
        holdNs.put(rung, Math.min(2 * hold, HOLD_LONGEST_NS));
        hold(rung, reason, nowNs + hold);
    }

    /** A connection of this rung, not opened yet. The tap tries replicas first, each once. */
    PushRung connection(final Rung rung, final PushRung.PushContext context, final long nowNs) {
        switch (rung) {
            case REPLICATION:
                final RedisNode source = sources.get(Math.min(sourcesTried, sources.size() - 1));
                return new ReplicationRung(context, source, null, nowNs);
            case STREAM:
                return new StreamRung(context);
            case CHANNEL:
                return new ChannelRung(context);
            case NOTIFICATION:
                return new NotificationRung(context);
            default:
                return new TrackingRung(context);
        }
    }

    private void hold(final Rung rung, final String reason, final long untilNs) {
        whyNot.put(rung, reason);
        heldUntilNs.put(rung, untilNs);
    }

    private boolean replicationAllows() {
        final ReplicationInfo info;
        try {
            info = ReplicationInfo.ask(link);
        } catch (final JedisConnectionException down) {
            throw down;
        } catch (final JedisDataException refused) {
            whyNot.put(Rung.REPLICATION, "INFO replication is refused");
            return false;
        }
        final String refusal = info.refusal();
        if (!refusal.isEmpty()) {
            whyNot.put(Rung.REPLICATION, refusal);
            return false;
        }
        final List<RedisNode> found = new ArrayList<>(info.replicas());
        if (!info.countsReplicas()) {
            found.add(settings.node());
        }
        sources = found;
        return true;
    }

    /** Asks for the flags. Unknown ones are trusted only where the operator chose this rung. */
    private boolean flagsAllow() {
        final NotifyFlags flags = NotifyFlags.ask(link);
        remedy = flags.remedy();
        if (!flags.known()) {
            whyNot.put(
                    Rung.NOTIFICATION,
                    "CONFIG GET is refused, so it is not known whether notifications are on");
            return settings.rung() == RungChoice.NOTIFICATION;
        }
        final String missing = flags.missing(hashes);
        if (!missing.isEmpty()) {
            whyNot.put(
                    Rung.NOTIFICATION,
                    "notify-keyspace-events is " + flags + " and lacks " + missing);
        }
        return missing.isEmpty();
    }
}
