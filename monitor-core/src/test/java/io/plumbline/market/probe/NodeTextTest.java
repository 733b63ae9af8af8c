package io.plumbline.market.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeTextTest {
    private final NodeText text = new NodeText();
    private final ReadingWriter writer = new ReadingWriter();
    private final Reading reading = new Reading();

    /** The measures that a text gives. */
    private Map<Measure, Long> read(final String words) {
        final int length = writer.begin(ProbeKind.NODE_INFO, "n").text(words).finish();
        assertTrue(reading.wrap(writer.buffer(), 0, length));
        text.read(reading);
        final Map<Measure, Long> given = new LinkedHashMap<>();
        for (final Measure measure : Measure.values()) {
            if (reading.has(measure)) {
                given.put(measure, reading.value(measure));
            }
        }
        return given;
    }

    @Test
    void aPrimaryWithReplicas() {
        assertEquals(
                Map.of(
                        Measure.PRIMARY, 1L,
                        Measure.REPLICAS, 2L,
                        Measure.REPLICATION_OFFSET, 5_000L,
                        Measure.REPLICAS_NOT_ONLINE, 1L,
                        Measure.REPLICA_UNHEARD_S, 3L,
                        Measure.REPLICA_BEHIND_BYTES, 400L),
                read(
                        """
                        # Replication\r
                        role:master\r
                        connected_slaves:2\r
                        slave0:ip=10.0.0.2,port=6379,state=online,offset=4600,lag=3\r
                        slave1:ip=10.0.0.3,port=6379,state=wait_bgsave,offset=0,lag=0\r
                        slave2:ip=10.0.0.9,port=0,state=online,offset=0,lag=99\r
                        master_repl_offset:5000\r
                        """));
    }

    @Test
    void aReplicaWhoseLinkIsDown() {
        assertEquals(
                Map.of(
                        Measure.PRIMARY, 0L,
                        Measure.LINK_UP, 0L,
                        Measure.LINK_DOWN_S, 12L,
                        Measure.REPLICATION_OFFSET, 7L),
                read(
                        """
                        role:slave
                        master_link_status:down
                        master_last_io_seconds_ago:-1
                        master_link_down_since_seconds:12
                        master_repl_offset:7
                        """));
    }

    @Test
    void whatIsNotSaidIsNotZero() {
        assertEquals(
                Map.of(
                        Measure.MEMORY_USED, 1_048_576L,
                        Measure.FRAGMENTATION_PERCENT, 1_389L,
                        Measure.EVICTS, 1L,
                        Measure.SNAPSHOT_OK, 0L,
                        Measure.LOG_WRITE_OK, 1L),
                read(
                        """
                        used_memory:1048576
                        used_memory_human:1.00M
                        mem_fragmentation_ratio:13.897
                        maxmemory_policy:allkeys-lru
                        rdb_last_bgsave_status:err
                        aof_last_write_status:ok
                        evicted_keys:
                        expired_keys:many
                        :5
                        nonsense
                        """));
    }

    @Test
    void aClusterAsANodeSeesIt() {
        final String node = "07c37dfeb235213a872192d90877d0cd55635b91 10.0.0.1:7001@17001";
        assertEquals(
                Map.of(
                        Measure.CLUSTER_OK, 0L,
                        Measure.SLOTS_ASSIGNED, 16_384L,
                        Measure.SLOTS_FAIL, 5_461L,
                        Measure.NODES_FAIL, 1L,
                        Measure.NODES_PFAIL, 1L,
                        Measure.NODES_UNLINKED, 1L),
                read(
                        "cluster_state:fail\r\ncluster_slots_assigned:16384\r\n"
                                + "cluster_slots_fail:5461\r\n\n"
                                + node
                                + " myself,master - 0 0 1 connected 0-5460\n"
                                + node
                                + " master,fail - 1 2 2 disconnected 5461-10922\n"
                                + node
                                + ",host slave,fail? abc 0 0 3 connected\n"));
    }

    @Test
    void anotherRunIsAnotherNumber() {
        final long first = read("run_id:570994e1a70a3e06f776996bdd5fb7ddaadd047a").get(Measure.RUN);
        final long other = read("run_id:570994e1a70a3e06f776996bdd5fb7ddaadd047b").get(Measure.RUN);
        assertEquals(1, other - first);
    }
}
