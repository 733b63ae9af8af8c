package io.plumbline.feed.redis;

/**
 * How the writer says in its own stream or channel what it wrote to which key.
 *
 * @param key the field or JSON path that holds the key's name; "" where {@code symbol} is given
 * @param symbol the field or path that holds the symbol; "" where {@code key} is given
 * @param pattern makes the key of a symbol; null where {@code key} is given
 * @param value the field or path that holds what was written, in the key's own format; {@link
 *     #WHOLE} for the whole message of a channel
 * @param sequence the field or path of a number that grows by one, "" for none: a hole in it is a
 *     loss
 * @param perKey whether every key has a sequence of its own, or all share one
 */
public record WriterEntry(
        String key,
        String symbol,
        KeyPattern pattern,
        String value,
        String sequence,
        boolean perKey) {
    /** The message as it is. */
    public static final String WHOLE = "$";

    /** Refuses what cannot be looked up. */
    public WriterEntry {
        if (key.isEmpty() == symbol.isEmpty()) {
            throw new IllegalArgumentException("give either the key's or the symbol's place");
        }
        if (!symbol.isEmpty() && pattern == null) {
            throw new IllegalArgumentException("a symbol needs the pattern that makes it a key");
        }
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the value's place is missing");
        }
    }

    /** Where the name stands. */
    String name() {
        return key.isEmpty() ? symbol : key;
    }
}
