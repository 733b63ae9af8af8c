package io.plumbline.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds JSON against the part of JSON Schema that the OpenAPI document uses, and remembers which
 * lists had elements: a schema that nothing was held against proves nothing.
 */
public final class SchemaCheck {
    private final List<String> problems = new ArrayList<>();
    private final Set<String> filled = new TreeSet<>();
    private final Set<String> empty = new TreeSet<>();

    /** Adds what is wrong with {@code value} at {@code path}. */
    public SchemaCheck check(final String path, final JsonNode schema, final JsonNode value) {
        final JsonNode type = schema.path("type");
        final Set<String> allowed = new HashSet<>();
        if (type.isArray()) {
            type.forEach(each -> allowed.add(each.asText()));
        } else if (type.isTextual()) {
            allowed.add(type.asText());
        }
        if (!allowed.isEmpty() && !allowed.contains(typeOf(value)) && !number(allowed, value)) {
            problems.add(path + " is " + value + " and not " + allowed);
            return this;
        }
        if (value.isObject()) {
            object(path, schema, value);
        } else if (value.isArray() && schema.has("items")) {
            (value.isEmpty() ? empty : filled).add(path);
            value.forEach(each -> check(path + "[]", schema.get("items"), each));
        } else if (value.isTextual() && schema.path("format").asText().equals("date-time")) {
            time(path, value.asText());
        }
        return this;
    }

    private void object(final String path, final JsonNode schema, final JsonNode value) {
        for (final JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                problems.add(path + " lacks " + required.asText());
            }
        }
        final JsonNode others = schema.path("additionalProperties");
        value.properties()
                .forEach(
                        field -> {
                            final String at = path + '.' + field.getKey();
                            final JsonNode known = schema.path("properties").path(field.getKey());
                            if (!known.isMissingNode()) {
                                check(at, known, field.getValue());
                            } else if (others.isObject()) {
                                check(path + ".*", others, field.getValue());
                            } else if (!others.asBoolean(true)) {
                                problems.add(at + " is not documented");
                            }
                        });
    }

    private void time(final String path, final String text) {
        try {
            Instant.parse(text);
        } catch (final DateTimeParseException e) {
            problems.add(path + " is no time: " + text);
        }
    }

    private static boolean number(final Set<String> allowed, final JsonNode value) {
        return allowed.contains("number") && value.isNumber();
    }

    private static String typeOf(final JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case NULL, MISSING -> "null";
        };
    }

    public List<String> problems() {
        return problems;
    }

    /** Lists that never had an element, whatever they are of. */
    public Set<String> neverFilled() {
        final Set<String> never = new TreeSet<>(empty);
        never.removeAll(filled);
        return never;
    }
}
