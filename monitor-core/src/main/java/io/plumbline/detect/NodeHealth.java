package io.plumbline.detect;

import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.probe.Measure;
import io.plumbline.market.probe.NodeRule;
import io.plumbline.market.probe.Reading;
import java.util.Arrays;

/**
 * What is known of one node of a Redis, and what is wrong with it. A condition begins after so many
 * readings that show it, and ends after so many that do not. Engine thread.
 */
final class NodeHealth {
    /** What may be wrong with a node. */
    enum Ill {
        MEMORY(FindingKind.REDIS_MEMORY, 1, 5),
        REPLICATION(FindingKind.REPLICATION_BROKEN, 3, 3),
        PERSISTENCE(FindingKind.PERSISTENCE_FAILED, 1, 1),
        CLIENTS(FindingKind.REDIS_CLIENTS_DROPPED, 1, 10),
        SLOW(FindingKind.REDIS_SLOW, 5, 5),
        CLUSTER(FindingKind.CLUSTER_UNHEALTHY, 2, 2);

        final FindingKind kind;
        final int opensAfter;
        final int closesAfter;

        Ill(final FindingKind kind, final int opensAfter, final int closesAfter) {
            this.kind = kind;
            this.opensAfter = opensAfter;
            this.closesAfter = closesAfter;
        }
    }

    private static final int ILLS = Ill.values().length;
    private static final int SLOTS = 16_384;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int HYSTERESIS_PERCENT = 5;

    /** A reading that comes so much later than its like tells of a node that stood still. */
    private static final long STANDSTILL_NS = 2 * SECOND_NS;

    /** After a standstill so long, clients that had given up are still being counted. */
    private static final long CATCHING_UP_NS = 3 * SECOND_NS;

    final NodeRule rule;
    final String name;
    private final int[] bad = new int[ILLS];
    private final int[] good = new int[ILLS];
    private final boolean[] open = new boolean[ILLS];
    private final long[] sinceNs = new long[ILLS];
    private String cause;
    private String detail;
    private Severity severity;
    private long readNs = MarketEvent.NONE;
    private long usualNs = Long.MAX_VALUE / 2;
    private long movesSinceNs = MarketEvent.NONE;
    private long run = Reading.NONE;
    private long evicted = Reading.NONE;
    private long dropped = Reading.NONE;

    NodeHealth(final NodeRule rule, final String name) {
        this.rule = rule;
        this.name = name;
        Arrays.fill(sinceNs, MarketEvent.NONE);
    }

    /** Why the last condition that was asked for holds; null where it does not. */
    String cause() {
        return cause;
    }

    String detail() {
        return detail;
    }

    /** How bad that is, null for the kind's own. */
    Severity severity() {
        return severity;
    }

    boolean isOpen(final Ill ill) {
        return open[ill.ordinal()];
    }

    long sinceNs(final Ill ill) {
        return sinceNs[ill.ordinal()];
    }

    /**
     * Counts a reading for or against a condition.
     *
     * @return whether it began or ended with this reading
     */
    boolean step(final Ill ill, final boolean holds, final long nowNs) {
        final int i = ill.ordinal();
        bad[i] = holds ? bad[i] + 1 : 0;
        good[i] = holds ? 0 : good[i] + 1;
        final boolean turns = open[i] ? good[i] >= ill.closesAfter : bad[i] >= ill.opensAfter;
        if (turns) {
            open[i] = !open[i];
            if (open[i]) {
                sinceNs[i] = nowNs;
            }
        }
        return turns;
    }

    /** Whether another process answers than the last time; its cause is then told. */
    boolean isAnotherRun(final Reading reading, final long nowNs) {
        final long now = reading.value(Measure.RUN);
        final boolean another = run != Reading.NONE && now != Reading.NONE && now != run;
        if (another) {
            final long upNs = reading.value(Measure.UPTIME_S, 0) * SECOND_NS;
            cause =
                    upNs <= nowNs - readNs + 2 * SECOND_NS
                            ? "restarted"
                            : "another process answers at this address";
            detail = "it has been up for " + upNs / SECOND_NS + " s";
            evicted = Reading.NONE;
            dropped = Reading.NONE;
        }
        if (now != Reading.NONE) {
            run = now;
        }
        return another;
    }

    /** Keeps what the next reading is compared with: last of all. */
    void read(final Reading reading, final long nowNs) {
        if (readNs != MarketEvent.NONE) {
            usualNs = Math.min(usualNs, nowNs - readNs);
        }
        readNs = nowNs;
        evicted = reading.value(Measure.EVICTED);
        dropped = drops(reading);
    }

    boolean holds(final Ill ill, final Reading reading, final long nowNs) {
        cause = null;
        detail = "";
        severity = null;
        switch (ill) {
            case MEMORY:
                memory(reading, nowNs);
                break;
            case REPLICATION:
                replication(reading);
                break;
            case PERSISTENCE:
                persistence(reading);
                break;
            case CLIENTS:
                clients(reading, nowNs);
                break;
            case SLOW:
                if (reading.value(Measure.PING_NS, 0) > rule.pingNs()) {
                    because("slow", "a ping took ", reading.value(Measure.PING_NS) / 1_000_000);
                    detail += " ms";
                }
                break;
            case CLUSTER:
                cluster(reading);
                break;
            default:
                throw new IllegalStateException(ill.name());
        }
        return cause != null;
    }

    private void because(final String why, final String words, final long number) {
        cause = why;
        detail = words + number;
    }

