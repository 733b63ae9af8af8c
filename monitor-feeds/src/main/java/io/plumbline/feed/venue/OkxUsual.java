package io.plumbline.feed.venue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.Channel;
import io.plumbline.market.ChecksumRule;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;

/**
 * A book or its changes: {@code {"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update",
 * "data":[{"asks":[],"bids":[["196.01","209","0","2"]],"ts":"1626995756692","checksum":1472505874,
 * "seqId":8,"prevSeqId":7}]}}; the two numbers at the end in either order, or not at all. {@link
 * OkxDecoder} reads whatever is written otherwise.
 */
final class OkxUsual extends UsualForm {
    private static final Literal BOOKS = Literal.of("{\"arg\":{\"channel\":\"books");
    private static final Literal NAME = Literal.of("\",\"instId\":\"");
    private static final Literal TICK_BY_TICK = Literal.of("-l2-tbt");
    private static final Literal FIFTY = Literal.of("50-l2-tbt");
    private static final Literal ACTION = Literal.of("\"},\"action\":\"");
    private static final Literal UPDATE = Literal.of("update");
    private static final Literal SNAPSHOT = Literal.of("snapshot");
    private static final Literal ASKS = Literal.of("\",\"data\":[{\"asks\":[");
    private static final Literal BIDS = Literal.of(",\"bids\":[");
    private static final Literal TIME = Literal.of(",\"ts\":\"");
    private static final Literal CHECKSUM = Literal.of("\",\"checksum\":");
    private static final Literal SEQUENCE = Literal.of(",\"seqId\":");
    private static final Literal PREVIOUS = Literal.of(",\"prevSeqId\":");
    private static final Literal END = Literal.of("}]}");
    private static final long NONE = MarketEvent.NONE;

    private final InstrumentNames names;
    private long sequence;
    private long previous;

    OkxUsual(final InstrumentNames names) {
        this.names = names;
    }

    /**
     * Makes the draft what the message says.
     *
     * @return false where it is not of the usual form: of the draft only levels were touched
     */
    boolean read(final InboundMessage message, final MarketEvent draft) {
        if (!begin(message)) {
            return false;
        }
        final int name = pass(NAME, stream(pass(BOOKS, message.offset)));
        final int quote = string(name);
        int at = pass(ACTION, quote);
        final int update = pass(UPDATE, at);
        at = pass(ASKS, update < 0 ? pass(SNAPSHOT, at) : update);
        at = side(at, false, draft.levels);
        at = side(pass(BIDS, at), true, draft.levels);
        at = digits(pass(TIME, at));
        final long timeMs = number.mantissa;
        at = signed(pass(CHECKSUM, at));
        final long checksum = number.mantissa;
        at = sequences(at);
        if (pass(END, at) != to
                || quote == name
                || checksum != (int) checksum
                || sequence != NONE && update >= 0 && previous < 0) {
            return false;
        }
        tell(update < 0, timeMs, checksum, draft);
        names.name(draft, bytes, name, quote - name);
        return true;
    }

    private void tell(
            final boolean snapshot,
            final long timeMs,
            final long checksum,
            final MarketEvent draft) {
        draft.type = EventType.MARKET;
        draft.channel = Channel.DEPTH;
        draft.book = snapshot ? BookAction.SNAPSHOT : BookAction.DELTA;
        draft.venueNs = VenueTime.epochNs(timeMs);
        if (checksum != OkxData.NO_CHECKSUM) {
            draft.checksum = checksum & 0xFFFF_FFFFL;
            draft.checksumRule = ChecksumRule.OKX;
        }
        if (sequence != NONE) {
            draft.rule = SequenceRule.CHAINED;
            draft.firstSequence = sequence;
            draft.lastSequence = sequence;
            draft.previousSequence = snapshot ? NONE : previous;
        }
    }

    /** Behind the rest of the stream's name. */
    private int stream(final int from) {
        final int fast = pass(TICK_BY_TICK, from);
        final int fifty = fast < 0 ? pass(FIFTY, from) : fast;
        return fifty < 0 ? from : fifty;
    }

    private int sequences(final int from) {
        sequence = NONE;
        previous = NONE;
        int at = from;
        int behind = pass(PREVIOUS, at);
        if (behind >= 0) {
            at = signed(behind);
            previous = number.mantissa;
        }
        behind = pass(SEQUENCE, at);
        if (behind >= 0) {
            at = whole(behind);
            sequence = number.mantissa;
        }
        behind = previous == NONE ? pass(PREVIOUS, at) : NO;
        if (behind >= 0) {
            at = signed(behind);
            previous = number.mantissa;
        }
        return at;
    }
}
