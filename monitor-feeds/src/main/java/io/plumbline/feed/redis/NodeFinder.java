package io.plumbline.feed.redis;

/**
 * Where the node is that a part of a Redis is observed at. A standalone server stays where it is;
 * elsewhere the answer changes with every failover. Asked on the data thread of that part.
 */
interface NodeFinder {
    /** Whether there is anything to observe: a part of a Cluster may own no slots. */
    boolean isWanted();

    /** The node to connect to now; throws JedisException while nobody can tell. */
    RedisNode find();

    /**
     * Takes part in every turn of a connection to {@code at}: throws {@link NodeMoved} when that is
     * no longer the one, JedisException when the connection fails.
     */
    void check(RedisNode at, RedisLink link, long nowNs);

    /** Whether another node may take over, so that a lost connection is not yet a Redis down. */
    boolean moves();

    /** Why a change might go unnoticed, or not all be observed; "" when all is well. */
    String trouble();

    /** A server that never moves. */
    static NodeFinder fixed(final RedisNode node) {
        return new NodeFinder() {
            @Override
            public boolean isWanted() {
                return true;
            }

            @Override
            public RedisNode find() {
                return node;
            }

            @Override
            public void check(final RedisNode at, final RedisLink link, final long nowNs) {
                // Whoever answers at this address is the one.
            }

            @Override
            public boolean moves() {
                return false;
            }

            @Override
            public String trouble() {
                return "";
            }
        };
    }
}
