package io.plumbline.feed.provider;

import java.util.List;

/**
 * What tells a kind of message: every path must lead to its value.
 *
 * @param conditions none match any message
 */
public record JsonMatch(List<Condition> conditions) {
    /** Any value will do, if there is one. */
    static final String ANY = "*";

    public JsonMatch {
        conditions = List.copyOf(conditions);
    }

    /**
     * @param value a string's content, or the text of a number, true, false or null; {@code *} for
     *     anything
     */
    public record Condition(JsonPath path, String value) {}
}
