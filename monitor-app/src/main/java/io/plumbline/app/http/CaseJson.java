package io.plumbline.app.http;

/** One case as JSON: in {@code /api/cases} and in the dashboard's events. */
final class CaseJson {
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
