package io.plumbline.feed.redis;

import redis.clients.jedis.exceptions.JedisException;

/** The node that a connection leads to has handed over to another. */
final class NodeMoved extends JedisException {
    private static final long serialVersionUID = 1L;

    NodeMoved(final String reason) {
        super(reason);
    }
}
