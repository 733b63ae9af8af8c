package io.plumbline.feed.venue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;

/**
 * Book tickers, trades and changes of a book with their keys in the order in which Binance's
 * markets write them, raw and combined, straight into the event. {@link BinanceUsual} reads them in
 * any other order.
 */
final class BinanceTemplate extends UsualForm {
    private static final Literal STREAM = Literal.of("{\"stream\":\"");
    private static final Literal DATA = Literal.of("\",\"data\":{");
    private static final Literal BEGIN = Literal.of("{");
    private static final Literal END = Literal.of("}");
    private static final Literal END_COMBINED = Literal.of("}}");
    private static final Literal TICKER_UPDATE = Literal.of("\"e\":\"bookTicker\",\"u\":");
    private static final Literal BARE_UPDATE = Literal.of("\"u\":");
    private static final Literal TICKER = Literal.of(",\"e\":\"bookTicker\"");
    private static final Literal TRADE = Literal.of("\"e\":\"trade\"");
    private static final Literal AGG_TRADE = Literal.of("\"e\":\"aggTrade\"");
    private static final Literal DEPTH = Literal.of("\"e\":\"depthUpdate\"");
    private static final Literal EVENT_TIME = Literal.of(",\"E\":");
    private static final Literal TRANSACT_TIME = Literal.of(",\"T\":");
    private static final Literal SYMBOL = Literal.of(",\"s\":\"");
    private static final Literal PAIR = Literal.of(",\"ps\":\"");
    private static final Literal QUOTE = Literal.of("\"");
    private static final Literal BID = Literal.of(",\"b\":\"");
    private static final Literal BID_SIZE = Literal.of("\",\"B\":\"");
    private static final Literal ASK = Literal.of("\",\"a\":\"");
    private static final Literal ASK_SIZE = Literal.of("\",\"A\":\"");
    private static final Literal TRADE_ID = Literal.of(",\"t\":");
    private static final Literal AGGREGATE_ID = Literal.of(",\"a\":");
    private static final Literal PRICE = Literal.of(",\"p\":\"");
    private static final Literal QUANTITY = Literal.of("\",\"q\":\"");
    private static final Literal FIRST_TRADE = Literal.of(",\"f\":");
    private static final Literal LAST_TRADE = Literal.of(",\"l\":");
    private static final Literal MARKET = Literal.of(",\"X\":\"MARKET\"");
    private static final Literal BOUGHT = Literal.of(",\"m\":false");
    private static final Literal SOLD = Literal.of(",\"m\":true");
    private static final Literal BEST_MATCH = Literal.of(",\"M\":true");
    private static final Literal FIRST = Literal.of(",\"U\":");
    private static final Literal LAST = Literal.of(",\"u\":");
    private static final Literal PREVIOUS = Literal.of(",\"pu\":");
    private static final Literal BIDS = Literal.of(",\"b\":[");
    private static final Literal ASKS = Literal.of(",\"a\":[");
    private static final int KIND = 5;
    private static final long NONE = MarketEvent.NONE;

    private final SequenceRule depthRule;
    private final InstrumentNames names;
    private final BinanceStreamName stream = new BinanceStreamName();
    private long eventTime;
    private long transactTime;
    private int symbol;
    private int symbolEnd;

    BinanceTemplate(final SequenceRule depthRule, final InstrumentNames names) {
        this.depthRule = depthRule;
        this.names = names;
    }

    /**
     * Makes the draft what the message says.
     *
     * @return false where it is not of the form: the draft is then to be begun again
     */
    boolean read(final InboundMessage message, final MarketEvent draft) {
        if (!begin(message)) {
            return false;
        }
        stream.clear();
        eventTime = NONE;
        transactTime = NONE;
        final int name = pass(STREAM, message.offset);
        final int from;
        if (name < 0) {
            from = pass(BEGIN, message.offset);
        } else {
            final int quote = string(name);
            from = pass(DATA, quote);
            stream.set(bytes, name, quote - name);
        }
        if (from < 0) {
            return false;
        }
        final int at =
                switch (bytes[from + KIND]) {
                    case 't' -> trade(from, draft);
                    case 'd' -> depth(from, draft);
                    case 'a' -> aggregate(from, draft);
                    default -> bookTicker(from, draft);
                };
        if (pass(name < 0 ? END : END_COMBINED, at) != to || symbol == symbolEnd) {
            return false;
        }
        draft.type = EventType.MARKET;
        draft.venueNs = VenueTime.epochNs(eventTime);
        draft.transactNs = VenueTime.epochNs(transactTime);
        names.name(draft, bytes, symbol, symbolEnd - symbol);
        return true;
    }