    private void memory(final Reading reading, final long nowNs) {
        final long most = reading.value(Measure.MEMORY_MOST, 0);
        final long used = reading.value(Measure.MEMORY_USED, 0);
        final int limit = rule.memoryPercent() - (isOpen(Ill.MEMORY) ? HYSTERESIS_PERCENT : 0);
        final long now = reading.value(Measure.EVICTED);
        if (now != Reading.NONE && evicted != Reading.NONE && nowNs > readNs) {
            final long perSecond = (now - evicted) * SECOND_NS / (nowNs - readNs);
            if (now > evicted && perSecond >= rule.evictionsPerSecond()) {
                because("keys are evicted", "evicted since the last reading: ", now - evicted);
                severity = Severity.HIGH;
                return;
            }
        }
        if (most > 0 && used / 100 >= most / 10_000 * limit) {
            because("near its limit", "percent of the limit in use: ", used * 100 / most);
            detail +=
                    " ("
                            + used
                            + " of "
                            + most
                            + " bytes), then "
                            + (reading.value(Measure.EVICTS, 0) == 1
                                    ? "keys are evicted"
                                    : "writes are refused");
        }
    }

    private void replication(final Reading reading) {
        final long lagS = Math.max(1, rule.replicaLagNs() / SECOND_NS);
        if (reading.value(Measure.LINK_UP, 1) == 0) {
            because(
                    "the link to the primary is down",
                    "down for seconds: ",
                    reading.value(Measure.LINK_DOWN_S, 0));
        } else if (reading.value(Measure.PRIMARY_HEARD_S, 0) > lagS) {
            because(
                    "the primary is not heard",
                    "silent for seconds: ",
                    reading.value(Measure.PRIMARY_HEARD_S));
        } else if (reading.value(Measure.REPLICAS_NOT_ONLINE, 0) > 0) {
            because(
                    "a replica is not online",
                    "replicas not online: ",
                    reading.value(Measure.REPLICAS_NOT_ONLINE));
        } else if (reading.value(Measure.REPLICA_UNHEARD_S, 0) > lagS) {
            because(
                    "a replica is not heard",
                    "silent for seconds: ",
                    reading.value(Measure.REPLICA_UNHEARD_S));
        } else if (reading.value(Measure.REPLICA_BEHIND_BYTES, 0) > rule.replicaBytes()) {
            because(
                    "a replica is behind",
                    "bytes behind: ",
                    reading.value(Measure.REPLICA_BEHIND_BYTES));
        }
    }

    private void persistence(final Reading reading) {
        if (reading.value(Measure.SNAPSHOT_OK, 1) == 0) {
            cause = "the last snapshot failed";
            detail = "Redis may refuse writes until one succeeds (stop-writes-on-bgsave-error)";
        } else if (reading.value(Measure.LOG_WRITE_OK, 1) == 0) {
            cause = "the append-only file cannot be written";
            detail = "Redis refuses writes until it can";
            severity = Severity.HIGH;
        } else if (reading.value(Measure.LOG_REWRITE_OK, 1) == 0) {
            cause = "the append-only file could not be rewritten";
            detail = "it grows until a rewrite succeeds";
        }
    }

    /**
     * A process that stood still counts the clients that gave up meanwhile as rejected: it cannot
     * tell any more who they were. Their giving up is not its doing.
     */
    private void clients(final Reading reading, final long nowNs) {
        if (readNs != MarketEvent.NONE && nowNs - readNs > usualNs + STANDSTILL_NS) {
            movesSinceNs = nowNs;
        }
        final boolean full =
                reading.value(Measure.CLIENTS, 0) >= reading.value(Measure.MOST_CLIENTS, 1);
        final boolean catchesUp =
                movesSinceNs != MarketEvent.NONE && nowNs - movesSinceNs <= CATCHING_UP_NS;
        final long now = drops(reading);
        if (now != Reading.NONE
                && dropped != Reading.NONE
                && now > dropped
                && (full || !catchesUp)) {
            because(
                    full ? "no room for more clients" : "clients are cut off",
                    "refused or cut since the last reading: ",
                    now - dropped);
        }
    }

    private static long drops(final Reading reading) {
        final long rejected = reading.value(Measure.REJECTED_CONNECTIONS);
        return rejected == Reading.NONE
                ? Reading.NONE
                : rejected + reading.value(Measure.OUTPUT_BUFFER_KILLS, 0);
    }

    private void cluster(final Reading reading) {
        if (reading.value(Measure.CLUSTER_OK, 1) == 0) {
            because(
                    "cluster_state is fail",
                    "slots without a node: ",
                    SLOTS - reading.value(Measure.SLOTS_ASSIGNED, 0));
            severity = Severity.CRITICAL;
        } else if (reading.value(Measure.SLOTS_ASSIGNED, SLOTS) < SLOTS) {
            because(
                    "slots have no node",
                    "slots without a node: ",
                    SLOTS - reading.value(Measure.SLOTS_ASSIGNED));
        } else if (reading.value(Measure.SLOTS_FAIL, 0) > 0) {
            because("slots fail", "slots: ", reading.value(Measure.SLOTS_FAIL));
        } else if (reading.value(Measure.SLOTS_PFAIL, 0) > 0) {
            because("slots are suspected", "slots: ", reading.value(Measure.SLOTS_PFAIL));
        } else if (reading.value(Measure.NODES_FAIL, 0) > 0) {
            because("a node is given up", "nodes: ", reading.value(Measure.NODES_FAIL));
            severity = Severity.MEDIUM;
        }
    }
}
