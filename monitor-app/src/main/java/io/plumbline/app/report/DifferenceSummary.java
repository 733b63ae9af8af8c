package io.plumbline.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison for people.
 *
 * @param against what it was compared with
 * @param pagesBefore how often a person would have been called by that, -1 where it is not known
 * @param pagesAfter and by this, -1 where it is not known
 */
public record DifferenceSummary(
        String against, DifferenceCount count, long pagesBefore, long pagesAfter) {
    /** Lines of changes on a terminal. */
    private static final int MOST_LINES = 20;

    /** What a terminal shows. */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add(
                "difference to "
                        + against
                        + ": findings "
                        + counts(false)
                        + "; cases "
                        + counts(true));
        if (pagesBefore >= 0 && pagesAfter >= 0) {
            lines.add("  pages " + pagesBefore + " -> " + pagesAfter);
        }
        final List<Change> first = count.first();
        first.stream().limit(MOST_LINES).forEach(change -> lines.add("  " + change.sentence()));
        long all = 0;
        for (final Change.Sort sort : Change.Sort.values()) {
            all += count.findings(sort);
        }
        if (all > MOST_LINES) {
            lines.add("  and " + (all - MOST_LINES) + " more: --difference FILE has all of them");
        }
        count.notes().forEach(note -> lines.add("  note: " + note));
        return lines;
    }

    private String counts(final boolean cases) {
        final StringBuilder out = new StringBuilder();
        for (final Change.Sort sort : Change.Sort.values()) {
            out.append(cases ? count.cases(sort) : count.findings(sort));
            out.append(' ').append(sort.label()).append(", ");
        }
        return out.append(cases ? count.sameCases() : count.same()).append(" the same").toString();
    }

    void write(final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("difference");
        json.writeStringField("against", against);
        json.writeNumberField("pagesBefore", pagesBefore);
        json.writeNumberField("pagesAfter", pagesAfter);
        for (final Change.Sort sort : Change.Sort.values()) {
            json.writeArrayFieldStart(sort.label());
            json.writeNumber(count.findings(sort));
            json.writeNumber(count.cases(sort));
            json.writeEndArray();
        }
        json.writeArrayFieldStart("same");
        json.writeNumber(count.same());
        json.writeNumber(count.sameCases());
        json.writeEndArray();
        json.writeNumberField("most", DifferenceCount.MOST_CHANGES);
        json.writeArrayFieldStart("changes");
        for (final Change change : count.first()) {
            json.writeStartArray();
            json.writeString(change.sort().label());
            json.writeString(change.sentence().substring(2));
            json.writeString(Report.cut(change.finding().tree().path("text").asText()));
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (final String note : count.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
