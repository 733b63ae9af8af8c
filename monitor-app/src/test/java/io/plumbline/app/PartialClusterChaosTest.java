package io.plumbline.app;

import org.junit.jupiter.api.Tag;

/** The same where the shards that have a primary go on without the one that has none. */
@Tag("servers")
final class PartialClusterChaosTest extends ClusterChaosTest {
    @Override
    boolean fullCoverage() {
        return false;
    }
}
