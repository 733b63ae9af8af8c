package io.plumbline.app.http;

/** One watched key as JSON: in {@code /api/symbols} and in the dashboard's events. */
final class SymbolJson {
    private SymbolJson() {}

    /** Appends everything but the closing bracket, so that more may follow. */
    static Json open(final Json json, final SymbolStatus symbol) {
        final Coverage coverage = symbol.coverage();
        return json.open()
                .field("venue", symbol.venue())
                .field("instrument", symbol.instrument())
                .field("key", symbol.key())
                .field("field", symbol.field().label())
                .fieldOrNull("referencePrice", symbol.referencePrice())
                .fieldOrNull("redisPrice", symbol.redisPrice())
                .fieldOrNull("deviationTicks", symbol.deviationTicks())
                .fieldOrNull("deviationBps", symbol.deviationBps())
                .field("verdict", symbol.verdict())
                .field("lagNs", symbol.lagNs())
                .fieldOrNull("feedAgeNs", symbol.feedAgeNs())
                .fieldOrNull("redisAgeNs", symbol.redisAgeNs())
                .field("rung", symbol.rung().label())
                .name("coverageSeconds")
                .open()
                .field("verified", coverage.verified())
                .field("unverifiable", coverage.unverifiable())
                .field("quiet", coverage.quiet())
                .field("closed", coverage.closed())
                .close();
    }
}
