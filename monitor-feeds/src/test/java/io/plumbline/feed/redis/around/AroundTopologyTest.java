package io.plumbline.feed.redis.around;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.feed.redis.ProbeLink;
import io.plumbline.feed.redis.RedisNode;
import io.plumbline.feed.redis.RedisProbeServer;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.Topology;
import io.plumbline.feed.redis.server.ClusterRig;
import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.feed.redis.server.SentinelRig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;

/** Probes find the node that has the answer. */
@Tag("servers")
class AroundTopologyTest {
    private static final RedisSettings ANY =
            RedisSettings.parse("redis://127.0.0.1").withName("main");

    @TempDir private Path folder;

    @Test
    void everyKeyOfAClusterIsAskedOfItsOwner() throws IOException {
        try (ClusterRig rig =
                new ClusterRig(RedisBinary.INSTALLED.assumePresent(), folder, List.of()).start()) {
            final Set<Integer> owners = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                final RedisProcess owner = rig.owner("queue:" + i);
                owners.add(owner.port());
                try (Jedis jedis = owner.client()) {
                    jedis.rpush("queue:" + i, "a");
                }
            }
            assertEquals(3, owners.size());
            final RedisProbeServer server =
                    new RedisProbeServer(ANY, new Topology.Cluster(nodes(rig.addresses()), 3));
            final ProbeLink link = server.open();
            for (int i = 0; i < 20; i++) {
                assertEquals(1, ProbeLink.number(link.ask(Command.LLEN, "queue:" + i), 0));
            }
            server.close(link);
        }
    }

    @Test
    void theMasterThatSentinelsNameIsAsked() throws IOException {
        try (SentinelRig rig =
                new SentinelRig(RedisBinary.INSTALLED.assumePresent(), folder, List.of()).start()) {
            final RedisProbeServer server =
                    new RedisProbeServer(
                            ANY,
                            new Topology.Sentinels(
                                    SentinelRig.MASTER,
                                    nodes(rig.sentinelAddresses()),
                                    RedisSettings.Access.OPEN));
            assertEquals("master", role(server));
            final RedisProcess next = rig.failOver();
            try (Jedis jedis = next.client()) {
                jedis.rpush("queue", "a");
            }
            assertEquals("master", role(server));
            final ProbeLink link = server.open();
            assertEquals(1, ProbeLink.number(link.ask(Command.LLEN, "queue"), 0));
            server.close(link);
        }
    }

    private static String role(final RedisProbeServer server) {
        final ProbeLink link = server.open();
        final String role = ProbeLink.text(ProbeLink.list(link.ask(Command.ROLE)).get(0));
        server.close(link);
        return role;
    }

    private static List<RedisNode> nodes(final String addresses) {
        return Stream.of(addresses.split(",")).map(String::strip).map(RedisNode::parse).toList();
    }
}
