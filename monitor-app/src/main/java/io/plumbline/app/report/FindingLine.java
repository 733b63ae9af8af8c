package io.plumbline.app.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * One finding as it stands in a file.
 *
 * @param same what it must have in common with another one to be the same finding at another time
 *     or with other evidence: kind, edge and fingerprint
 * @param atNs data time
 * @param json the line, without its end
 */
record FindingLine(String same, String fingerprint, String detector, long atNs, String json) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND_NS = 1_000_000_000L;

    /** Reads a line; null where it is no finding. */
    static FindingLine of(final String line) {
        try {
            final JsonNode node = JSON.readTree(line);
            final String fingerprint = text(node, "fingerprint");
            final Instant at = Instant.parse(text(node, "at"));
            final String kind = text(node, "kind");
            return kind.isEmpty()
                    ? null
                    : new FindingLine(
                            kind + ' ' + text(node, "edge") + ' ' + fingerprint,
                            fingerprint,
                            text(node, "detector"),
                            Math.addExact(
                                    Math.multiplyExact(at.getEpochSecond(), SECOND_NS),
                                    at.getNano()),
                            node.toString());
        } catch (final JsonProcessingException | DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static String text(final JsonNode node, final String name) {
        return node.path(name).asText("");
    }

    /** The names of what differs, evidence as {@code evidence.name}. */
    Set<String> differences(final FindingLine other) {
        final Set<String> names = new TreeSet<>();
        compare("", tree(), other.tree(), names);
        return names;
    }

    JsonNode tree() {
        try {
            return JSON.readTree(json);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }

    private static void compare(
            final String path, final JsonNode a, final JsonNode b, final Set<String> names) {
        if (a.isObject() && b.isObject()) {
            final Set<String> fields = new TreeSet<>();
            a.fieldNames().forEachRemaining(fields::add);
            b.fieldNames().forEachRemaining(fields::add);
            for (final String field : fields) {
                compare(
                        path.isEmpty() ? field : path + '.' + field,
                        a.path(field),
                        b.path(field),
                        names);
            }
        } else if (!a.equals(b)) {
            names.add(path);
        }
    }
}
