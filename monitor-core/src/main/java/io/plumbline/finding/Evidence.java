package io.plumbline.finding;

/** What a finding may show: the JSON name and how the value is written. Names are an interface. */
public enum Evidence {
    EXPECTED("expected", Form.DECIMAL),
    OBSERVED("observed", Form.DECIMAL),
    TICK_SIZE("tickSize", Form.DECIMAL),
    NEAREST("nearest", Form.DECIMAL),
    ENVELOPE_LOW("envelopeLow", Form.DECIMAL),
    ENVELOPE_HIGH("envelopeHigh", Form.DECIMAL),
    DEVIATION_TICKS("deviationTicks", Form.DECIMAL),
    DEVIATION_BPS("deviationBps", Form.DECIMAL),
    LARGEST_DEVIATION_TICKS("largestDeviationTicks", Form.DECIMAL),
    BEST_BID("bestBid", Form.DECIMAL),
    BEST_ASK("bestAsk", Form.DECIMAL),
    LAG_NS("lagNs", Form.INTEGER),
    LAG_AT_MOST_NS("lagAtMostNs", Form.INTEGER),
    LARGEST_LAG_NS("largestLagNs", Form.INTEGER),
    LASTED_NS("lastedNs", Form.INTEGER),
    BUDGET_NS("budgetNs", Form.INTEGER),
    AGE_NS("ageNs", Form.INTEGER),
    THRESHOLD_NS("thresholdNs", Form.INTEGER),
    TTL_NS("ttlNs", Form.INTEGER),
    MISSING_FROM("missingFrom", Form.INTEGER),
    MISSING_TO("missingTo", Form.INTEGER),
    MISSING_COUNT("missingCount", Form.INTEGER),
    RECOVERED("recovered", Form.INTEGER),
    EXPECTED_SEQUENCE("expected", Form.INTEGER),
    OBSERVED_SEQUENCE("observed", Form.INTEGER),
    SEQUENCE("sequence", Form.INTEGER),
    COUNT("count", Form.INTEGER),
    SYMBOLS("symbols", Form.INTEGER),
    ACTIVE_SYMBOLS("activeSymbols", Form.INTEGER),
    EXPIRED("expired", Form.INTEGER),
    LAST_WRITE_NS("lastWriteNs", Form.INTEGER),
    VERSIONS("versions", Form.INTEGER),
    WAITING("waiting", Form.INTEGER),
    PENDING("pending", Form.INTEGER),
    CONSUMERS("consumers", Form.INTEGER),
    LIMIT("limit", Form.INTEGER),
    KEYS("keys", Form.INTEGER),
    STEP_NS("stepNs", Form.INTEGER),
    SAMPLE_INTERVAL_NS("sampleIntervalNs", Form.INTEGER),
    FIELD("field", Form.LABEL),
    EXPECTED_SHAPE("expected", Form.LABEL),
    FOUND_SHAPE("found", Form.LABEL),
    RUNG("rung", Form.LABEL),
    RESOLUTION("resolution", Form.LABEL),
    CAUSE("cause", Form.LABEL),
    /** What the value is instead: whose, which field, times what, of when. */
    CAUSE_VENUE("causeVenue", Form.LABEL),
    CAUSE_INSTRUMENT("causeInstrument", Form.LABEL),
    CAUSE_FIELD("causeField", Form.LABEL),
    CAUSE_FACTOR("causeFactor", Form.DECIMAL),
    CAUSE_RATE("causeRate", Form.DECIMAL),
    CAUSE_PRICE("causePrice", Form.DECIMAL),
    CAUSE_SINCE_NS("causeSinceNs", Form.INTEGER),
    CAUSE_VALUES("causeValues", Form.INTEGER),
    STATE("state", Form.LABEL),
    SAMPLE("sample", Form.LABEL),
    LAST_KEY("lastKey", Form.LABEL),
    FOUND_KEY("foundKey", Form.LABEL),
    CONNECTION("connection", Form.LABEL),
    NODE("node", Form.LABEL),
    CONSUMER("consumer", Form.LABEL),
    DETAIL("detail", Form.LABEL);

    /** How a value stands in JSON. */
    public enum Form {
        /** A decimal string. */
        DECIMAL,
        /** A number. */
        INTEGER,
        /** A string. */
        LABEL
    }

    private final String label;
    private final Form form;

    Evidence(final String label, final Form form) {
        this.label = label;
        this.form = form;
    }

    public String label() {
        return label;
    }

    public Form form() {
        return form;
    }
}
