package io.plumbline.feed.venue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;

/**
 * Books and their changes: {@code {"type":"change","timestamp":1617644887527,"prev_change_id":1,
 * "instrument_name":"BTC-PERPETUAL","change_id":2,"bids":[["new",58000.5,10.0]],"asks":[]}}. {@link
 * DeribitData} reads whatever is written otherwise.
 */
final class DeribitBookUsual extends UsualForm {
    private static final Literal BEGIN = Literal.of("{\"jsonrpc\":\"2.0\",");
    private static final Literal METHOD = Literal.of("\"method\":\"subscription\",");
    private static final Literal CHANNEL = Literal.of("\"params\":{\"channel\":\"book.");
    private static final Literal DATA = Literal.of("\",\"data\":{\"type\":\"");
    private static final Literal CHANGE = Literal.of("change\",\"timestamp\":");
    private static final Literal SNAPSHOT = Literal.of("snapshot\",\"timestamp\":");
    private static final Literal PREVIOUS = Literal.of(",\"prev_change_id\":");
    private static final Literal NAME = Literal.of(",\"instrument_name\":\"");
    private static final Literal NUMBER = Literal.of("\",\"change_id\":");
    private static final Literal BIDS = Literal.of(",\"bids\":[");
    private static final Literal ASKS = Literal.of(",\"asks\":[");
    private static final Literal END = Literal.of("}}}");
    private static final Literal NEW_LEVEL = Literal.of("[\"new\",");
    private static final Literal CHANGED_LEVEL = Literal.of("[\"change\",");
    private static final Literal DELETED_LEVEL = Literal.of("[\"delete\",");
    private static final Literal COMMA = Literal.of(",");
    private static final Literal END_LEVEL = Literal.of("]");

    private final InstrumentNames names;

    DeribitBookUsual(final InstrumentNames names) {
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
        final int stream = pass(CHANNEL, pass(METHOD, pass(BEGIN, message.offset)));
        if (stream < 0) {
            return false;
        }
        final int data = pass(DATA, oneDot(stream));
        int at = pass(CHANGE, data);
        final boolean change = at >= 0;
        at = moment(change ? at : pass(SNAPSHOT, data));
        final long timeMs = number.mantissa;
        if (change) {
            at = whole(pass(PREVIOUS, at));
        }
        final long previous = change ? number.mantissa : MarketEvent.NONE;
        final int name = pass(NAME, at);
        final int quote = string(name);
        at = whole(pass(NUMBER, quote));
        final long sequence = number.mantissa;
        at = levels(pass(BIDS, at), true, draft.levels);
        at = levels(pass(ASKS, at), false, draft.levels);
        if (pass(END, at) != to || quote == name) {
            return false;
        }
        draft.type = EventType.MARKET;
        draft.channel = Channel.DEPTH;
        draft.book = change ? BookAction.DELTA : BookAction.SNAPSHOT;
        draft.venueNs = VenueTime.epochNs(timeMs);
        draft.rule = SequenceRule.CHAINED;
        draft.firstSequence = sequence;
        draft.lastSequence = sequence;
        draft.previousSequence = previous;
        names.name(draft, bytes, name, quote - name);
        return true;
    }

    /** The quote behind a name and an interval: windows of a few levels have more dots. */
    private int oneDot(final int from) {
        final int quote = string(from);
        int dots = 0;
        for (int at = from; at < quote; at++) {
            dots += bytes[at] == '.' ? 1 : 0;
        }
        return dots == 1 ? quote : NO;
    }

    /** From behind the opening bracket to behind the closing one. */
    private int levels(final int from, final boolean bid, final BookLevels levels) {
        int at = from;
        if (at >= 0 && bytes[at] == ']') {
            return at + 1;
        }
        do {
            final int kept = pass(NEW_LEVEL, at);
            int price = kept < 0 ? pass(CHANGED_LEVEL, at) : kept;
            final boolean deleted = price < 0;
            price = deleted ? pass(DELETED_LEVEL, at) : price;
            at = decimal(price);
            final long mantissa = number.mantissa;
            final int exponent = number.exponent;
            at = pass(END_LEVEL, decimal(pass(COMMA, at)));
            if (at < 0
                    || !levels.add(
                            bid,
                            mantissa,
                            exponent,
                            deleted ? 0 : number.mantissa,
                            deleted ? 0 : number.exponent)) {
                return NO;
            }
        } while (bytes[at++] == ',');
        return bytes[at - 1] == ']' ? at : NO;
    }
}
