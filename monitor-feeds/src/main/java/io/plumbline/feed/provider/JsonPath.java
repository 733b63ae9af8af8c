package io.plumbline.feed.provider;

import java.util.List;

/**
 * The way to a value in a JSON text: names of keys and numbers of elements, with dots between them
 * ({@code data.0.p}). A number leads into an array by its place, and into an object by that name.
 */
public record JsonPath(List<String> steps) {
    /** Steps beyond this are refused. */
    static final int MAX_STEPS = 16;

    public JsonPath {
        steps = List.copyOf(steps);
    }

    /** Reads the text form; IllegalArgumentException with what is wrong with it. */
    static JsonPath parse(final String text) {
        final List<String> steps = List.of(text.split("\\.", -1));
        if (steps.contains("")) {
            throw new IllegalArgumentException(
                    "has an empty name between dots; write a path such as data.0.p");
        }
        if (steps.size() > MAX_STEPS) {
            throw new IllegalArgumentException("has more than " + MAX_STEPS + " steps; shorten it");
        }
        return new JsonPath(steps);
    }

    @Override
    public String toString() {
        return String.join(".", steps);
    }
}
