package io.plumbline.feed.sim;

import static io.plumbline.feed.sim.FaultKind.Lane.FEED;
import static io.plumbline.feed.sim.FaultKind.Lane.KEY;
import static io.plumbline.feed.sim.FaultKind.Lane.MARKET_KEY;
import static io.plumbline.feed.sim.FaultKind.Lane.ROUTE;
import static io.plumbline.feed.sim.FaultKind.Lane.WRITER;
import static io.plumbline.feed.sim.FaultKind.Subject.ANYTHING;
import static io.plumbline.feed.sim.FaultKind.Subject.INSTRUMENT;
import static io.plumbline.feed.sim.FaultKind.Subject.KEYS;
import static io.plumbline.feed.sim.FaultKind.Subject.VENUE;
import static io.plumbline.finding.FindingKind.FEED_DOWN;
import static io.plumbline.finding.FindingKind.FEED_MUTE;
import static io.plumbline.finding.FindingKind.HEARTBEAT_MISSED;
import static io.plumbline.finding.FindingKind.KEY_MISNAMED;
import static io.plumbline.finding.FindingKind.KEY_MISSING;
import static io.plumbline.finding.FindingKind.KEY_TTL_SHORT;
import static io.plumbline.finding.FindingKind.PRICE_FROZEN;
import static io.plumbline.finding.FindingKind.PRICE_LATE;
import static io.plumbline.finding.FindingKind.PRICE_PRECISION;
import static io.plumbline.finding.FindingKind.PRICE_WRONG;
import static io.plumbline.finding.FindingKind.SEQUENCE_DUPLICATE;
import static io.plumbline.finding.FindingKind.SEQUENCE_GAP;
import static io.plumbline.finding.FindingKind.SEQUENCE_REORDER;
import static io.plumbline.finding.FindingKind.SEQUENCE_RESET;
import static io.plumbline.finding.FindingKind.SYMBOL_STALE;
import static io.plumbline.finding.FindingKind.VALUE_MALFORMED;
import static io.plumbline.finding.FindingKind.WRITER_DEAD;
import static io.plumbline.finding.FindingKind.WRITES_LOST;

import io.plumbline.finding.FindingKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What can be broken on purpose: the findings that catch it, what they must name, and which other
 * findings are true as its consequence.
 */
public enum FaultKind {
    /** One aggTrade, trade or depth message is never sent (bookTicker has holes by nature). */
    DROPPED_MESSAGE("dropped message", FEED, INSTRUMENT, Set.of(SEQUENCE_GAP)),
    /** One message is sent twice. */
    DUPLICATED_MESSAGE("duplicated message", FEED, INSTRUMENT, Set.of(SEQUENCE_DUPLICATE)),
    /** Two neighbouring messages change places: the second looks like a gap at first. */
    REORDERED_MESSAGES(
            "reordered messages", FEED, INSTRUMENT, Set.of(SEQUENCE_REORDER), SEQUENCE_GAP),
    /** All ids of an instrument begin anew. Not possible when a recording is played. */
    SEQUENCE_RESET_BY_VENUE(
            "ids begin anew",
            FEED,
            INSTRUMENT,
            Set.of(SEQUENCE_RESET),
            SEQUENCE_GAP,
            SEQUENCE_REORDER,
            SEQUENCE_DUPLICATE),
    /** All streams of one symbol stop; its Redis key goes on. What was kept back is then a gap. */
    SYMBOL_SILENT("one symbol silent", FEED, INSTRUMENT, Set.of(SYMBOL_STALE), SEQUENCE_GAP),
    /** Connected, pings are answered, no data. */
    MUTE_CONNECTION(
            "mute connection",
            ROUTE,
            VENUE,
            Set.of(FEED_MUTE),
            SYMBOL_STALE,
            SEQUENCE_GAP,
            FEED_DOWN),
    /** TCP stays open, no byte comes, pings are not answered. */
    HALF_OPEN(
            "half-open socket",
            ROUTE,
            VENUE,
            Set.of(FEED_DOWN, FEED_MUTE, HEARTBEAT_MISSED),
            SYMBOL_STALE,
            SEQUENCE_GAP),
    /** TCP is cut without a closing handshake; new connections are cut too until the end. */
    DISCONNECT(
            "disconnect",
            ROUTE,
            VENUE,
            Set.of(FEED_DOWN),
            SYMBOL_STALE,
            SEQUENCE_GAP,
            FEED_MUTE,
            HEARTBEAT_MISSED),
    /** Every write of one key comes late by the same time. */
    LATE_WRITER("late writer", KEY, KEYS, Set.of(PRICE_LATE), PRICE_FROZEN),
    /** Nothing is written any more; the keys live on. */
    STOPPED_WRITER(
            "stopped writer", WRITER, ANYTHING, Set.of(WRITER_DEAD), PRICE_FROZEN, PRICE_LATE),
    /** One key is not written any more. */
    FROZEN_KEY("writer frozen on one key", KEY, KEYS, Set.of(PRICE_FROZEN), PRICE_LATE),
    /** Every write is off by some ticks, and outside of where the price has been. */
    WRONG_VALUE("wrong value", KEY, KEYS, Set.of(PRICE_WRONG)),
    /** Two keys carry each other's price. */
    SWAPPED_SYMBOLS("swapped symbols", KEY, KEYS, Set.of(PRICE_WRONG), PRICE_PRECISION),
    /** The perpetual's key carries the spot price. */
    OTHER_MARKET(
            "value from the other market", MARKET_KEY, KEYS, Set.of(PRICE_WRONG), PRICE_PRECISION),
    /** Every write is times 10^n. */
    SCALED("scaled by 10^n", KEY, KEYS, Set.of(PRICE_WRONG), PRICE_PRECISION),
    /** Every write has the noise of binary arithmetic in its 17th digit. */
    FLOAT_NOISE("float noise", KEY, KEYS, Set.of(PRICE_PRECISION)),
    /** Written without an expiry. */
    TTL_MISSING("TTL missing", KEY, KEYS, Set.of(FindingKind.KEY_NO_TTL)),
    /** Deleted and not written again. */
    KEY_DELETED("key deleted", KEY, KEYS, Set.of(FindingKind.KEY_DELETED), KEY_MISSING),
    /** Written with a short life, then not again. */
    KEY_EXPIRED(
            "key expired",
            KEY,
            KEYS,
            Set.of(FindingKind.KEY_EXPIRED),
            KEY_MISSING,
            KEY_TTL_SHORT,
            PRICE_FROZEN,
            PRICE_LATE),
    /** Something that is no price: NaN, None, a JSON object cut short. */
    MALFORMED_VALUE("malformed value", KEY, KEYS, Set.of(VALUE_MALFORMED)),
    /** The right key is gone; its prices go to a name that nobody reads. Not in the demo. */
    MISNAMED_KEY(
            "key under a wrong name",
            KEY,
            KEYS,
            Set.of(KEY_MISNAMED),
            FindingKind.KEY_DELETED,
            KEY_MISSING),
    /**
     * What gathers within a flush is kept in one variable: the last symbol wins. Not in the demo.
     */
    LAST_WRITE_WINS(
            "last write of a burst wins",
            WRITER,
            ANYTHING,
            Set.of(WRITES_LOST),
            PRICE_FROZEN,
            PRICE_LATE);

