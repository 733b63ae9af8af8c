package io.plumbline.feed.redis.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeAnswersTest {
    private static final String ID = "07c37dfeb235213a872192d90877d0cd55635b91";

    @Test
    void aClusterNodeByNode() {
        assertEquals(
                List.of(
                        new ClusterPeer(
                                ID, "10.0.0.1:7001", List.of("myself", "master"), "", true, 5_462),
                        new ClusterPeer(
                                ID, "10.0.0.2:7002", List.of("slave", "fail?"), ID, false, 0),
                        new ClusterPeer(ID, "", List.of("master", "fail", "noaddr"), "", false, 0)),
                ClusterPeer.parse(
                        ID
                                + " 10.0.0.1:7001@17001 myself,master - 0 0 1 connected 0-5460 9000"
                                + " [93->-292f8b365bb7edb5e285caf0b7e6ddc7265d2f4f]\n"
                                + ID
                                + " 10.0.0.2:7002@17002,redis-2 slave,fail? "
                                + ID
                                + " 1 2 3 disconnected\r\n"
                                + ID
                                + " :0@0 master,fail,noaddr - 1 2 3 disconnected\n\nnonsense\n"));
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aSlowCommandIsToldByItsNameOnly() {
        final List<?> entry =
                List.of(
                        5L,
                        1_700_000_000L,
                        3_000_000L,
                        List.of(bytes("auth"), bytes("hunter2")),
                        bytes("127.0.0.1:5"),
                        bytes(""));
        final List<?> odd = List.of(6L, 1L, 2L, List.of(bytes("hunter2 as a command")));
        assertEquals(
                List.of(
                        new NodeReport.SlowLog.Slow(5, 1_700_000_000L, 3_000_000L, "AUTH"),
                        new NodeReport.SlowLog.Slow(6, 1, 2, "?")),
                NodeQuestions.slow(List.of(entry, odd, List.of())));
    }

    @Test
    void ourOwnConnectionsAreFoundByTheirName() {
        assertEquals(
                new NodeReport.OwnClients("plumbline", 2, 4_096),
                NodeQuestions.own(
                        "id=3 addr=1 name=plumbline db=0 omem=0 tot-mem=1\n"
                                + "id=4 addr=1 name=plumbline-2 db=0 omem=99999 tot-mem=1\n"
                                + "id=5 addr=1 name=plumbline db=0 omem=4096 tot-mem=1\n",
                        "plumbline"));
    }
}
