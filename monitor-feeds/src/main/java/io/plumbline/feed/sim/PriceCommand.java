package io.plumbline.feed.sim;

/**
 * One thing to do to one Redis key.
 *
 * @param key the key
 * @param field the hash field, or null for a string key
 * @param value what to write, or null to delete the key
 * @param ttlMs the key's life after this write, 0 for no expiry
 * @param stampMs when it was decided, ms since the epoch: written beside the price in a hash
 */
public record PriceCommand(String key, String field, String value, long ttlMs, long stampMs) {
    boolean deletes() {
        return value == null;
    }
}
