package io.plumbline.app.desk;

import static io.plumbline.finding.FindingKind.*;

import io.plumbline.finding.FindingKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One cause, one page: which open case stands for which others.
 *
 * <pre>
 *  MONITOR_STALLED, MONITOR_OVERLOADED ──▶ silence, gaps and lateness of anything
 *  REDIS_DOWN ───────────────────────────▶ KEY_*, PRICE_*, VALUE_MALFORMED, WRITER_DEAD, observer,
 *                                          what stands around the price (STREAM_*, QUEUE_*, SNAPSHOT_*, EVENT_*)
 *  WRITER_DEAD ────────────── writer ────▶ PRICE_FROZEN, PRICE_LATE, KEY_EXPIRED, WRITER_LAGGING
 *  WRITER_LAGGING, WRITES_LOST  writer ──▶ PRICE_LATE; PRICE_FROZEN too for what is lost
 *  KEY_MISNAMED ───────────────── key ────▶ KEY_MISSING, KEY_EXPIRED, KEY_DELETED, PRICE_FROZEN
 *  FEED_DOWN ───────────────── venue ────▶ FEED_MUTE and all that FEED_MUTE stands for
 *  FEED_MUTE ───────────────── venue ────▶ SYMBOL_*, SEQUENCE_*, FEED_LAGGING, HEARTBEAT_MISSED
 * </pre>
 *
 * <p>Two rules keep it safe: a cause never stands for something worse than itself, and only one
 * that pages (or whose own cause does) stands for anything. A finding does not name its Redis
 * server, so REDIS_DOWN of any server stands for the prices of all. CLOCK_STEP stands for nothing:
 * ages are taken from a monotonic clock and the detectors freeze their own verdicts. Desk thread.
 */
final class Inhibition {
    private static final Map<FindingKind, Set<FindingKind>> SYMPTOMS =
            new EnumMap<>(FindingKind.class);
    private static final Set<FindingKind> EVERYWHERE =
            EnumSet.of(MONITOR_STALLED, MONITOR_OVERLOADED, REDIS_DOWN);
    private static final Set<FindingKind> BY_WRITER =
            EnumSet.of(WRITER_DEAD, WRITER_LAGGING, WRITES_LOST);
    private static final Set<FindingKind> ANY_SYMPTOM = EnumSet.noneOf(FindingKind.class);

    static {
        final Set<FindingKind> mute =
                EnumSet.of(
                        SYMBOL_STALE,
                        SYMBOL_NEVER_SEEN,
                        SEQUENCE_GAP,
                        SEQUENCE_DUPLICATE,
                        SEQUENCE_REORDER,
                        SEQUENCE_RESET,
                        FEED_LAGGING,
                        WARMUP_STUCK,
                        HEARTBEAT_MISSED);
        final Set<FindingKind> down = EnumSet.copyOf(mute);
        down.add(FEED_MUTE);
        final Set<FindingKind> redis =
                EnumSet.of(
                        PRICE_WRONG,
                        PRICE_LATE,
                        PRICE_FROZEN,
                        PRICE_AHEAD,
                        PRICE_PRECISION,
                        KEY_MISSING,
                        KEY_EXPIRED,
                        KEY_EVICTED,
                        KEY_DELETED,
                        KEY_NO_TTL,
                        KEY_TTL_SHORT,
                        KEY_MISNAMED,
                        VALUE_MALFORMED,
                        WRITER_DEAD,
                        WRITER_LAGGING,
                        WRITES_LOST,
                        REDIS_SLOW,
                        OBSERVER_DEGRADED,
                        REDIS_RESTARTED,
                        REDIS_CLIENTS_DROPPED,
                        REPLICATION_BROKEN,
                        CLUSTER_UNHEALTHY,
                        DATABASE_DISAGREES,
                        STREAM_LAG,
                        STREAM_TRIMMED_UNREAD,
                        QUEUE_STUCK,
                        SNAPSHOT_STALE,
                        EVENT_SHAPE,
                        EVENT_SILENT);
        final Set<FindingKind> monitor = EnumSet.copyOf(down);
        monitor.addAll(EnumSet.of(PRICE_LATE, PRICE_FROZEN, REDIS_SLOW, OBSERVER_DEGRADED));
        monitor.add(REDIS_DOWN);
        SYMPTOMS.put(MONITOR_STALLED, monitor);
        SYMPTOMS.put(MONITOR_OVERLOADED, monitor);
        SYMPTOMS.put(REDIS_DOWN, redis);
        SYMPTOMS.put(
                WRITER_DEAD,
                EnumSet.of(PRICE_FROZEN, PRICE_LATE, KEY_EXPIRED, WRITER_LAGGING, WRITES_LOST));
        SYMPTOMS.put(WRITER_LAGGING, EnumSet.of(PRICE_LATE));
        SYMPTOMS.put(WRITES_LOST, EnumSet.of(PRICE_FROZEN, PRICE_LATE));
        SYMPTOMS.put(KEY_MISNAMED, EnumSet.of(KEY_MISSING, KEY_EXPIRED, KEY_DELETED, PRICE_FROZEN));
        SYMPTOMS.put(FEED_DOWN, down);
        SYMPTOMS.put(FEED_MUTE, mute);
        SYMPTOMS.values().forEach(ANY_SYMPTOM::addAll);
    }

    private final DeskSettings settings;
    private final Set<Case> causes = new LinkedHashSet<>();

    Inhibition(final DeskSettings settings) {
        this.settings = settings;
    }

    /** Whether some other kind may stand for this one. */
    static boolean maybeSymptom(final FindingKind kind) {
        return ANY_SYMPTOM.contains(kind);
    }

    /** Keeps the list of standing causes; called after every change of {@code of}. */
    void onChange(final Case of) {
        final boolean stands =
                (of.state() == CaseState.OPEN || of.state() == CaseState.CLEARING)
                        && SYMPTOMS.containsKey(of.kind())
                        && of.severity().compareTo(settings.pageFrom()) >= 0;
        if (stands) {
            causes.add(of);
        } else {
            causes.remove(of);
        }
    }

    /** The standing case that explains {@code symptom}, or null. */
    Case causeOf(final Case symptom) {
        for (final Case cause : causes) {
            if (cause != symptom
                    && SYMPTOMS.get(cause.kind()).contains(symptom.kind())
                    && symptom.severity().compareTo(cause.severity()) <= 0
                    && reaches(cause, symptom)) {
                return cause;
            }
        }
        return null;
    }

    private static boolean reaches(final Case cause, final Case symptom) {
        if (EVERYWHERE.contains(cause.kind())) {
            return true;
        }
        if (BY_WRITER.contains(cause.kind())) {
            return !cause.writer().isEmpty() && cause.writer().equals(symptom.writer());
        }
        return cause.kind() == KEY_MISNAMED
                ? cause.sameKey(symptom)
                : cause.venue().equals(symptom.venue());
    }
}
