package io.plumbline.app;

import static io.plumbline.finding.FindingKind.REDIS_DOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.feed.redis.server.RedisBinary;
import io.plumbline.feed.redis.server.RedisProcess;
import io.plumbline.finding.FindingKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Primaries that change and slots that move in a Cluster as it comes: while one shard has no
 * primary, every node refuses every write.
 */
@Tag("servers")
class ClusterChaosTest extends FailoverChaos<ClusterServers> {
    private static final int PER_SECOND_FAST = 2_000;
    private static final int SLOTS_MOVED = 1_000;

    /** Whether a shard without a primary is the others' death too. */
    boolean fullCoverage() {
        return true;
    }

    @Override
    ClusterServers open(final RedisBinary binary, final Path folder) throws IOException {
        return fullCoverage()
                ? new ClusterServers(binary, folder)
                : new ClusterServers(binary, folder, "cluster-require-full-coverage no");
    }

    @Override
    void awaitWell() {
        servers.rig.awaitWell();
    }

    @Override
    RedisProcess primary() {
        return servers.rig.owner(rig.keys().get(0));
    }

    @Override
    void failOver(final RedisProcess primary) {
        servers.rig.failOver(primary);
    }

    @Override
    void kill(final RedisProcess primary) {
        servers.rig.kill(primary);
    }

    @Test
    @Override
    void primaryKilled() throws IOException {
        super.primaryKilled();
        final Set<String> down =
                rig.found().stream()
                        .filter(each -> each.kind() == REDIS_DOWN)
                        .map(LiveRig.Seen::key)
                        .collect(Collectors.toSet());
        assertEquals(fullCoverage() ? 3 : 1, down.size(), down.toString());
        // A dead node is asked again every few seconds.
        Await.until(
                "that it was restarted",
                15,
                () ->
                        rig.found().stream()
                                .anyMatch(each -> each.kind() == FindingKind.REDIS_RESTARTED),
                rig::state);
    }

    @Test
    void aMisnamedKeyIsFoundAtItsNode() {
        final String right = rig.keys().get(0);
        final String wrong = right.toLowerCase(Locale.ROOT);
        final RedisProcess owner = servers.rig.owner(wrong);
        rig.broken();
        try (Jedis jedis = owner.client()) {
            jedis.set(wrong, "1");
            Await.until(
                    "the wrong name",
                    15,
                    () ->
                            rig.found().stream()
                                    .anyMatch(
                                            each ->
                                                    each.kind() == FindingKind.KEY_MISNAMED
                                                            && each.sentence()
                                                                    .contains(
                                                                            wrong
                                                                                    + "\" at "
                                                                                    + owner
                                                                                            .address())),
                    rig::state);
            jedis.del(wrong);
        }
        rig.assertOnly(FindingKind.KEY_MISNAMED);
    }

    /** Those of watched keys among them: each is deleted here and restored there. */
    @Test
    void aThousandSlotsMoveUnderTwoThousandWritesASecond() {
        final RedisProcess from = servers.rig.owner(rig.keys().get(0));
        final RedisProcess to =
                servers.rig.primaries().stream()
                        .filter(node -> node != from)
                        .findFirst()
                        .orElseThrow();
        final List<Integer> owned = servers.rig.owned(from);
        final Set<Integer> slots = new LinkedHashSet<>();
        rig.keys().stream()
                .map(JedisClusterCRC16::getSlot)
                .filter(owned::contains)
                .forEach(slots::add);
        assertTrue(slots.size() > 1, slots.toString());
        owned.stream().takeWhile(slot -> slots.size() < SLOTS_MOVED).forEach(slots::add);
        assertEquals(SLOTS_MOVED, slots.size());
        rig.writer.rate(PER_SECOND_FAST);
        try {
            final long sinceNs = rig.broken();
            servers.rig.reshard(slots, from, to);
            final long movedNs = rig.clock.epochNanos();
            rig.awaitBack(movedNs);
            final long written = rig.writer.doneSince(sinceNs);
            System.out.println(
                    slots.size()
                            + " slots moved in "
                            + (movedNs - sinceNs) / 1_000_000L
                            + " ms, under "
                            + written
                            + " writes");
        } finally {
            rig.writer.rate(PER_SECOND);
        }
        rig.assertOnly();
    }
}
