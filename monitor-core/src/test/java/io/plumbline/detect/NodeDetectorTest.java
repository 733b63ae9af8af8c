package io.plumbline.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.finding.Evidence;
import io.plumbline.market.probe.NodeRule;
import io.plumbline.market.probe.NodeText;
import io.plumbline.market.probe.ProbeKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeDetectorTest {
    private static final String WELL = "run_id:a\nuptime_in_seconds:100\n";
    private static final int REDIS = 2;

    private final NodeText text = new NodeText();
    private final ProbeScene scene =
            new ProbeScene()
                    .watch(
                            state ->
                                    new NodeDetector(
                                            state,
                                            List.of(
                                                    new NodeRule(
                                                            3,
                                                            REDIS,
                                                            "redis/main",
                                                            100_000_000L,
                                                            80,
                                                            0,
                                                            10_000_000_000L,
                                                            1_000))));

    private List<String> read(final ProbeKind kind, final String node, final String words) {
        scene.pass(1_000);
        scene.read(kind, node, "", w -> w.text(words), e -> text.read(e.reading));
        return scene.told();
    }

    private List<String> info(final String words) {
        return read(ProbeKind.NODE_INFO, "10.0.0.1:6379", WELL + words);
    }

    private void well(final int times) {
        for (int i = 0; i < times; i++) {
            assertEquals(List.of(), info(""));
        }
    }

    @Test
    void memoryNearItsLimit() {
        final String most = "maxmemory:1000000\nmaxmemory_policy:noeviction\n";
        assertEquals(List.of(), info(most + "used_memory:799999"));
        assertEquals(
                List.of("OPEN REDIS_MEMORY redis/main 10.0.0.1:6379"),
                info(most + "used_memory:810000"));
        assertEquals(
                "redis/main 10.0.0.1:6379 runs out of memory: near its limit (percent of the limit"
                        + " in use: 81 (810000 of 1000000 bytes), then writes are refused)",
                scene.sentence());
        for (int i = 0; i < 5; i++) {
            assertEquals(List.of(), info(most + "used_memory:790000"));
        }
        for (int i = 0; i < 4; i++) {
            assertEquals(List.of(), info(most + "used_memory:700000"));
        }
        assertEquals(
                List.of("CLOSE REDIS_MEMORY redis/main 10.0.0.1:6379"),
                info(most + "used_memory:700000"));
    }

    @Test
    void evictionsAreCountedFromTheFirstReadingOn() {
        assertEquals(List.of(), info("evicted_keys:70"));
        assertEquals(List.of(), info("evicted_keys:70"));
        assertEquals(
                List.of("OPEN REDIS_MEMORY redis/main 10.0.0.1:6379"), info("evicted_keys:71"));
        assertEquals("keys are evicted", scene.evidence(Evidence.CAUSE));
    }

    @Test
    void aReplicaThatIsCutOffForAMomentIsNone() {
        assertEquals(List.of(), info("role:slave\nmaster_link_status:down"));
        assertEquals(List.of(), info("role:slave\nmaster_link_status:down"));
        assertEquals(List.of(), info("role:slave\nmaster_link_status:up"));
        for (int i = 0; i < 2; i++) {
            assertEquals(List.of(), info("role:slave\nmaster_link_status:down"));
        }
        assertEquals(
                List.of("OPEN REPLICATION_BROKEN redis/main 10.0.0.1:6379"),
                info("role:slave\nmaster_link_status:down"));
        assertEquals("the link to the primary is down", scene.evidence(Evidence.CAUSE));
    }

    @Test
    void aReplicaBehindByBytes() {
        final String behind =
                "master_repl_offset:5000\nslave0:ip=a,port=1,state=online,offset=100,lag=0";
        assertEquals(List.of(), info(behind));
        assertEquals(List.of(), info(behind));
        assertEquals(List.of("OPEN REPLICATION_BROKEN redis/main 10.0.0.1:6379"), info(behind));
        assertEquals("bytes behind: 4900", scene.evidence(Evidence.DETAIL));
    }

    @Test
    void snapshotsThatFail() {
        assertEquals(
                List.of("OPEN PERSISTENCE_FAILED redis/main 10.0.0.1:6379"),
                info("rdb_last_bgsave_status:err"));
        assertEquals(
                List.of("CLOSE PERSISTENCE_FAILED redis/main 10.0.0.1:6379"),
                info("rdb_last_bgsave_status:ok"));
    }

    @Test
    void clientsTurnedAway() {
        assertEquals(List.of(), info("rejected_connections:5"));
        assertEquals(
                List.of("OPEN REDIS_CLIENTS_DROPPED redis/main 10.0.0.1:6379"),
                info("rejected_connections:9\nconnected_clients:10\nmaxclients:10"));
        assertEquals("no room for more clients", scene.evidence(Evidence.CAUSE));
    }

    /** Redis 7.0 counts who gave up while it stood still as rejected. */
    @Test
    void clientsThatGaveUpOnANodeThatStoodStillAreNotDropped() {
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(), info("rejected_connections:5"));
        }
        scene.pass(9_000);
        assertEquals(List.of(), info("rejected_connections:12"));
        assertEquals(List.of(), info("rejected_connections:14"));
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(), info("rejected_connections:14"));
        }
        assertEquals(
                List.of("OPEN REDIS_CLIENTS_DROPPED redis/main 10.0.0.1:6379"),
                info("rejected_connections:15"));
    }

    @Test
    void aRestartIsToldOnce() {
        well(1);
        assertEquals(
                List.of("EVENT REDIS_RESTARTED redis/main 10.0.0.1:6379"),
                read(
                        ProbeKind.NODE_INFO,
                        "10.0.0.1:6379",
                        "run_id:b\nuptime_in_seconds:1\nevicted_keys:0"));
        assertEquals("restarted", scene.evidence(Evidence.CAUSE));
        assertEquals(
                List.of(),
                read(
                        ProbeKind.NODE_INFO,
                        "10.0.0.1:6379",
                        "run_id:b\nuptime_in_seconds:2\nevicted_keys:0"));
    }

    @Test
    void oneConditionForAWholeCluster() {
        final String fail = "cluster_state:fail\ncluster_slots_assigned:16384";
        final String ok = "cluster_state:ok\ncluster_slots_assigned:16384\ncluster_slots_pfail:0";
        assertEquals(List.of(), read(ProbeKind.NODE_CLUSTER, "a:1", fail));
        assertEquals(
                List.of("OPEN CLUSTER_UNHEALTHY redis/main"),
                read(ProbeKind.NODE_CLUSTER, "a:1", fail));
        assertEquals(List.of(), read(ProbeKind.NODE_CLUSTER, "b:1", fail));
        assertEquals(List.of(), read(ProbeKind.NODE_CLUSTER, "b:1", fail));
        assertEquals(List.of(), read(ProbeKind.NODE_CLUSTER, "a:1", ok));
        assertEquals(List.of(), read(ProbeKind.NODE_CLUSTER, "a:1", ok));
        assertEquals(List.of(), read(ProbeKind.NODE_CLUSTER, "b:1", ok));
        assertEquals(
                List.of("CLOSE CLUSTER_UNHEALTHY redis/main"),
                read(ProbeKind.NODE_CLUSTER, "b:1", ok));
    }

    @Test
    void aNodeThatCannotBeReachedIsSaidByTheOthers() {
        scene.read(ProbeKind.NODE_INFO, "c:1", "", w -> w.failed("the Cluster gave it up"));
        assertEquals(List.of(), scene.told());
    }

    @Test
    void aPingAloneIsNotYetSlow() {
        for (int i = 0; i < 4; i++) {
            assertEquals(List.of(), ping());
        }
        assertEquals(List.of("OPEN REDIS_SLOW redis/main 10.0.0.1:6379"), ping());
    }

    private List<String> ping() {
        scene.pass(1_000);
        scene.read(
                ProbeKind.NODE_INFO,
                "10.0.0.1:6379",
                "",
                w ->
                        w.with(io.plumbline.market.probe.Measure.PING_NS, 101_000_000L)
                                .text("loading:0"));
        return scene.told();
    }
}