    /** Where a fault acts, and with it what may be broken at the same time. */
    enum Lane {
        /** One instrument's messages. */
        FEED,
        /** All connections of one route. */
        ROUTE,
        /** One Redis key, or two. */
        KEY,
        /** A perpetual's key, judged with the help of the spot feed. */
        MARKET_KEY,
        /** All keys. */
        WRITER
    }

    /** What a finding must name to belong to a fault. */
    public enum Subject {
        /** The fault's venue and symbol. */
        INSTRUMENT,
        /** The fault's venue. */
        VENUE,
        /** One of the fault's Redis keys; the fault is caught when each of them was named. */
        KEYS,
        /** Nothing in particular. */
        ANYTHING
    }

    private final String label;
    private final Lane lane;
    private final Subject subject;
    private final Set<FindingKind> expected;
    private final Set<FindingKind> alsoTrue;

    FaultKind(
            final String label,
            final Lane lane,
            final Subject subject,
            final Set<FindingKind> expected,
            final FindingKind... alsoTrue) {
        this.label = label;
        this.lane = lane;
        this.subject = subject;
        this.expected = expected;
        this.alsoTrue = Set.of(alsoTrue);
    }

    /**
     * Every kind that a synthetic market and a demo show: all but the reset of ids, and those that
     * take longer to tell than a demo has.
     */
    public static List<FaultKind> demo() {
        return List.copyOf(
                EnumSet.complementOf(
                        EnumSet.of(SEQUENCE_RESET_BY_VENUE, MISNAMED_KEY, LAST_WRITE_WINS)));
    }

    /** What it is called on the terminal. */
    public String label() {
        return label;
    }

    /** Any of these catches it. */
    public List<FindingKind> expected() {
        return expected.stream().sorted().toList();
    }

    /** These may be raised as well: true, but not what the fault is judged by. */
    public List<FindingKind> alsoTrue() {
        return alsoTrue.stream().sorted().toList();
    }

    public Subject subject() {
        return subject;
    }

    Lane lane() {
        return lane;
    }

    /** Whether it is over with one or two messages. */
    boolean instant() {
        return this == DROPPED_MESSAGE
                || this == DUPLICATED_MESSAGE
                || this == REORDERED_MESSAGES
                || this == SEQUENCE_RESET_BY_VENUE;
    }

    /** Whether it needs prices that seldom come back to an earlier value. */
    boolean needsFineGrid() {
        return this == LATE_WRITER
                || this == FROZEN_KEY
                || this == WRONG_VALUE
                || this == FLOAT_NOISE
                || this == OTHER_MARKET;
    }
}
