package io.plumbline.app.config;

import io.plumbline.feed.redis.around.ShapeReader;
import io.plumbline.market.probe.Shape;
import io.plumbline.market.probe.ShapeRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields of a declared shape, from an example or from their list. */
final class DeclaredShape {
    private DeclaredShape() {}

    /** The fields of an example: all of them required; null stands for any type. */
    static List<ShapeRule.Field> of(final String example) {
        final Shape shape = new Shape();
        final byte[] bytes = example.getBytes(StandardCharsets.UTF_8);
        new ShapeReader("").read(bytes, 0, bytes.length, shape);
        if (shape.tooBig() || shape.size() == 0 || shape.types(0) == Shape.NOT_JSON) {
            throw new BadValue("is no JSON, or too long; write a message as it is published");
        }
        final List<ShapeRule.Field> fields = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            final boolean open = (shape.types(i) & Shape.NULL) != 0;
            fields.add(
                    new ShapeRule.Field(
                            shape.path(i),
                            open ? Shape.ANY : shape.types(i),
                            !shape.path(i).endsWith("[]")));
        }
        return fields;
    }

    /** The fields of a list, and the objects and arrays that they stand in. */
    static List<ShapeRule.Field> ofFields(final Map<String, String> types) {
        final List<ShapeRule.Field> fields = new ArrayList<>();
        fields.add(new ShapeRule.Field("", Shape.OBJECT, true));
        types.forEach(
                (name, type) -> {
                    final boolean optional = name.endsWith("?");
                    final String path = optional ? name.substring(0, name.length() - 1) : name;
                    parents(path, optional, fields);
                    fields.removeIf(field -> field.path().equals(path));
                    fields.add(
                            new ShapeRule.Field(
                                    path, mask(type), !optional && !path.endsWith("[]")));
                });
        return fields;
    }

    private static void parents(
            final String path, final boolean optional, final List<ShapeRule.Field> fields) {
        for (int at = 1; at < path.length(); at++) {
            final boolean element = path.startsWith("[]", at);
            if (element || path.charAt(at) == '.') {
                final String parent = path.substring(0, at);
                if (fields.stream().noneMatch(field -> field.path().equals(parent))) {
                    fields.add(
                            new ShapeRule.Field(
                                    parent,
                                    element ? Shape.ARRAY : Shape.OBJECT,
                                    !optional && !parent.endsWith("[]")));
                }
            }
        }
    }

    /** {@code string}, {@code number or null}. */
    static int mask(final String text) {
        int mask = 0;
        for (final String name : text.split("\\s+or\\s+|\\s*\\|\\s*")) {
            final int type = Shape.type(name.strip());
            if (type == 0) {
                throw new BadValue(
                        "is no type; write string, number, boolean, object, array, null or any,"
                                + " or several: number or null");
            }
            mask |= type;
        }
        return mask;
    }
}
