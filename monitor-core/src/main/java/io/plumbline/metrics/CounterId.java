package io.plumbline.metrics;

import java.util.Locale;

/**
 * Every operational fact that is counted: one constant, one sentence. The metric's name is {@code
 * plumbline_<constant in lower case>_total}.
 */
public enum CounterId {
    INBOUND_MESSAGES("Messages that entered the inbound ring"),
    INBOUND_BYTES("Payload bytes that entered the inbound ring"),
    INBOUND_DROPPED("Messages dropped because the inbound ring was full"),
    ENGINE_MESSAGES("Messages that the engine has judged"),
    ENGINE_EVENTS("Events decoded from messages"),
    ENGINE_UNPARSED("Messages that no decoder could read"),
    ENGINE_UNKNOWN_SYMBOLS("Events about instruments that are not watched"),
    ENGINE_OLD_EPOCH("Messages of a connection that was already given up"),
    ENGINE_FAULTS("Exceptions caught in the engine or a detector"),
    FINDINGS("Findings published"),
    FINDINGS_DROPPED("Findings dropped because the finding ring was full"),
    JOURNAL_RECORDS("Records written to the journal"),
    JOURNAL_BYTES("Bytes written to the journal"),
    JOURNAL_LOST("Records that could not be written to the journal"),
    JOURNAL_SEGMENTS_DELETED("Journal segments deleted by retention"),
    FEED_FRAMES("WebSocket data frames received"),
    FEED_BYTES("WebSocket payload bytes received"),
    FEED_CONNECT_ATTEMPTS("Connection attempts to venues"),
    FEED_CONNECT_FAILURES("Connection attempts that failed"),
    FEED_DISCONNECTS("Established venue connections that ended"),
    FEED_ROTATIONS("Planned connection changes, make-before-break"),
    FEED_ERRORS("Exceptions in a venue connection's pipeline"),
    FEED_PONGS("Pongs received"),
    FEED_BUDGET_WAITS("Times a connection or message budget made a feed wait"),
    FEED_TOKENS_RENEWED("Renewed tokens of venues taken over"),
    REDIS_OBSERVATIONS("Values read from watched Redis keys"),
    REDIS_NOTIFICATIONS("Notifications, tracking messages and writes with their value received"),
    REDIS_MISSED_UPDATES("Writes found by the sweep that no push had told"),
    REDIS_SWEEPS("Complete sweeps over the watched keys"),
    REDIS_RECONNECTS("Reconnections to Redis"),
    REDIS_ERRORS("Errors from Redis or its connections"),
    REDIS_RUNG_CHANGES("Changes of the rung by which Redis is observed"),
    REDIS_TOLD_LOST("Writes that the writer's stream or channel told and that never arrived here"),
    REDIS_TOLD_UNREADABLE("Messages on the writer's channel that are no JSON"),
    REDIS_STREAM_RESUMES("Lost replication or stream connections that went on without a loss"),
    REDIS_STREAM_BREAKS("Lost replication or stream connections that could not go on"),
    REDIS_STREAM_STALLS("Times that a full queue made the reading of a stream of writes wait"),
    PROBE_READINGS("Readings of probes beside the prices"),
    PROBE_FAILURES("Times that a probe could not read what it wanted"),
    PRICE_IN_SYNC("Redis values equal to the current reference"),
    PRICE_LATE("Redis values equal to an older reference"),
    PRICE_AHEAD("Redis values that our own feed showed later"),
    PRICE_WRONG("Redis values that no reference explains"),
    PRICE_UNVERIFIABLE("Redis values that could not be judged"),
    BOOKS_PROVEN("Order books proven by a snapshot"),
    BOOK_RESYNCS("Order books proven anew after a gap"),
    BOOK_CHECKSUMS_PASSED("Order book checksums that agreed"),
    BOOK_CHECKSUMS_FAILED("Order book checksums that did not agree"),
    BOOK_ORPHAN_DELETES("Deletions of order book levels that were not there: routine"),
    BOOK_LEVELS_CUT("Order book levels given up because they were too deep for the room there is"),
    BOOK_WAITS_RESTARTED("Waits for an order book snapshot begun anew because no more fitted"),
    LATENCY_NEGATIVE("Latencies below zero: counted, not recorded"),
    ALERTS_DELIVERED("Alerts delivered"),
    ALERTS_RETRIED("Delivery attempts that will be repeated"),
    ALERTS_FAILED("Alerts given up after a permanent refusal"),
    HTTP_REQUESTS("HTTP requests answered"),
    HTTP_REFUSED("HTTP requests refused");

    private final String sentence;

    CounterId(final String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    /** The name on /metrics. */
    public String metric() {
        return "plumbline_" + name().toLowerCase(Locale.ROOT) + "_total";
    }
}
