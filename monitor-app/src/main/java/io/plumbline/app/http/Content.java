package io.plumbline.app.http;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a route answers with, for its users.
 *
 * @param type the media type
 * @param shape the JSON object, or null where it is none
 * @param meaning what it is, where there is no shape: a page, events and their names
 * @param others further statuses that are no refusals, each with its object
 */
record Content(String type, Shape shape, String meaning, Map<Integer, Shape> others) {
    static Content json(final Shape shape) {
        return new Content("application/json", shape, "", Map.of());
    }

    static Content events(final String meaning) {
        return new Content("text/event-stream", null, meaning, Map.of());
    }

    static Content of(final String type, final String meaning) {
        return new Content(type, null, meaning, Map.of());
    }

    /** The same, and at {@code status} this object. */
    Content at(final int status, final Shape other) {
        final Map<Integer, Shape> more = new TreeMap<>(others);
        more.put(status, other);
        return new Content(type, shape, meaning, more);
    }
}
