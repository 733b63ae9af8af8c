package io.plumbline.feed.redis.health;

import java.util.ArrayList;
import java.util.List;

/**
 * One node of a Cluster as another one sees it.
 *
 * @param address host:port that the node announces; "" where it is not known
 * @param flags as CLUSTER NODES writes them: myself, master, slave, fail?, fail, handshake, noaddr
 * @param primary the id of its primary; "" for a primary
 * @param linked whether the asked node has a connection to it
 * @param slots how many it serves
 */
public record ClusterPeer(
        String id, String address, List<String> flags, String primary, boolean linked, int slots) {
    private static final int FIXED = 8;

    public ClusterPeer {
        flags = List.copyOf(flags);
    }

    /** Whether the others gave it up. */
    public boolean failed() {
        return flags.contains("fail");
    }

    /** Reads the answer to CLUSTER NODES; a line that is none is passed over. */
    public static List<ClusterPeer> parse(final String text) {
        final List<ClusterPeer> peers = new ArrayList<>();
        for (final String line : text.split("\r?\n")) {
            final String[] parts = line.split(" ");
            if (parts.length >= FIXED) {
                peers.add(peer(parts));
            }
        }
        return peers;
    }

    /** {@code id ip:port@bus[,hostname] flags primary ping pong epoch link slot ...}. */
    private static ClusterPeer peer(final String[] parts) {
        final int bus = parts[1].indexOf('@');
        final String address = bus < 0 ? parts[1] : parts[1].substring(0, bus);
        int slots = 0;
        for (int i = FIXED; i < parts.length; i++) {
            slots += slots(parts[i]);
        }
        return new ClusterPeer(
                parts[0],
                address.startsWith(":") ? "" : address,
                List.of(parts[2].split(",")),
                parts[3].equals("-") ? "" : parts[3],
                parts[7].equals("connected"),
                slots);
    }

    /** {@code 5} or {@code 0-5460}; {@code [93->-...]} is on its way and counts where it is. */
    private static int slots(final String range) {
        if (!range.matches("\\d{1,5}(-\\d{1,5})?")) {
            return 0;
        }
        final int dash = range.indexOf('-');
        return dash < 0
                ? 1
                : Integer.parseInt(range.substring(dash + 1))
                        - Integer.parseInt(range.substring(0, dash))
                        + 1;
    }
}
