package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** When the replication stream may be joined without a full synchronisation. */
final class ReplicationInfoTest {
    private static final String ID = "a".repeat(40);
    private static final String FORMER = "b".repeat(40);
    private static final String PRIMARY =
            "# Replication\r\nrole:master\r\nconnected_slaves:4\r\n"
                    + "slave0:ip=10.0.0.2,port=6380,state=online,offset=990,lag=0\r\n"
                    + "slave1:ip=10.0.0.3,port=0,state=online,offset=0,lag=0\r\n"
                    + "slave2:ip=10.0.0.4,port=6380,state=wait_bgsave,offset=0,lag=0\r\n"
                    + "slave3:ip=fd00::5,port=6381,state=online,offset=990,lag=1\r\n"
                    + "master_replid:"
                    + ID
                    + "\r\nmaster_replid2:"
                    + FORMER
                    + "\r\nmaster_repl_offset:1000\r\nsecond_repl_offset:501\r\n"
                    + "repl_backlog_active:1\r\nrepl_backlog_size:1048576\r\n"
                    + "repl_backlog_first_byte_offset:401\r\nrepl_backlog_histlen:600\r\n";

    @Test
    void readsAPrimary() {
        final ReplicationInfo info = ReplicationInfo.parse(PRIMARY);
        assertEquals("", info.refusal());
        assertEquals(
                List.of(new RedisNode("10.0.0.2", 6_380), new RedisNode("fd00::5", 6_381)),
                info.replicas(),
                "no other monitor, none that synchronises");
        assertEquals(new ReplicationPlace(ID, 1_000, CommandEffects.UNKNOWN_DATABASE), info.now());
    }

    @Test
    void goesOnOnlyInsideTheBacklogOfTheSameHistory() {
        final ReplicationInfo info = ReplicationInfo.parse(PRIMARY);
        assertEquals("", info.refusal(new ReplicationPlace(ID, 1_000, 0)));
        assertEquals("", info.refusal(new ReplicationPlace(ID, 400, 0)));
        assertTrue(info.refusal(new ReplicationPlace(ID, 399, 0)).contains("outside its backlog"));
        assertTrue(info.refusal(new ReplicationPlace(ID, 1_001, 0)).contains("outside"));
        assertEquals("", info.refusal(new ReplicationPlace(FORMER, 500, 0)));
        assertTrue(info.refusal(new ReplicationPlace(FORMER, 501, 0)).contains("another"));
        assertTrue(info.refusal(new ReplicationPlace("c".repeat(40), 900, 0)).contains("another"));
    }

    @Test
    void refusesWhereTheServerWouldFork() {
        assertTrue(
                ReplicationInfo.parse(PRIMARY.replace("backlog_active:1", "backlog_active:0"))
                        .refusal()
                        .contains("repl_backlog_active is 0"));
        final String guarded = PRIMARY + "min_slaves_good_slaves:1\r\n";
        assertEquals("", ReplicationInfo.parse(guarded).refusal());
        assertTrue(
                ReplicationInfo.parse(guarded.replace("state=online", "state=wait"))
                        .refusal()
                        .contains("min-replicas-to-write"));
        assertTrue(ReplicationInfo.parse("").refusal().contains("replication id"));
        final String replica =
                PRIMARY.replace("role:master", "role:slave\r\nmaster_link_status:down");
        assertTrue(ReplicationInfo.parse(replica).refusal().contains("lost its primary"));
        assertEquals("", ReplicationInfo.parse(replica.replace(":down", ":up")).refusal());
    }
}
