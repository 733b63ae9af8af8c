package io.plumbline.feed.redis;

/**
 * The fields of a hash that are looked at, as Redis names them; empty where the format has none.
 *
 * @param value null for a string
 */
record HashFields(byte[] value, byte[] sequence, byte[] time) {

    static HashFields of(final ValueFormat format) {
        return format.kind() == ValueFormat.Kind.HASH
                ? new HashFields(
                        RedisLink.bytes(format.price()),
                        RedisLink.bytes(format.sequence()),
                        RedisLink.bytes(format.time()))
                : new HashFields(null, null, null);
    }

    boolean isString() {
        return value == null;
    }

    /** Whether part {@code i} of {@code command} is {@code field}. */
    static boolean isAt(final ReplicatedCommand command, final int i, final byte[] field) {
        return field.length > 0 && command.is(i, field);
    }
}
