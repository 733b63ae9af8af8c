package io.plumbline.market.probe;

import java.util.List;

/**
 * What is expected of keys that are written again and again as a whole.
 *
 * @param source the probes that read them
 * @param pattern as configured: {@code pms:risk:{id}}
 * @param server what findings put behind a key where there are several servers, else ""
 * @param keys keys that must be there; others that are found are judged too
 * @param ageNs how old a snapshot may be, ns
 * @param ttlNs the expiry that every write sets, ns; 0 where none is expected
 */
public record SnapshotRule(
        int source, String pattern, String server, List<String> keys, long ageNs, long ttlNs) {
    public SnapshotRule {
        keys = List.copyOf(keys);
    }
}
