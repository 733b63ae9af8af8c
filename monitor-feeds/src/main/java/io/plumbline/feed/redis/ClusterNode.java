package io.plumbline.feed.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * One line of {@code CLUSTER NODES}.
 *
 * @param node where it listens
 * @param myself whether it is the node that answered
 * @param primaryId of a replica; "" for a primary
 * @param epoch the configuration epoch: of two that claim a slot, the higher one has it
 * @param slots of a primary
 */
record ClusterNode(
        String id,
        RedisNode node,
        boolean myself,
        boolean primary,
        String primaryId,
        long epoch,
        BitSet slots) {
    private static final int FIELDS = 8;

    /**
     * Reads a whole answer; nodes without an address (gone, or not met yet) are left out.
     *
     * @param asked where the answer came from: a node may not know its own address
     * @param named whether announced host names are to be used, as TLS needs them
     * @throws IllegalArgumentException where it is no such answer
     */
    static List<ClusterNode> parse(
            final String answer, final RedisNode asked, final boolean named) {
        final List<ClusterNode> nodes = new ArrayList<>();
        for (final String line : answer.split("\n")) {
            final String[] words = line.trim().split(" ");
            if (words.length < FIELDS) {
                throw new IllegalArgumentException("no line of CLUSTER NODES: " + line);
            }
            final List<String> flags = Arrays.asList(words[2].split(","));
            final boolean myself = flags.contains("myself");
            final RedisNode at =
                    flags.contains("noaddr") || flags.contains("handshake")
                            ? null
                            : address(words[1], myself ? asked : null, asked.host(), named);
            if (at != null) {
                final boolean primary = flags.contains("master");
                nodes.add(
                        new ClusterNode(
                                words[0],
                                at,
                                myself,
                                primary,
                                primary ? "" : words[3],
                                Long.parseLong(words[6]),
                                slots(words)));
            }
        }
        return nodes;
    }

    /** {@code ip:port@bus[,hostname]}; before Redis 4 without the bus, before 7 without a name. */
    private static RedisNode address(
            final String text, final RedisNode self, final String ownHost, final boolean named) {
        final String[] parts = text.split(",");
        final int bus = parts[0].indexOf('@');
        final String address = bus < 0 ? parts[0] : parts[0].substring(0, bus);
        final int colon = address.lastIndexOf(':');
        final int port = Integer.parseInt(address.substring(colon + 1));
        if (port == 0) {
            return self;
        }
        final String name = named && parts.length > 1 && !parts[1].contains("=") ? parts[1] : "";
        final String ip = colon <= 0 ? ownHost : address.substring(0, colon);
        return new RedisNode(name.isEmpty() || "?".equals(name) ? ip : name, port);
    }

    private static BitSet slots(final String[] words) {
        final BitSet slots = new BitSet(HashSlot.COUNT);
        for (int i = FIELDS; i < words.length; i++) {
            // In brackets stand slots on their way in or out: they have not changed hands yet.
            if (!words[i].startsWith("[")) {
                final int dash = words[i].indexOf('-');
                final int first =
                        Integer.parseInt(dash < 0 ? words[i] : words[i].substring(0, dash));
                final int last = dash < 0 ? first : Integer.parseInt(words[i].substring(dash + 1));
                slots.set(first, last + 1);
            }
        }
        return slots;
    }
}
