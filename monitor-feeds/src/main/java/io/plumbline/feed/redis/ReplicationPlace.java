package io.plumbline.feed.redis;

/**
 * A place in the history of one Redis, from which its replication stream can be read on.
 *
 * @param replicationId which history: {@code master_replid}
 * @param offset the last byte that was taken
 * @param database the one that is selected there, {@link CommandEffects#UNKNOWN_DATABASE} if not
 *     known
 */
record ReplicationPlace(String replicationId, long offset, int database) {}
