package io.plumbline.market.probe;

import java.util.List;

/**
 * The declared shape of the messages of a channel.
 *
 * @param channel its name, whole
 * @param variant which of several kinds of message, "" for all
 * @param fields what they have
 */
public record ShapeRule(String channel, String variant, List<Field> fields) {
    public ShapeRule {
        fields = List.copyOf(fields);
    }

    /**
     * A field.
     *
     * @param path {@code order.fills[].price}, "" for the whole message
     * @param types a mask of {@link Shape}'s
     * @param required whether every message has it, where it has the object that it stands in
     */
    public record Field(String path, int types, boolean required) {}
}
