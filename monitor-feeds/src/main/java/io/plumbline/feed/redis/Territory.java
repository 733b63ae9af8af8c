package io.plumbline.feed.redis;

import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Which of the watched keys a part observes: all of them, or in a Cluster those whose slots its
 * shard owns. Asked on the data thread of that part.
 */
interface Territory {
    /** The keys of a Redis that is one server. */
    Territory WHOLE =
            new Territory() {
                @Override
                public boolean isWhole() {
                    return true;
                }

                @Override
                public long version() {
                    return 0;
                }

                @Override
                public boolean owns(final int key) {
                    return true;
                }

                @Override
                public boolean isAsked(final int key) {
                    return false;
                }

                @Override
                public void redirected(final int key, final JedisRedirectionException where) {
                    throw where;
                }
            };

    /** Whether it is everything, always: then keys may be read together. */
    boolean isWhole();

    /** Changes when keys may have been gained or lost. */
    long version();

    /** Whether the key's slot belongs to this part's shard. */
    boolean owns(int key);

    /** Whether the key has come here before its slot: read with ASKING. */
    boolean isAsked(int key);

    /** The node answered that the key is elsewhere. */
    void redirected(int key, JedisRedirectionException where);
}
