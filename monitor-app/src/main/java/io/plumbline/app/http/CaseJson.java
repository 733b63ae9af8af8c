package io.plumbline.app.http;

/** One case as JSON: in {@code /api/cases} and in the dashboard's events. */
final class CaseJson {
    static final Shape SHAPE =
            Shape.object()
                    .text("fingerprint", "The stable identity at the pager.")
                    .text("kind", "A name of the catalogue.")
                    .text("severity", "CRITICAL, HIGH, MEDIUM or LOW.")
                    .text("state", "PENDING, OPEN, CLEARING or RESOLVED.")
                    .text("venue", "")
                    .text("instrument", "In ccxt form; empty where it is about none.")
                    .text("key", "Of Redis, or a connection; empty where it is about none.")
                    .time("since", "When it became pending.")
                    .time("updated", "When its state last changed.")
                    .whole("findings", "How many it has taken in.")
                    .text("inhibitedBy", "Fingerprint of the case that explains it.")
                    .orNull()
                    .text("silencedBy", "Id of the silence, or maintenance:NAME.")
                    .orNull()
                    .texts("marks", "Of SUPPRESSED, FLAPPING, ACKNOWLEDGED those that hold.")
                    .text("pager", "What it has heard: NOTHING, PAGED, GROUPED or ROLLED_UP.")
                    .text("text", "One sentence for a person.")
                    .object(
                            "acknowledged",
                            "Who has taken it on.",
                            Shape.object().text("by", "").text("note", "").time("at", ""))
                    .orNull();

    static final Shape MOMENT =
            Shape.object()
                    .time("at", "")
                    .text("what", "OPENED, PAGED, SUPPRESSED, ACKNOWLEDGED and others.")
                    .text("detail", "By what, by whom; may be empty.");

    private CaseJson() {}

    static void append(final Json json, final CaseView item) {
        fields(json.open(), item).close();
    }

    /** With its timeline. */
    static void whole(final Json json, final CaseView item) {
        fields(json.open(), item).name("timeline").openArray();
        for (final CaseView.Moment moment : item.timeline()) {
            json.open()
                    .time("at", moment.atNs())
                    .field("what", moment.what())
                    .field("detail", moment.detail())
                    .close();
        }
        json.closeArray().close();
    }

    private static Json fields(final Json json, final CaseView item) {
        json.field("fingerprint", item.fingerprint())
                .field("kind", item.kind().name())
                .field("severity", item.severity().name())
                .field("state", item.state())
                .field("venue", item.venue())
                .field("instrument", item.instrument())
                .field("key", item.key())
                .time("since", item.sinceNs())
                .time("updated", item.updatedNs())
                .field("findings", item.findings())
                .fieldOrNull("inhibitedBy", item.inhibitedBy())
                .fieldOrNull("silencedBy", item.silencedBy())
                .strings("marks", item.marks())
                .field("pager", item.pager())
                .field("text", item.text())
                .name("acknowledged");
        if (item.acknowledgedNs() == 0) {
            return json.raw("null");
        }
        return json.open()
                .field("by", item.acknowledgedBy())
                .field("note", item.note())
                .time("at", item.acknowledgedNs())
                .close();
    }
}
