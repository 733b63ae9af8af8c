package io.plumbline.app;

import org.junit.jupiter.api.Tag;

/** The same by the replication stream of each shard, joined at its replica by preference. */
@Tag("servers")
final class ClusterTapChaosTest extends ClusterChaosTest {
    @Override
    String rung() {
        return "replication";
    }
}
