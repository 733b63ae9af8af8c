package io.plumbline.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/**
 * One finding that is not the same in both.
 *
 * @param before the finding as it was, null where it is new
 * @param after the finding as it is, null where it is gone
 * @param in what differs; empty unless it changed
 */
public record Change(FindingLine before, FindingLine after, List<String> in) {
    /** What became of a finding. */
    public enum Sort {
        NEW,
        GONE,
        CHANGED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Sort sort() {
        if (before == null) {
            return Sort.NEW;
        }
        return after == null ? Sort.GONE : Sort.CHANGED;
    }

    /** The one that is there, the later where both are. */
    FindingLine finding() {
        return after == null ? before : after;
    }

    /**
     * One JSON object: {@code difference} (new, gone, changed) with {@code finding}, or with {@code
     * in}, {@code before} and {@code after}.
     */
    public String toJson() throws IOException {
        final StringWriter out = new StringWriter();
        try (JsonGenerator json = ReportJson.into(out)) {
            json.writeStartObject();
            json.writeStringField("difference", sort().label());
            if (sort() == Sort.CHANGED) {
                json.writeArrayFieldStart("in");
                for (final String name : in) {
                    json.writeString(name);
                }
                json.writeEndArray();
                raw(json, "before", before);
                raw(json, "after", after);
            } else {
                raw(json, "finding", finding());
            }
            json.writeEndObject();
        }
        return out.toString();
    }

    private static void raw(final JsonGenerator json, final String name, final FindingLine line)
            throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(line.json());
    }

    /** One line for a person. */
    String sentence() {
        final JsonNode tree = finding().tree();
        final StringBuilder out = new StringBuilder();
        out.append("+-~".charAt(sort().ordinal())).append(' ');
        out.append(tree.path("at").asText()).append(' ').append(finding().same());
        if (sort() == Sort.CHANGED) {
            final JsonNode was = before.tree();
            for (final String name : in) {
                final String pointer = '/' + name.replace("~", "~0").replace("/", "~1");
                final String from = was.at(pointer.replace('.', '/')).asText("-");
                final String to = tree.at(pointer.replace('.', '/')).asText("-");
                if (!name.equals("text")) {
                    out.append("; ").append(name).append(' ').append(from);
                    out.append(" -> ").append(to);
                }
            }
        }
        return Report.cut(visible(out));
    }

    /** Without what would move a terminal's cursor: names come from outside. */
    private static String visible(final StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                text.setCharAt(i, '\uFFFD');
            }
        }
        return text.toString();
    }
}
