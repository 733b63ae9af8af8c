package io.plumbline.finding;

import static io.plumbline.finding.Severity.CRITICAL;
import static io.plumbline.finding.Severity.HIGH;
import static io.plumbline.finding.Severity.LOW;
import static io.plumbline.finding.Severity.MEDIUM;

/**
 * The catalogue: the names are an interface of the API, the metrics, the alerts and the documents.
 */
public enum FindingKind {
    PRICE_WRONG(HIGH),
    PRICE_LATE(HIGH),
    PRICE_FROZEN(HIGH),
    PRICE_AHEAD(LOW),
    PRICE_PRECISION(MEDIUM),
    TICK_SIZE(LOW),
    SEQUENCE_GAP(MEDIUM),
    SEQUENCE_DUPLICATE(LOW),
    SEQUENCE_REORDER(LOW),
    SEQUENCE_RESET(LOW),
    BOOK_CHECKSUM(HIGH),
    BOOK_CROSSED(HIGH),
    SYMBOL_STALE(HIGH),
    SYMBOL_NEVER_SEEN(HIGH),
    FEED_MUTE(CRITICAL),
    FEED_LAGGING(HIGH),
    FEED_DOWN(CRITICAL),
    /** Two connections that carry the same streams do not say the same. */
    FEEDS_DISAGREE(MEDIUM),
    WARMUP_STUCK(HIGH),
    SUBSCRIBE_REJECTED(HIGH),
    /** Symbols that are meant (a pattern, keys in Redis) are not watched. */
    UNIVERSE_INCOMPLETE(HIGH),
    HEARTBEAT_MISSED(MEDIUM),
    RATE_LIMITED(MEDIUM),
    CREDENTIAL_EXPIRING(MEDIUM),
    CREDENTIAL_EXPIRED(HIGH),
    PARSE_ERRORS(MEDIUM),
    CLOCK_STEP(MEDIUM),
    KEY_MISSING(HIGH),
    KEY_EXPIRED(HIGH),
    KEY_EVICTED(HIGH),
    KEY_DELETED(HIGH),
    KEY_NO_TTL(MEDIUM),
    KEY_TTL_SHORT(LOW),
    /** A name that nobody reads carries what a watched key should. */
    KEY_MISNAMED(HIGH),
    VALUE_MALFORMED(HIGH),
    WRITER_DEAD(CRITICAL),
    /** All keys of a writer are late by about the same. */
    WRITER_LAGGING(HIGH),
    /** A writer keeps only the last symbol of each burst: the others keep old prices. */
    WRITES_LOST(HIGH),
    REDIS_DOWN(CRITICAL),
    REDIS_SLOW(MEDIUM),
    /** A planned or survived switch: another node of the same Redis took over. */
    REDIS_MOVED(LOW),
    /** Another process answers where one was before: whatever it did not save is gone. */
    REDIS_RESTARTED(LOW),
    /** A node is near its memory limit, or evicts keys. */
    REDIS_MEMORY(MEDIUM),
    /** A node refuses or cuts off clients. */
    REDIS_CLIENTS_DROPPED(MEDIUM),
    REPLICATION_BROKEN(MEDIUM),
    /** A snapshot or the append-only file cannot be written. */
    PERSISTENCE_FAILED(MEDIUM),
    CLUSTER_UNHEALTHY(HIGH),
    /** A table of a database does not have the prices or the symbols that Redis has. */
    DATABASE_DISAGREES(HIGH),
    OBSERVER_DEGRADED(MEDIUM),
    STREAM_LAG(HIGH),
    STREAM_TRIMMED_UNREAD(HIGH),
    QUEUE_STUCK(HIGH),
    /** A snapshot (risk of an account) is there and no longer written. */
    SNAPSHOT_STALE(HIGH),
    EVENT_SHAPE(MEDIUM),
    /** A channel of events that spoke says nothing. */
    EVENT_SILENT(MEDIUM),
    MONITOR_OVERLOADED(MEDIUM),
    MONITOR_STALLED(HIGH),
    DETECTOR_FAULT(HIGH),
    JOURNAL_FAULT(MEDIUM),
    DELIVERY_FAILED(HIGH),
    DISK_FULL(HIGH);

    private final Severity severity;

    FindingKind(final Severity severity) {
        this.severity = severity;
    }

    /** The severity unless the detector says otherwise. */
    public Severity severity() {
        return severity;
    }
}
