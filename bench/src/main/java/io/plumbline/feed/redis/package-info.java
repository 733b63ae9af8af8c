/** What of the Redis side is not public, for benchmarks to drive. */
package io.plumbline.feed.redis;
