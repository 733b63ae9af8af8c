package io.plumbline.feed.provider;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several paths into one kind of JSON text, read in one pass: each has a slot, which after {@link
 * #read} holds the value that it leads to. Paths are added first, then texts are read; a slot's
 * bytes are valid until the cursor is reset. One thread; reading allocates nothing.
 */
final class JsonShape {
    /** What stands in a slot. */
    enum Kind {
        /** Nothing, or what was torn off. */
        ABSENT,
        NULL,
        STRING,
        /** A number, true or false. */
        LITERAL,
        /** An object or an array, as its raw text. */
        CONTAINER
    }

    private static final int NO_SLOT = -1;

    /** A step on the way to slots. */
    private static final class Node {
        final byte[] name;
        final int number;
        final List<Node> children = new ArrayList<>();
        int slot = NO_SLOT;

        Node(final String step) {
            name = step.getBytes(StandardCharsets.UTF_8);
            number = step.matches("\\d{1,6}") ? Integer.parseInt(step) : -1;
        }
    }

    private final Node top = new Node("");
    private int slots;
    private byte[] source;
    private Kind[] kinds = {};
    private byte[][] bytes = {};
    private int[] starts = {};
    private int[] lengths = {};

    /** The slot of a path, the same for the same path. */
    int add(final JsonPath path) {
        Node at = top;
        for (final String step : path.steps()) {
            at = child(at, step);
        }
        if (at.slot == NO_SLOT) {
            at.slot = slots++;
            kinds = new Kind[slots];
            bytes = new byte[slots][];
            starts = new int[slots];
            lengths = new int[slots];
        }
        return at.slot;
    }

    private static Node child(final Node of, final String step) {
        final Node wanted = new Node(step);
        for (final Node child : of.children) {
            if (Arrays.equals(child.name, wanted.name)) {
                return child;
            }
        }
        of.children.add(wanted);
        return wanted;
    }

    /**
     * Reads the next value of the cursor; of a key that occurs twice the last one stands.
     *
     * @param text what the cursor was reset to
     */
    void read(final JsonCursor cursor, final byte[] text) {
        source = text;
        for (int slot = 0; slot < slots; slot++) {
            kinds[slot] = Kind.ABSENT;
        }
        read(cursor, top);
    }

    private void read(final JsonCursor cursor, final Node node) {
        final byte first = cursor.peek();
        if (node.children.isEmpty()) {
            value(cursor, node.slot, first);
            return;
        }
        final int start = cursor.position();
        if (first == '{') {
            cursor.beginObject();
            while (cursor.nextKey()) {
                follow(cursor, named(cursor, node));
            }
        } else if (first == '[') {
            cursor.beginArray();
            for (int number = 0; cursor.nextElement(); number++) {
                follow(cursor, numbered(node, number));
            }
        } else {
            value(cursor, node.slot, first);
            return;
        }
        keep(node.slot, Kind.CONTAINER, cursor, start);
    }

    private void follow(final JsonCursor cursor, final Node node) {
        if (node == null) {
            cursor.skip();
        } else {
            read(cursor, node);
        }
    }

    private static Node named(final JsonCursor cursor, final Node node) {
        for (int i = 0; i < node.children.size(); i++) {
            if (cursor.keyIs(node.children.get(i).name)) {
                return node.children.get(i);
            }
        }
        return null;
    }

    private static Node numbered(final Node node, final int number) {
        for (int i = 0; i < node.children.size(); i++) {
            if (node.children.get(i).number == number) {
                return node.children.get(i);
            }
        }
        return null;
    }

    private void value(final JsonCursor cursor, final int slot, final byte first) {
        if (slot == NO_SLOT) {
            cursor.skip();
            return;
        }
        if (first == '"') {
            kinds[slot] = cursor.string() ? Kind.STRING : Kind.ABSENT;
            bytes[slot] = cursor.stringBytes();
            starts[slot] = cursor.stringStart();
            lengths[slot] = cursor.stringLength();
            return;
        }
        final int start = cursor.position();
        cursor.skip();
        final boolean container = first == '{' || first == '[';
        keep(
                slot,
                container ? Kind.CONTAINER : first == 'n' ? Kind.NULL : Kind.LITERAL,
                cursor,
                start);
    }

    /** Of a text that is torn off a container keeps what there is, and a literal nothing. */
    private void keep(final int slot, final Kind kind, final JsonCursor cursor, final int start) {
        if (slot != NO_SLOT) {
            kinds[slot] = cursor.failed() && kind != Kind.CONTAINER ? Kind.ABSENT : kind;
            bytes[slot] = source;
            starts[slot] = start;
            lengths[slot] = cursor.position() - start;
        }
    }

    Kind kind(final int slot) {
        return kinds[slot];
    }

    /** Whether the slot holds a string, number, true or false. */
    boolean isScalar(final int slot) {
        return kinds[slot] == Kind.STRING || kinds[slot] == Kind.LITERAL;
    }

    /** Whether there is a value, and it is not null. */
    boolean isPresent(final int slot) {
        return isScalar(slot) || kinds[slot] == Kind.CONTAINER;
    }

    /** The whole number in the slot, NONE where there is no such. */
    long wholeNumber(final int slot) {
        return isScalar(slot)
                ? JsonCursor.wholeNumber(bytes[slot], starts[slot], lengths[slot], MarketEvent.NONE)
                : MarketEvent.NONE;
    }

    /** Sets the decimal number in the slot; false where there is no such. */
    boolean decimal(final int slot, final Decimal out) {
        return isScalar(slot) && out.parse(bytes[slot], starts[slot], lengths[slot]);
    }

    byte[] bytes(final int slot) {
        return bytes[slot];
    }

    int start(final int slot) {
        return starts[slot];
    }

    int length(final int slot) {
        return lengths[slot];
    }

    /** Whether the slot holds a string or literal of these bytes. */
    boolean is(final int slot, final byte[] value) {
        return isScalar(slot)
                && Arrays.equals(
                        bytes[slot],
                        starts[slot],
                        starts[slot] + lengths[slot],
                        value,
                        0,
                        value.length);
    }

    /** The slot's text: cold path. */
    String text(final int slot) {
        return isScalar(slot)
                ? new String(bytes[slot], starts[slot], lengths[slot], StandardCharsets.UTF_8)
                : "";
    }
}
