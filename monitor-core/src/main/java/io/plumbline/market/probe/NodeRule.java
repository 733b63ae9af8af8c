package io.plumbline.market.probe;

/**
 * What is expected of the nodes of a Redis.
 *
 * @param source the probes that read them
 * @param redis the observer of the prices of this server
 * @param subject how findings name the server
 * @param pingNs an answer that takes longer is slow, ns
 * @param memoryPercent of its limit that a node may use
 * @param evictionsPerSecond keys that a node may evict
 * @param replicaLagNs for how long a replica may be unheard or cut off, ns
 * @param replicaBytes how far a replica may be behind
 */
public record NodeRule(
        int source,
        int redis,
        String subject,
        long pingNs,
        int memoryPercent,
        int evictionsPerSecond,
        long replicaLagNs,
        long replicaBytes) {}
