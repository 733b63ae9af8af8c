package io.plumbline.market.probe;

import java.util.ArrayList;
import java.util.List;

/** What is watched beside the prices, as configured: filled at start, then only read. */
public final class Surroundings {
    public final List<NodeRule> nodes = new ArrayList<>();
    public final List<TableRule> tables = new ArrayList<>();
    public final List<StreamRule> streams = new ArrayList<>();
    public final List<NamesRule> names = new ArrayList<>();
    public final List<QueueRule> queues = new ArrayList<>();
    public final List<SnapshotRule> snapshots = new ArrayList<>();
    public final List<EventRule> events = new ArrayList<>();
    public final List<NoExpiryRule> noExpiry = new ArrayList<>();
}
