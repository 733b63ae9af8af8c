package io.plumbline.feed.redis;

/**
 * Where the node is that a part of a Redis is observed at. A standalone server stays where it is;
 * elsewhere the answer changes with every failover. Asked on the data thread of that part.
 */
interface NodeFinder {
    /** The node to connect to now; throws JedisException while nobody can tell. */
    RedisNode find();

    /**
     * Takes part in every turn of a connection: throws {@link NodeMoved} when it leads to a node
     * that is no longer the one, JedisException when it fails.
     */
    void check(RedisLink link, long nowNs);

    /** How long after a lost connection another node may take its place before Redis is down. */
    long graceNs();

    /** A server that never moves. */
    static NodeFinder fixed(final RedisNode node) {
        return new NodeFinder() {
            @Override
            public RedisNode find() {
                return node;
            }

            @Override
            public void check(final RedisLink link, final long nowNs) {
                // Whoever answers at this address is the one.
            }

            @Override
            public long graceNs() {
                return 0;
            }
        };
    }
}
