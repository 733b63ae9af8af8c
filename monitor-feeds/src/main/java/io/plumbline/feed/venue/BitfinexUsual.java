package io.plumbline.feed.venue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;

/**
 * A book, a change of one level of it, a ticker, the trades of the past and the sign of life,
 * numbered: {@code [204928,[0.02182,1,-19939.46],180]}, {@code [204928,"hb",181]}. {@link
 * BitfinexDecoder} reads whatever is written otherwise.
 */
final class BitfinexUsual extends UsualForm {
    private static final Literal PAYLOAD = Literal.of(",[");
    private static final Literal HEARTBEAT = Literal.of(",\"hb\",");
    private static final Literal LIST = Literal.of("[");
    private static final Literal COMMA = Literal.of(",");
    private static final Literal END = Literal.of("]");

    /** Of numbers with an exponent. */
    private static final int MOST_PLACES = 18;

    private final InstrumentNames names;
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();
    private final Decimal last = new Decimal();

    BitfinexUsual(final InstrumentNames names) {
        this.names = names;
    }

    /** Decodes the message; false, with nothing said, where it is not of the usual form. */
    boolean decode(
            final InboundMessage message,
            final BitfinexChannels channels,
            final MarketEvent draft,
            final EventHandler out) {
        if (!begin(message) || bytes[message.offset] != '[') {
            return false;
        }
        final int at = whole(message.offset + 1);
        final int index = channels.find(number.mantissa);
        final int payload = pass(PAYLOAD, at);
        if (payload < 0) {
            return heartbeat(at, draft) && tell(draft, out);
        }
        if (index < 0) {
            return false;
        }
        final int instrument = channels.instrument(index);
        return switch (channels.channel(index)) {
            case DEPTH -> book(payload, instrument, draft) && tell(draft, out);
            case TRADE -> past(payload, draft) && tell(draft, out);
            case BOOK_TICKER -> ticker(payload, instrument, draft, out);
            default -> false;
        };
    }

    private static boolean tell(final MarketEvent draft, final EventHandler out) {
        out.onEvent(draft);
        return true;
    }

    /** The number of the message and its end; false for anything else. */
    private boolean isNumbered(final int from) {
        return pass(END, whole(pass(COMMA, from))) == to;
    }

    private boolean book(final int payload, final int instrument, final MarketEvent draft) {
        final boolean whole = bytes[payload] == '[';
        final int behind = whole ? levels(payload, draft.levels) : level(payload, draft.levels);
        if (!isNumbered(behind)) {
            draft.levels.clear();
            return false;
        }
        draft.type = EventType.MARKET;
        draft.channel = Channel.DEPTH;
        draft.book = whole ? BookAction.SNAPSHOT : BookAction.DELTA;
        draft.connectionSequence = number.mantissa;
        names.name(draft, instrument);
        return true;
    }

    /** A list of the past's trades, which are no news. */
    private boolean past(final int payload, final MarketEvent draft) {
        int at = payload;
        do {
            at = pass(LIST, at);
            at = pass(END, numbers(at));
        } while (at >= 0 && bytes[at++] == ',');
        if (at < 0 || bytes[at - 1] != ']' || !isNumbered(at)) {
            return false;
        }
        draft.channel = Channel.TRADE;
        draft.connectionSequence = number.mantissa;
        return true;
    }

    /** {@code bid,size,ask,size,change,change relative,last,..}: two events. */
    private boolean ticker(
            final int payload,
            final int instrument,
            final MarketEvent draft,
            final EventHandler out) {
        int at = decimal(payload);
        bid.set(number.mantissa, number.exponent);
        at = decimal(pass(COMMA, anySigned(pass(COMMA, at))));
        ask.set(number.mantissa, number.exponent);
        at = anySigned(pass(COMMA, at));
        at = anySigned(pass(COMMA, at));
        at = anySigned(pass(COMMA, at));
        at = decimal(pass(COMMA, at));
        last.set(number.mantissa, number.exponent);
        final int more = pass(COMMA, at);
        if (!isNumbered(pass(END, more < 0 ? at : numbers(more)))) {
            return false;
        }
        draft.type = EventType.MARKET;
        draft.channel = Channel.BOOK_TICKER;
        draft.connectionSequence = number.mantissa;
        EventDraft.price(draft.bid, bid);
        EventDraft.price(draft.ask, ask);
        names.name(draft, instrument);
        out.onEvent(draft);
        if (last.signum() > 0) {
            draft.channel = Channel.TICKER;
            draft.connectionSequence = MarketEvent.NONE;
            draft.price.set(last);
            out.onEvent(draft);
        }
        return true;
    }

    /** Numbers that say nothing to us, to what stands behind the last. */
    private int numbers(final int from) {
        int at = anySigned(from);
        while (at >= 0 && bytes[at] == ',') {
            at = anySigned(at + 1);
        }
        return at;
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

    /** Behind the exponent of the number just read, where it has one: {@code 2e-8}. */
    private int scientific(final int from) {
        if (from < 0 || bytes[from] != 'e' || bytes[from + 1] != '-') {
            return from;
        }
        final long mantissa = number.mantissa;
        final int places = number.exponent;
        final int at = digits(from + 2);
        if (at < 0 || number.mantissa > MOST_PLACES) {
            return NO;
        }
        number.exponent = places - (int) number.mantissa;
        number.mantissa = mantissa;
        return at;
    }

    /** {@code price,count,amount} and the bracket behind them; the amount's sign is the side. */
    private int level(final int from, final BookLevels levels) {
        int at = scientific(decimal(from));
        final long price = number.mantissa;
        final int exponent = number.exponent;
        at = whole(pass(COMMA, at));
        final boolean gone = number.mantissa == 0;
        at = pass(COMMA, at);
        final boolean bid = at < 0 || bytes[at] != '-';
        at = pass(END, scientific(decimal(bid ? at : at + 1)));
        final long size = number.mantissa;
        final int places = gone ? 0 : number.exponent;
        return at > 0 && size > 0 && levels.add(bid, price, exponent, gone ? 0 : size, places)
                ? at
                : NO;
    }
}
