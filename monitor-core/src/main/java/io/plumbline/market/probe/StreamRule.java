package io.plumbline.market.probe;

import java.util.List;

/**
 * What is expected of a stream and its consumer groups.
 *
 * @param source the probes that read it
 * @param key the stream
 * @param subject how findings name it
 * @param groups groups that must be there; others that are found are judged too
 * @param lagNs how long an entry may wait for its delivery, ns
 * @param pendingNs how long a delivered entry may wait for its acknowledgement, ns
 * @param idleNs a consumer that was not seen for so long counts as idle, ns
 * @param most entries that it may hold; 0 for no such rule
 */
public record StreamRule(
        int source,
        String key,
        String subject,
        List<String> groups,
        long lagNs,
        long pendingNs,
        long idleNs,
        long most) {
    public StreamRule {
        groups = List.copyOf(groups);
    }
}