    private int bookTicker(final int from, final MarketEvent draft) {
        int at = pass(TICKER_UPDATE, from);
        at = whole(at < 0 ? pass(BARE_UPDATE, from) : at);
        draft.channel = Channel.BOOK_TICKER;
        draft.rule = SequenceRule.INCREASING;
        draft.firstSequence = number.mantissa;
        draft.lastSequence = number.mantissa;
        final int named = pass(TICKER, at);
        at = symbol(times(named < 0 ? at : named));
        at = price(draft.bid, pass(BID, at));
        at = string(pass(BID_SIZE, at));
        at = price(draft.ask, pass(ASK, at));
        at = string(pass(ASK_SIZE, at));
        return times(pass(QUOTE, at));
    }

    private int trade(final int from, final MarketEvent draft) {
        final int at = symbol(times(pass(TRADE, from)));
        draft.channel = Channel.TRADE;
        return traded(times(sold(whole(pass(TRADE_ID, at)), draft)));
    }

    private int aggregate(final int from, final MarketEvent draft) {
        int at = symbol(times(pass(AGG_TRADE, from)));
        draft.channel = Channel.AGG_TRADE;
        at = sold(whole(pass(AGGREGATE_ID, at)), draft);
        at = whole(pass(FIRST_TRADE, at));
        at = whole(pass(LAST_TRADE, at));
        return traded(times(at));
    }

    /** Price and quantity, behind the number of the trade. */
    private int sold(final int from, final MarketEvent draft) {
        draft.rule = SequenceRule.CONTIGUOUS;
        draft.firstSequence = number.mantissa;
        draft.lastSequence = number.mantissa;
        int at = price(draft.price, pass(PRICE, from));
        at = normalDecimal(pass(QUANTITY, at));
        draft.quantity.set(number.mantissa, number.exponent);
        return pass(QUOTE, at);
    }

    /** What a trade was; one that was none of the market goes the other way. */
    private int traded(final int from) {
        final int market = pass(MARKET, from);
        final int at = market < 0 ? from : market;
        final int sold = pass(SOLD, at);
        final int behind = sold < 0 ? pass(BOUGHT, at) : sold;
        final int best = pass(BEST_MATCH, behind);
        return best < 0 ? behind : best;
    }

    private int depth(final int from, final MarketEvent draft) {
        int at = symbol(times(pass(DEPTH, from)));
        at = whole(pass(FIRST, at));
        final long first = number.mantissa;
        at = whole(pass(LAST, at));
        final long last = number.mantissa;
        final int previous = pass(PREVIOUS, at);
        if (previous >= 0) {
            at = whole(previous);
        }
        final boolean chained = depthRule == SequenceRule.CHAINED;
        if (at < 0 || first > last || chained && previous < 0 || stream.isPartialDepth()) {
            return NO;
        }
        draft.channel = Channel.DEPTH;
        draft.book = BookAction.DELTA;
        draft.rule = depthRule;
        draft.firstSequence = first;
        draft.lastSequence = last;
        if (chained) {
            draft.previousSequence = number.mantissa;
        }
        at = side(pass(BIDS, at), true, draft.levels);
        return side(pass(ASKS, at), false, draft.levels);
    }

    /** Behind the times, of which there may be two, one or none. */
    private int times(final int from) {
        final int transact = pass(TRANSACT_TIME, from);
        if (transact >= 0) {
            final int at = moment(transact);
            transactTime = number.mantissa;
            final int event = pass(EVENT_TIME, at);
            return event < 0 ? at : eventTime(event);
        }
        final int event = pass(EVENT_TIME, from);
        if (event < 0) {
            return from;
        }
        final int at = eventTime(event);
        final int second = pass(TRANSACT_TIME, at);
        if (second < 0) {
            return at;
        }
        final int behind = moment(second);
        transactTime = number.mantissa;
        return behind;
    }

    private int eventTime(final int from) {
        final int at = moment(from);
        eventTime = number.mantissa;
        return at;
    }

    /** Behind the symbol, and the pair where one follows. */
    private int symbol(final int from) {
        symbol = pass(SYMBOL, from);
        symbolEnd = string(symbol);
        final int at = pass(QUOTE, symbolEnd);
        final int pair = pass(PAIR, at);
        return pair < 0 ? at : pass(QUOTE, string(pair));
    }

    /** Zero is the venue's way of saying that there is none. */
    private int price(final Decimal out, final int from) {
        final int behind = normalDecimal(from);
        if (number.mantissa > 0) {
            out.set(number.mantissa, number.exponent);
        }
        return behind;
    }
}
