package io.plumbline.app.http;

/**
 * What one of two connections with the same streams has brought.
 *
 * @param name the feed's, as in its status
 * @param first copies that came first
 * @param duplicate copies that the other connection had brought already
 * @param timed duplicates of which it is known how much later they came
 * @param lateNs the sum of that
 * @param missed messages that only the other connection brought
 * @param different copies with the same number and other values
 */
public record FeedCopies(
        String name,
        long first,
        long duplicate,
        long timed,
        long lateNs,
        long missed,
        long different) {}
