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
                    .text("text", "One sentence for a person.");

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
