package io.plumbline.app.http;

/** One case as JSON: in {@code /api/cases} and in the dashboard's events. */
final class CaseJson {
    private CaseJson() {}

    static void append(final Json json, final CaseView item) {
        json.open()
                .field("fingerprint", item.fingerprint())
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
                .field("text", item.text())
                .close();
    }
}
