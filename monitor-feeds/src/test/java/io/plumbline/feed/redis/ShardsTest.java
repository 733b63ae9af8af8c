package io.plumbline.feed.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who observes which slot, from the answers of nodes that do not agree yet. */
final class ShardsTest {
    private static final RedisNode ASKED = new RedisNode("seed", 1);
    private static final String A = "a 10.0.0.1:7001@17001 myself,master - 0 0 1 connected 0-8191";
    private static final String B =
            "b 10.0.0.2:7002@17002,node-b master - 0 0 2 connected 8192-16383";
    private static final String REPLICA_OF_B = "c 10.0.0.3:7003@17003 slave b 0 0 2 connected";

    private final Shards shards = new Shards(2);

    @Test
    void shouldReadEveryVersionsLines() {
        final List<ClusterNode> nodes =
                ClusterNode.parse(
                        String.join(
                                "\n",
                                "a :7001@17001 myself,master - 0 0 1 connected 5 7-9 [8->-b]",
                                "b 10.0.0.2:7002 master,fail - 0 0 2 connected 10",
                                "c 10.0.0.3:7003@17003,name,tls-port=0 slave b 0 0 2 connected",
                                "d ::1:7004@17004,? master - 0 0 2 connected",
                                "e :0@0 master,noaddr - 0 0 2 disconnected",
                                "f 10.0.0.6:7006@17006 handshake - 0 0 0 connected"),
                        ASKED,
                        true);
        assertEquals(
                List.of("a seed:7001", "b 10.0.0.2:7002", "c name:7003", "d [::1]:7004"),
                nodes.stream().map(node -> node.id() + " " + node.node()).toList());
        assertEquals("{5, 7, 8, 9}", nodes.get(0).slots().toString());
        assertEquals("b", nodes.get(2).primaryId());
        assertThrows(
                IllegalArgumentException.class,
                () -> ClusterNode.parse("ERR something", ASKED, false));
    }

    @Test
    void shouldGiveEachShardAPart() {
        assertEquals("1=10.0.0.1:7001 2=10.0.0.2:7002", told(A, B, REPLICA_OF_B));
        assertEquals(0, shards.map().part(8_191));
        assertEquals(1, shards.map().part(8_192));
    }

    @Test
    void shouldKeepThePartWhenAReplicaTakesOver() {
        told(A, B, REPLICA_OF_B);
        final String heir = "c 10.0.0.3:7003@17003 master - 0 0 7 connected 8192-16383";
        assertEquals(
                "1=10.0.0.1:7001 2=10.0.0.3:7003",
                told(A, "b 10.0.0.2:7002@17002 slave c 0 0 7 connected", heir));
        assertEquals(1, shards.map().part(16_383));
    }

    @Test
    void shouldNotBelieveANodeThatHasNotHeardOfIt() {
        told(A, B, REPLICA_OF_B);
        final String heir = "c 10.0.0.3:7003@17003 master - 0 0 7 connected 8192-16383";
        told(A, "b 10.0.0.2:7002@17002 slave c 0 0 7 connected", heir);
        assertEquals("1=10.0.0.1:7001 2=10.0.0.3:7003", told(A, B, REPLICA_OF_B));
    }

    @Test
    void shouldFollowASlotToAHigherEpochAndFromWhoLetsItGo() {
        told(A, B);
        told(A.replace("0-8191", "1-8191"), B.replace("0 0 2", "0 0 3").replace("8192", "0 8192"));
        assertEquals(1, shards.map().part(0));
        told(A, B.replace("0 0 2", "0 0 3").replace("8192", "0 8192"));
        assertEquals(1, shards.map().part(0), "an older claim does not take it back");
        told(
                A.replace("myself,", ""),
                B.replace("master", "myself,master")
                        .replace("0 0 2", "0 0 3")
                        .replace("8192-16383", "8193-16383"),
                "c 10.0.0.3:7003@17003 master - 0 0 1 connected 8192");
        assertEquals(1, shards.map().unobserved(), "believed though its epoch is lower");
    }

    @Test
    void shouldSayHowManyItCannotObserve() {
        assertEquals(
                "1=10.0.0.1:7001 2=10.0.0.2:7002",
                told(
                        A,
                        B.replace("16383", "9000"),
                        "c 10.0.0.3:7003@17003 master - 0 0 3 connected 9001-16383"));
        assertEquals(1, shards.map().unobserved());
        assertEquals(ClusterMap.NOBODY, shards.map().part(9_001));
    }

    @Test
    void shouldGiveAPartToANodeThatKeysAreSentToAhead() {
        final String empty = "c 10.0.0.3:7003@17003 master - 0 0 0 connected";
        final String one = A.replace("0-8191", "0-16383");
        assertEquals("1=10.0.0.1:7001", told(one, empty));
        shards.want(new RedisNode("10.0.0.3", 7_003));
        assertEquals("1=10.0.0.1:7001 2=10.0.0.3:7003", told(one, empty));
        assertEquals(0, shards.map().part(16_383));
    }

    private String told(final String... lines) {
        shards.take(ClusterNode.parse(String.join("\n", lines), ASKED, false));
        final ClusterMap map = shards.map();
        return IntStream.range(0, 2)
                .filter(part -> map.node(part) != null)
                .mapToObj(part -> (part + 1) + "=" + map.node(part))
                .collect(Collectors.joining(" "));
    }
}
