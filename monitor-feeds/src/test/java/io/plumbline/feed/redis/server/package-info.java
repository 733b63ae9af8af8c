/**
 * Real servers for tests, here and in monitor-app: {@link
 * io.plumbline.feed.redis.server.RedisProcess} alone, {@link
 * io.plumbline.feed.redis.server.SentinelRig}, {@link io.plumbline.feed.redis.server.ClusterRig}.
 *
 * <p>Tests that need the machine's own server carry {@code @Tag("servers")} and call {@link
 * io.plumbline.feed.redis.server.RedisBinary#assumePresent}: run by {@code mvn verify -Pservers},
 * skipped by name where there is none.
 */
package io.plumbline.feed.redis.server;
