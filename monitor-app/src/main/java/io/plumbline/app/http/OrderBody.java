package io.plumbline.app.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The JSON object that an order carries, read field by field with bounds. */
final class OrderBody {
    private static final int LONGEST_GLOB = 200;
    private static final int MOST_GLOBS = 50;
    private static final ObjectMapper MAPPER =
            new ObjectMapper(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(8)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonNode node;

    private OrderBody(final JsonNode node) {
        this.node = node;
    }

    /** Reads {@code bytes}; the error says what is accepted, never what was sent. */
    static OrderBody of(final byte[] bytes, final List<String> known) throws BadParameter {
        final JsonNode node;
        try {
            node = MAPPER.readTree(bytes);
        } catch (final JsonProcessingException e) {
            throw new BadParameter("the body is not well-formed JSON");
        } catch (final IOException e) {
            throw new BadParameter("the body cannot be read");
        }
        return new OrderBody(checked(node, "the body", known));
    }

    private static JsonNode checked(
            final JsonNode node, final String what, final List<String> known) throws BadParameter {
        final String form = what + " is a JSON object with " + String.join(", ", known);
        if (node == null || !node.isObject()) {
            throw new BadParameter(form);
        }
        final Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            if (!known.contains(names.next())) {
                throw new BadParameter(form + "; it has another field");
            }
        }
        return node;
    }

    /** The object in {@code name}. */
    OrderBody object(final String name, final List<String> known) throws BadParameter {
        return new OrderBody(checked(node.path(name), name, known));
    }

    /** A line of text; {@code absent} where it is not given, null for one that must be. */
    String text(final String name, final int longest, final String absent) throws BadParameter {
        final JsonNode value = node.path(name);
        if ((value.isMissingNode() || value.isNull()) && absent != null) {
            return absent;
        }
        final String text = value.isTextual() ? value.textValue().strip() : "";
        final boolean plain =
                text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
        if (text.isEmpty() && absent == null || text.length() > longest || !plain) {
            throw new BadParameter(
                    name + " is one line of text of 1 to " + longest + " characters");
        }
        return text;
    }

    /** A whole number within bounds. */
    long number(final String name, final long least, final long most) throws BadParameter {
        final JsonNode value = node.path(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw new BadParameter(name + " is a whole number from " + least + " to " + most);
        }
        return value.longValue();
    }

    /** One glob or a list of them; none where it is not given. */
    List<String> globs(final String name) throws BadParameter {
        final JsonNode value = node.path(name);
        final List<String> globs = new ArrayList<>();
        if (value.isArray() && value.size() <= MOST_GLOBS) {
            for (final JsonNode item : value) {
                globs.add(glob(name, item));
            }
        } else if (!value.isMissingNode() && !value.isNull()) {
            globs.add(glob(name, value));
        }
        return globs;
    }

    private static String glob(final String name, final JsonNode value) throws BadParameter {
        final String text = value.isTextual() ? value.textValue() : "";
        if (text.isEmpty()
                || text.length() > LONGEST_GLOB
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new BadParameter(
                    name
                            + " is a pattern (* any characters, ? one) or a list of at most "
                            + MOST_GLOBS);
        }
        return text;
    }
}
