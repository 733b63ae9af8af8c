package io.plumbline.feed.redis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.AclRule;
import io.plumbline.feed.redis.RedisNode;
import io.plumbline.feed.redis.RedisSettings;
import io.plumbline.feed.redis.Topology;
import io.plumbline.feed.redis.ValueFormat;
import io.plumbline.market.KeyState;
import io.plumbline.market.Rung;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;

/** A user that is allowed exactly what we print sees everything, and with any less it does not. */
@Tag("servers")
final class AclFeedTest {
    private static final List<String> KEYS = List.of("px:A", "px:B");

    @TempDir private Path folder;
    private RedisProcess redis;
    private Jedis admin;

    @BeforeEach
    void start() throws IOException {
        redis =
                new RedisProcess(
                                RedisBinary.INSTALLED.assumePresent(),
                                folder,
                                List.of("notify-keyspace-events K$ghxe"))
                        .start();
        admin = redis.client();
    }

    @AfterEach
    void stop() {
        if (redis != null) {
            admin.close();
            redis.close();
        }
    }

    @Test
    void shouldSeeEverythingWithWhatIsPrinted() {
        allow(rule().line());
        assertEquals("", whatIsMissing());
    }

    @Test
    void shouldPrintNothingThatIsNotNeeded() {
        final List<String> words =
                Arrays.stream(rule().line().split(" "))
                        .filter(word -> word.matches("[+%&].*"))
                        .toList();
        assertTrue(words.size() > 10, words.toString());
        for (final String word : words) {
            allow(rule().line().replace(' ' + word, ""));
            assertTrue(!whatIsMissing().isEmpty(), word + " was not missed");
        }
    }

    @Test
    void shouldSeeAClusterWithWhatIsPrinted() throws IOException {
        try (ClusterRig rig =
                new ClusterRig(
                                RedisBinary.INSTALLED,
                                folder,
                                List.of("notify-keyspace-events K$ghxe"))
                        .start()) {
            final Topology.Cluster cluster =
                    new Topology.Cluster(
                            List.of(RedisNode.parse(rig.addresses().split(",")[0])), 4);
            for (final RedisProcess node : rig.nodes()) {
                allow(node, rule(cluster).line());
            }
            for (final String key : KEYS) {
                try (Jedis owner = rig.owner(key).client()) {
                    owner.set(key, "1");
                }
            }
            try (ObservedRedis observed = new ObservedRedis(settings(), cluster, KEYS)) {
                observed.awaitLive(3);
                final int mark = observed.mark();
                rig.failOver(rig.owner("px:A"));
                observed.await(
                        "the move", 5, () -> observed.facts(mark, "REDIS_MOVED").size() == 1);
                try (Jedis owner = rig.owner("px:A").client()) {
                    owner.set("px:A", "2");
                }
                observed.await("a write", 5, () -> "2".equals(observed.view().get("px:A")));
            }
            for (final RedisProcess node : rig.nodes()) {
                try (Jedis each = node.client()) {
                    assertEquals(List.of(), each.aclLog());
                }
            }
        }
    }

    @Test
    void shouldSeeAMasterOfSentinelsWithWhatIsPrinted() throws IOException {
        try (SentinelRig rig =
                new SentinelRig(
                                RedisBinary.INSTALLED,
                                folder,
                                List.of("notify-keyspace-events K$ghxe"))
                        .start()) {
            final List<RedisNode> sentinels =
                    Arrays.stream(rig.sentinelAddresses().split(","))
                            .map(RedisNode::parse)
                            .toList();
            final Topology.Sentinels topology =
                    new Topology.Sentinels(
                            SentinelRig.MASTER, sentinels, RedisSettings.Access.OPEN);
            for (final RedisProcess server : rig.servers()) {
                allow(server, rule(topology).line());
            }
            try (Jedis master = rig.master().client();
                    ObservedRedis observed = new ObservedRedis(settings(), topology, KEYS)) {
                observed.awaitLive(1);
                master.set("px:A", "2");
                observed.await("a write", 5, () -> "2".equals(observed.view().get("px:A")));
                assertEquals(List.of(), master.aclLog());
            }
        }
    }

    private AclRule rule() {
        return rule(new Topology.Standalone());
    }

    private AclRule rule(final Topology topology) {
        final int major = RedisBinary.INSTALLED.major();
        return new AclRule("plumbline", new AclRule.Version(major, 0))
                .prices(
                        settings(),
                        topology,
                        KEYS,
                        List.of("px:*"),
                        List.of(ValueFormat.parse("plain")));
    }

    private RedisSettings settings() {
        return RedisSettings.parse("redis://plumbline:pw@127.0.0.1:" + redis.port());
    }

    private void allow(final String line) {
        allow(redis, line);
    }

    private static void allow(final RedisProcess server, final String line) {
        final String[] words = (line + " >pw").split(" ");
        try (Jedis jedis = server.client()) {
            jedis.aclDelUser("plumbline");
            jedis.sendCommand(Command.ACL, Arrays.copyOfRange(words, 1, words.length));
            jedis.aclLogReset();
        }
    }

    /** The first thing that does not come as it should, or that Redis refused; "" for nothing. */
    private String whatIsMissing() {
        admin.del("px:A", "px:B");
        admin.set("px:A", "1");
        admin.lpush("px:B", "a list");
        try (ObservedRedis observed =
                new ObservedRedis(settings(), new Topology.Standalone(), KEYS)) {
            observed.await("the first view", 2, () -> observed.view().size() == KEYS.size());
            observed.await(
                    "notifications",
                    2,
                    () -> observed.feed().probe().rung() == Rung.NOTIFICATION || refused());
            admin.set("px:A", "2");
            observed.await("a write", 2, () -> "2".equals(observed.view().get("px:A")));
            final int mark = observed.mark();
            admin.flushAll();
            admin.set("px:A", "2");
            observed.await(
                    "what was not written again",
                    2,
                    () ->
                            observed.since(mark).stream()
                                    .anyMatch(
                                            each ->
                                                    "px:B".equals(each.key())
                                                            && each.state() == KeyState.ABSENT));
        } catch (final AssertionError missing) {
            return String.valueOf(missing.getMessage());
        }
        return refused() ? admin.aclLog().toString() : "";
    }

    private boolean refused() {
        return !admin.aclLog().isEmpty();
    }
}
