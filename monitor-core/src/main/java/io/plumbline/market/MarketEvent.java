package io.plumbline.market;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.probe.Reading;

/**
 * One decoded event: a reused struct of primitives, owned by the engine thread, valid only during
 * the call that hands it over. Which fields are meaningful depends on {@link #type} and {@link
 * #channel}; {@link #clear()} sets all of them to "not given".
 */
public final class MarketEvent {
    /** A time, sequence or count that the message did not carry. */
    public static final long NONE = Long.MIN_VALUE;

    /** {@link #expiresAtNs} of a key that never expires. */
    public static final long NEVER = Long.MAX_VALUE;

    public EventType type;
    public Channel channel;
    public int source;
    public int epoch;

    /** Dense ids, -1 when the event is not about one. */
    public int instrument;

    public int key;

    /** Socket time of the message, ns since the epoch. */
    public long receivedNs;

    /** The venue's event time ("E"), ns since the epoch; NONE where the channel has none. */
    public long venueNs;

    /** The venue's transaction time ("T"), ns since the epoch; NONE where the channel has none. */
    public long transactNs;

    /** First and last sequence number that the message covers; a single id stands in both. */
    public long firstSequence;

    public long lastSequence;

    /** What the venue says came before ("pu"; for aggTrade "f" - 1): NONE without such a field. */
    public long previousSequence;

    /** Whether each connection counts for itself, so that its numbers say nothing to another's. */
    public boolean countedPerConnection;

    /**
     * How {@link #lastSequence} must follow: set by the decoder, judged by the sequence detector.
     */
    public SequenceRule rule;

    /**
     * How it follows what came before on its stream: set by {@link Streams}, before any detector.
     */
    public Continuity continuity;

    /** With GAP: the sequence numbers that never came; with RESET: the last number before it. */
    public long missingFrom;

    public long missingTo;

    /**
     * The venue's number of this message among all of its connection (all channels, all
     * instruments, heartbeats too); NONE without one. A message of several events says it with the
     * first.
     */
    public long connectionSequence;

    /**
     * How this message follows the one before it on its connection, by {@link #connectionSequence}:
     * set by {@link Streams}, and the same for all events of a message.
     */
    public Continuity connectionContinuity;

    /** With a connection's GAP: how many of its messages never came. */
    public long connectionMissing;

    /** What the event does to the order book, with {@link #levels}. */
    public BookAction book;

    public final BookLevels levels = new BookLevels();

    /** The venue's checksum of the book after this event, as 32 bits unsigned; NONE without one. */
    public long checksum;

    /** Over which text {@link #checksum} was taken. */
    public ChecksumRule checksumRule;

    /**
     * So many levels a side the venue keeps: the book is cut to them after this event, because the
     * venue never deletes what falls out. 0 where it does, or keeps all.
     */
    public int bookDepth;

    /** Trade price, last price, or the Redis value. */
    public final Decimal price = new Decimal();

    public final Decimal quantity = new Decimal();
    public final Decimal bid = new Decimal();
    public final Decimal ask = new Decimal();
    public final Decimal mark = new Decimal();
    public final Decimal index = new Decimal();

    /** Tick size, with {@link EventType#INSTRUMENT}. */
    public final Decimal tick = new Decimal();

    /** Redis: by which rung the value was seen. */
    public Rung rung;

    /** Redis: how finely writes are seen there. */
    public Resolution resolution;

    /**
     * Redis: the place of the write in what told it, an offset in the replication stream or the
     * writer's own sequence; NONE where it was read.
     */
    public long place;

    /** Redis: the write lies in (writtenAfterNs, receivedNs]; NONE when no lower bound is known. */
    public long writtenAfterNs;

    /** Redis: when the key expires, ns since the epoch; NEVER without TTL, NONE when not known. */
    public long expiresAtNs;

    public KeyState keyState;
    public ValueFault valueFault;

    /** Redis: sequence or time that the writer embedded in the value; NONE without one. */
    public long embeddedSequence;

    public long embeddedNs;

    /** With {@link EventType#PROBE}: what was read. */
    public final Reading reading = new Reading();

    public SessionState session;
    public MonitorFact fact;

    /** A count that belongs to the type (missed writes, dropped messages). */
    public long count;

    /** The payload that the event was decoded from: evidence for the cold path. */
    public byte[] bytes;

    public int offset;
    public int length;

    /** Sets every field to "not given". */
    public MarketEvent clear() {
        clearFields();
        bytes = null;
        offset = 0;
        length = 0;
        return this;
    }

    /** Begins with the message that the event is decoded from; everything else is "not given". */
    public MarketEvent begin(final InboundMessage message) {
        clearFields();
        source = message.source;
        epoch = message.epoch;
        receivedNs = message.stampNs;
        // The ring's array is always the same one.
        if (bytes != message.bytes) {
            bytes = message.bytes;
        }
        offset = message.offset;
        length = message.length;
        return this;
    }

    /** Begins another event of the same message: its connection's continuity stays. */
    public void restart() {
        final int ofSource = source;
        final int ofEpoch = epoch;
        final long atNs = receivedNs;
        final Continuity ofConnection = connectionContinuity;
        clearFields();
        source = ofSource;
        epoch = ofEpoch;
        receivedNs = atNs;
        if (ofConnection != Continuity.UNJUDGED) {
            connectionContinuity = ofConnection;
        }
    }

    /**
     * All but the payload. It runs once per message: a reference that is there already is not
     * stored again, because the store costs a barrier of the collector and the comparison does not.
     */
    private void clearFields() {
        type = EventType.IGNORED;
        channel = Channel.NONE;
        source = -1;
        epoch = 0;
        instrument = -1;
        key = -1;
        receivedNs = NONE;
        venueNs = NONE;
        transactNs = NONE;
        firstSequence = NONE;
        lastSequence = NONE;
        previousSequence = NONE;
        countedPerConnection = false;
        rule = SequenceRule.NONE;
        continuity = Continuity.UNJUDGED;
        missingFrom = NONE;
        missingTo = NONE;
        connectionSequence = NONE;
        if (connectionContinuity != Continuity.UNJUDGED) {
            connectionContinuity = Continuity.UNJUDGED;
        }
        connectionMissing = 0;
        if (book != BookAction.NONE) {
            book = BookAction.NONE;
        }
        levels.clear();
        checksum = NONE;
        if (checksumRule != ChecksumRule.NONE) {
            checksumRule = ChecksumRule.NONE;
        }
        bookDepth = 0;
        price.clear();
        quantity.clear();
        bid.clear();
        ask.clear();
        mark.clear();
        index.clear();
        tick.clear();
        if (rung != Rung.NONE) {
            rung = Rung.NONE;
        }
        if (resolution != Resolution.UNKNOWN) {
            resolution = Resolution.UNKNOWN;
        }
        place = NONE;
        writtenAfterNs = NONE;
        expiresAtNs = NONE;
        if (keyState != KeyState.UNKNOWN) {
            keyState = KeyState.UNKNOWN;
        }
        if (valueFault != ValueFault.NONE) {
            valueFault = ValueFault.NONE;
        }
        embeddedSequence = NONE;
        embeddedNs = NONE;
        reading.clear();
        if (session != null) {
            session = null;
        }
        if (fact != null) {
            fact = null;
        }
        count = 0;
    }

    /** The evidence bytes as text, at most {@code limit} of them: cold path. */
    public String text(final int limit) {
        return bytes == null
                ? ""
                : new String(
                        bytes,
                        offset,
                        Math.min(length, limit),
                        java.nio.charset.StandardCharsets.UTF_8);
    }
}
