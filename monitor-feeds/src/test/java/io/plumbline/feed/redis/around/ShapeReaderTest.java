package io.plumbline.feed.redis.around;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.market.probe.Shape;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ShapeReaderTest {
    private final ShapeReader reader = new ShapeReader("type");
    private final Shape shape = new Shape();

    private String read(final String json) {
        final byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        reader.read(bytes, 0, bytes.length, shape);
        final StringBuilder out = new StringBuilder();
        for (int i = 0; i < shape.size(); i++) {
            out.append(out.length() == 0 ? "" : ", ")
                    .append(shape.path(i))
                    .append(' ')
                    .append(Shape.names(shape.types(i)));
        }
        return out.toString();
    }

    @Test
    void pathsAndTypes() {
        assertEquals(
                " object, type string, n number, b boolean, x null, o object, o.a array, o.a[]"
                        + " object or number, o.a[].p string",
                read(
                        "{\"type\":\"fill\",\"n\":-1.5e3,\"b\":false,\"x\":null,\"o\":{\"a\":["
                                + "{\"p\":\"1\"},{\"p\":\"2\"},3]}}"));
        assertEquals(Shape.hash("fill"), shape.variant());
    }

    @Test
    void theKindIsReadFromTheTopOnly() {
        read("{\"o\":{\"type\":\"inner\"}}");
        assertEquals(Shape.ROOT, shape.variant());
        read("{\"type\":7}");
        assertEquals(Shape.ROOT, shape.variant());
        assertNotEquals(Shape.ROOT, Shape.hash("inner"));
    }

    @Test
    void escapedKeysAreTheSameKeys() {
        assertEquals(" object, café string", read("{\"caf\\u00e9\":\"x\"}"));
    }

    @Test
    void whatIsNoJson() {
        assertEquals(" no JSON", read("oops"));
        assertEquals(" no JSON", read("{\"a\":1"));
        assertEquals(" no JSON", read(""));
        assertEquals(" string", read("\"text\""));
    }

    @Test
    void whatIsTooBigSaysSo() {
        final StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 300; i++) {
            json.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":1");
        }
        read(json.append('}').toString());
        assertTrue(shape.tooBig());
    }
}
