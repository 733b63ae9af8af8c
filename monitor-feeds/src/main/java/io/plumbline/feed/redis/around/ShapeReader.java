package io.plumbline.feed.redis.around;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.market.probe.Shape;
import java.nio.charset.StandardCharsets;

/** Takes the payload of an event apart into its {@link Shape}. One thread; allocates nothing. */
public final class ShapeReader {
    private final byte[] variantKey;
    private final JsonCursor cursor = new JsonCursor();
    private Shape shape;

    /**
     * @param variantKey the field of the top that says of which kind a message is, "" for none
     */
    public ShapeReader(final String variantKey) {
        this.variantKey = variantKey.getBytes(StandardCharsets.UTF_8);
    }

    /** Fills {@code out} with the shape of these bytes. */
    public void read(final byte[] bytes, final int offset, final int length, final Shape out) {
        shape = out;
        shape.begin();
        cursor.reset(bytes, offset, length);
        value(Shape.ROOT, true);
        if (!cursor.end()) {
            shape.begin();
            shape.add(Shape.NOT_JSON, Shape.ROOT);
        }
    }

    private void value(final long parent, final boolean top) {
        switch (cursor.peek()) {
            case '{':
                shape.add(Shape.OBJECT, parent);
                object(top);
                break;
            case '[':
                shape.add(Shape.ARRAY, parent);
                array();
                break;
            case '"':
                shape.add(Shape.STRING, parent);
                cursor.skip();
                break;
            case 't':
            case 'f':
                shape.add(Shape.BOOLEAN, parent);
                cursor.skip();
                break;
            case 'n':
                shape.add(Shape.NULL, parent);
                cursor.skip();
                break;
            default:
                shape.add(Shape.NUMBER, parent);
                cursor.skip();
                break;
        }
    }

    private void object(final boolean top) {
        final long here = shape.here();
        cursor.beginObject();
        while (cursor.nextKey()) {
            final boolean names = top && variantKey.length > 0 && cursor.keyIs(variantKey);
            final int mark = shape.enter(cursor.keyBytes(), cursor.keyStart(), cursor.keyLength());
            if (names && cursor.peek() == '"') {
                shape.add(Shape.STRING, here);
                cursor.string();
                shape.variant(cursor.stringBytes(), cursor.stringStart(), cursor.stringLength());
            } else {
                value(here, false);
            }
            shape.leave(mark);
        }
    }

    private void array() {
        final long here = shape.here();
        cursor.beginArray();
        while (cursor.nextElement()) {
            final int mark = shape.enterElement();
            value(here, false);
            shape.leave(mark);
        }
    }
}
