package io.plumbline.feed.provider;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A {@link JsonMatch} over the slots of a shape. Allocates nothing. */
final class JsonTest {
    private final JsonShape shape;
    private final int[] slots;

    /** Null where any value will do. */
    private final byte[][] values;

    JsonTest(final JsonMatch match, final JsonShape shape) {
        final List<JsonMatch.Condition> conditions = match.conditions();
        this.shape = shape;
        this.slots = new int[conditions.size()];
        this.values = new byte[conditions.size()][];
        for (int i = 0; i < slots.length; i++) {
            final String value = conditions.get(i).value();
            slots[i] = shape.add(conditions.get(i).path());
            values[i] = value.equals(JsonMatch.ANY) ? null : value.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Whether the text that the shape has just read is of this kind. */
    boolean holds() {
        for (int i = 0; i < slots.length; i++) {
            final boolean holds =
                    values[i] == null ? shape.isPresent(slots[i]) : shape.is(slots[i], values[i]);
            if (!holds) {
                return false;
            }
        }
        return true;
    }
}
