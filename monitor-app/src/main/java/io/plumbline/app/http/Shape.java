package io.plumbline.app.http;

import java.util.ArrayList;
import java.util.List;

/**
 * What a JSON object of the API consists of, field by field: it stands beside the code that writes
 * the object, the OpenAPI document is made of it, and {@code OpenApiTest} holds every answer
 * against it. A field that is not named here may not be there; one that is named must be, unless it
 * is {@link #optional}.
 */
final class Shape {
    /** What a single value is. */
    private enum Leaf {
        TEXT("string", ""),
        TIME("string", "date-time"),
        WHOLE("integer", "int64"),
        NUMBER("number", ""),
        FLAG("boolean", ""),
        ANY("", "");

        private final String type;
        private final String format;

        Leaf(final String type, final String format) {
            this.type = type;
            this.format = format;
        }
    }

    /** How values stand: alone, in a list, under names that are data. */
    private enum Form {
        ONE,
        LIST,
        MAP
    }

    /**
     * One field.
     *
     * @param leaf what its values are, or null where {@code shape} tells
     * @param shape of what objects its values are, or null
     */
    private record Member(
            String name,
            String sentence,
            Form form,
            Leaf leaf,
            Shape shape,
            boolean nullable,
            boolean optional) {
        void schema(final Json json) {
            json.name(name).open();
            if (!sentence.isEmpty()) {
                json.field("description", sentence);
            }
            switch (form) {
                case ONE -> value(json, nullable);
                case LIST -> {
                    type(json, "array", nullable);
                    value(json.name("items").open(), false);
                    json.close();
                }
                case MAP -> {
                    type(json, "object", nullable);
                    value(json.name("additionalProperties").open(), false);
                    json.close();
                }
            }
            json.close();
        }

        private void value(final Json json, final boolean orNull) {
            if (leaf == null) {
                shape.append(json, orNull);
                return;
            }
            if (leaf != Leaf.ANY) {
                type(json, leaf.type, orNull);
            }
            if (!leaf.format.isEmpty()) {
                json.field("format", leaf.format);
            }
        }
    }

    private final List<Member> members = new ArrayList<>();
    private boolean open;

    private Shape() {}

    /** No field yet. */
    static Shape object() {
        return new Shape();
    }

    Shape text(final String name, final String sentence) {
        return add(name, sentence, Form.ONE, Leaf.TEXT, null);
    }

    /** RFC 3339 in UTC. */
    Shape time(final String name, final String sentence) {
        return add(name, sentence, Form.ONE, Leaf.TIME, null);
    }

    Shape whole(final String name, final String sentence) {
        return add(name, sentence, Form.ONE, Leaf.WHOLE, null);
    }

    Shape number(final String name, final String sentence) {
        return add(name, sentence, Form.ONE, Leaf.NUMBER, null);
    }

    Shape flag(final String name, final String sentence) {
        return add(name, sentence, Form.ONE, Leaf.FLAG, null);
    }

    Shape object(final String name, final String sentence, final Shape shape) {
        return add(name, sentence, Form.ONE, null, shape);
    }

    Shape texts(final String name, final String sentence) {
        return add(name, sentence, Form.LIST, Leaf.TEXT, null);
    }

    Shape wholes(final String name, final String sentence) {
        return add(name, sentence, Form.LIST, Leaf.WHOLE, null);
    }

    Shape list(final String name, final String sentence, final Shape shape) {
        return add(name, sentence, Form.LIST, null, shape);
    }

    /** A list whose elements only {@code sentence} tells. */
    Shape anything(final String name, final String sentence) {
        return add(name, sentence, Form.LIST, Leaf.ANY, null);
    }

    /** Whole numbers under names that are data. */
    Shape counts(final String name, final String sentence) {
        return add(name, sentence, Form.MAP, Leaf.WHOLE, null);
    }

    /** Objects under names that are data. */
    Shape map(final String name, final String sentence, final Shape shape) {
        return add(name, sentence, Form.MAP, null, shape);
    }

    /** The field named last may be null: it is not known, or there is none. */
    Shape orNull() {
        final Member last = members.remove(members.size() - 1);
        members.add(
                new Member(
                        last.name,
                        last.sentence,
                        last.form,
                        last.leaf,
                        last.shape,
                        true,
                        last.optional));
        return this;
    }

    /** The field named last may be left out. */
    Shape optional() {
        final Member last = members.remove(members.size() - 1);
        members.add(
                new Member(
                        last.name,
                        last.sentence,
                        last.form,
                        last.leaf,
                        last.shape,
                        last.nullable,
                        true));
        return this;
    }

    /** Further fields may stand beside those that are named. */
    Shape andOthers() {
        open = true;
        return this;
    }

    /** All fields of {@code other}, behind those that there are. */
    Shape with(final Shape other) {
        members.addAll(other.members);
        return this;
    }

    private Shape add(
            final String name,
            final String sentence,
            final Form form,
            final Leaf leaf,
            final Shape shape) {
        members.add(new Member(name, sentence, form, leaf, shape, false, false));
        return this;
    }

    /** Appends the fields of its JSON schema to an object that is open. */
    void append(final Json json) {
        append(json, false);
    }

    private void append(final Json json, final boolean orNull) {
        type(json, "object", orNull);
        json.name("properties").open();
        members.forEach(member -> member.schema(json));
        json.close()
                .strings(
                        "required",
                        members.stream()
                                .filter(member -> !member.optional)
                                .map(Member::name)
                                .toList())
                .field("additionalProperties", open);
    }

    private static void type(final Json json, final String type, final boolean orNull) {
        if (orNull) {
            json.strings("type", List.of(type, "null"));
        } else {
            json.field("type", type);
        }
    }
}
