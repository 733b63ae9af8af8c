package io.plumbline.app.http;

import java.util.Locale;

/**
 * Every level that is exported without labels: one constant, one sentence. The metric's name is
 * {@code plumbline_<constant in lower case>}.
 */
public enum GaugeId {
    INBOUND_RING_CAPACITY("Cells of the inbound ring"),
    INBOUND_RING_REMAINING("Free cells of the inbound ring"),
    FINDING_RING_CAPACITY("Cells of the finding ring"),
    FINDING_RING_REMAINING("Free cells of the finding ring"),
    JOURNAL_BACKLOG("Messages that the journal has not written yet"),
    OUTBOX_BACKLOG("Alerts that are not delivered yet"),
    CASES_OPEN("Cases that are open"),
    CASES_SUPPRESSED("Cases that are not paged: silenced, or explained by another"),
    WATCHED_SYMBOLS("Keys that are watched");

    private final String sentence;

    GaugeId(final String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    /** The name on /metrics. */
    public String metric() {
        return "plumbline_" + name().toLowerCase(Locale.ROOT);
    }
}
