package io.plumbline.market.probe;

import io.plumbline.market.naming.KeyNames;
import java.util.List;

/**
 * Whose names are looked for among all keys of a server.
 *
 * @param source the probes that look
 * @param names the server's keys
 * @param keys the monitor's ids of them, by their ids in {@code names}
 */
public record NamesRule(int source, KeyNames names, List<Integer> keys) {
    public NamesRule {
        keys = List.copyOf(keys);
    }
}
