package io.plumbline.app.http;

/** One watched key as JSON: in {@code /api/symbols} and in the dashboard's events. */
final class SymbolJson {
    static final Shape SHAPE =
            Shape.object()
                    .text("venue", "")
                    .text("instrument", "In ccxt form.")
                    .text("key", "Of Redis.")
                    .text("field", "Of the venue's stream: last, bid, ask, mid, mark or index.")
                    .text("referencePrice", "The venue's, a decimal.")
                    .orNull()
                    .text("redisPrice", "A decimal.")
                    .orNull()
                    .text("deviationTicks", "A decimal.")
                    .orNull()
                    .text("deviationBps", "A decimal.")
                    .orNull()
                    .text(
                            "verdict",
                            "UNSEEN, IN_SYNC, LATE, SUSPECT, WRONG, FROZEN, UNVERIFIABLE or"
                                    + " ABSENT.")
                    .whole("lagNs", "How late the value is; 0 when it is not.")
                    .whole("feedAgeNs", "Since the venue last sent something for it.")
                    .orNull()
                    .whole("redisAgeNs", "Since Redis last showed a write.")
                    .orNull()
                    .text("freshness", "Of the venue's data: UNSEEN, FRESH, QUIET or STALE.")
                    .flag("seen", "Whether the Redis that holds the key is seen now.")
                    .text("rung", "By which way the key is observed.")
                    .object(
                            "coverageSeconds",
                            "For how long it could be judged since the start.",
                            Shape.object()
                                    .whole("verified", "By a healthy reference.")
                                    .whole("unverifiable", "Not judged, market open.")
                                    .whole("quiet", "Nothing happened, the channel lived.")
                                    .whole("closed", "The market was closed."));

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
                .field("freshness", symbol.freshness().name())
                .field("seen", symbol.seen())
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
