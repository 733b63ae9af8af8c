package io.plumbline.feed.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A place in a Redis stream.
 *
 * @param millis the first half of an entry's id
 * @param counter the second half
 * @param added entries ever added up to here, -1 where the server does not count them (before 7.0)
 */
record StreamPlace(long millis, long counter, long added) implements Comparable<StreamPlace> {

    /** Where a stream ends, by the answer to XINFO STREAM. */
    static StreamPlace end(final List<?> parts) {
        String last = "0-0";
        long added = -1;
        for (int i = 0; i + 1 < parts.size(); i += 2) {
            final String name = text(parts.get(i));
            if (name.equals("last-generated-id")) {
                last = text(parts.get(i + 1));
            } else if (name.equals("entries-added") && parts.get(i + 1) instanceof Long) {
                added = (Long) parts.get(i + 1);
            }
        }
        return parse(last, added);
    }

    static StreamPlace parse(final String id, final long added) {
        final int dash = id.indexOf('-');
        return new StreamPlace(
                Long.parseUnsignedLong(id.substring(0, dash)),
                Long.parseUnsignedLong(id.substring(dash + 1)),
                added);
    }

    /** The entry's id. */
    String id() {
        return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(counter);
    }

    @Override
    public int compareTo(final StreamPlace other) {
        final int first = Long.compareUnsigned(millis, other.millis);
        return first != 0 ? first : Long.compareUnsigned(counter, other.counter);
    }

    private static String text(final Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
