package io.plumbline.app.template;

/** What a template can hold. The labels are an interface. */
public enum Word {
    /** The receiver's idempotency key, the same on every attempt. */
    ID("id"),
    /** trigger or resolve. */
    ACTION("action"),
    /** The fingerprint of the case. */
    DEDUP_KEY("dedupKey"),
    /** Names this opening of the case. */
    EPISODE("episode"),
    /** CRITICAL, HIGH, MEDIUM or LOW. */
    SEVERITY("severity"),
    /** P1 for CRITICAL to P4 for LOW. */
    PRIORITY("priority"),
    /** A name of the finding catalogue. */
    KIND("kind"),
    /** One sentence for a person. */
    SUMMARY("summary"),
    VENUE("venue"),
    INSTRUMENT("instrument"),
    /** The Redis key or the connection. */
    KEY("key"),
    /** When it began, ISO 8601. */
    SINCE("since"),
    /** When it was decided to say this, ISO 8601. */
    AT("at"),
    /** The finding as a JSON object, or null: stands outside of quotes. */
    FINDING("finding");

    private final String label;

    Word(final String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether it is JSON already and must not be escaped. */
    public boolean isJson() {
        return this == FINDING;
    }
}
