package io.plumbline.feed.venue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;

/**
 * A book, a change of one level of it, and the sign of life, numbered: {@code
 * [204928,[0.02182,1,-19939.46],180]}, {@code [204928,"hb",181]}. {@link BitfinexDecoder} reads
 * whatever is written otherwise.
 */
final class BitfinexUsual extends UsualForm {
    private static final Literal PAYLOAD = Literal.of(",[");
    private static final Literal HEARTBEAT = Literal.of(",\"hb\",");
    private static final Literal COMMA = Literal.of(",");
    private static final Literal END = Literal.of("]");

    private final InstrumentNames names;

    BitfinexUsual(final InstrumentNames names) {
        this.names = names;
    }

    /**
     * Makes the draft what the message says.
     *
     * @return false where it is not of the usual form: of the draft only levels were touched
     */
    boolean read(
            final InboundMessage message,
            final BitfinexChannels channels,
            final MarketEvent draft) {
        if (!begin(message) || bytes[message.offset] != '[') {
            return false;
        }
        int at = whole(message.offset + 1);
        final int index = channels.find(number.mantissa);
        final int payload = pass(PAYLOAD, at);
        if (payload < 0) {
            return heartbeat(at, draft);
        }
        if (index < 0 || channels.channel(index) != Channel.DEPTH) {
            return false;
        }
        final boolean whole = bytes[payload] == '[';
        at = whole ? levels(payload, draft.levels) : level(payload, draft.levels);
        at = whole(pass(COMMA, at));
        if (pass(END, at) != to) {
            return false;
        }
        draft.type = EventType.MARKET;
        draft.channel = Channel.DEPTH;
        draft.book = whole ? BookAction.SNAPSHOT : BookAction.DELTA;
        draft.connectionSequence = number.mantissa;
        names.name(draft, channels.instrument(index));
        return true;
    }

    private boolean heartbeat(final int from, final MarketEvent draft) {
        final int at = whole(pass(HEARTBEAT, from));
        if (pass(END, at) != to) {
            return false;
        }
        draft.type = EventType.HEARTBEAT;
        draft.connectionSequence = number.mantissa;
        return true;
    }

    /** From the first opening bracket to behind the bracket that closes the list. */
    private int levels(final int from, final BookLevels levels) {
        int at = from;
        while (at < to && bytes[at] == '[') {
            at = level(at + 1, levels);
            if (at < 0) {
                return NO;
            }
            if (bytes[at++] != ',') {
                return bytes[at - 1] == ']' ? at : NO;
            }
        }
        return NO;
    }

    /** {@code price,count,amount} and the bracket behind them; the amount's sign is the side. */
    private int level(final int from, final BookLevels levels) {
        int at = decimal(from);
        final long price = number.mantissa;
        final int exponent = number.exponent;
        at = whole(pass(COMMA, at));
        final boolean gone = number.mantissa == 0;
        at = pass(COMMA, at);
        final boolean bid = at < 0 || bytes[at] != '-';
        at = pass(END, decimal(bid ? at : at + 1));
        final long size = number.mantissa;
        final int places = gone ? 0 : number.exponent;
        return at > 0 && size > 0 && levels.add(bid, price, exponent, gone ? 0 : size, places)
                ? at
                : NO;
    }
}
