package io.plumbline.feed.venue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;

/**
 * Changes of a book, a ticker or a trade: {@code {"type":"l2update","product_id":"CRV-EUR",
 * "changes":[["buy","3.2857","140.93"]],"time":"2021-04-17T16:43:37.242188Z"}}. {@link
 * CoinbaseExchangeDecoder} reads whatever is written otherwise.
 */
final class CoinbaseExchangeUsual extends UsualForm {
    private static final Literal CHANGE = Literal.of("{\"type\":\"l2update\",");
    private static final Literal PRODUCT = Literal.of("\"product_id\":\"");
    private static final Literal CHANGES = Literal.of("\",\"changes\":[");
    private static final Literal BUY = Literal.of("[\"buy\",\"");
    private static final Literal SELL = Literal.of("[\"sell\",\"");
    private static final Literal WITHIN_LEVEL = Literal.of("\",\"");
    private static final Literal END_LEVEL = Literal.of("\"]");
    private static final Literal TIME = Literal.of(",\"time\":\"");
    private static final Literal END = Literal.of("\"}");

    private static final Literal TICKER = Literal.of("{\"type\":\"ticker\",\"sequence\":");
    private static final Literal NEXT = Literal.of(",");
    private static final Literal PRICE = Literal.of("\",\"price\":\"");

    /** What a ticker tells of the last day and month, which says nothing to us. */
    private static final Literal[] STATISTICS = {
        Literal.of("\",\"open_24h\":\""),
        Literal.of("\",\"volume_24h\":\""),
        Literal.of("\",\"low_24h\":\""),
        Literal.of("\",\"high_24h\":\""),
        Literal.of("\",\"volume_30d\":\"")
    };

    private static final Literal BEST_BID = Literal.of("\",\"best_bid\":\"");
    private static final Literal BID_SIZE = Literal.of("\",\"best_bid_size\":\"");
    private static final Literal BEST_ASK = Literal.of("\",\"best_ask\":\"");
    private static final Literal ASK_SIZE = Literal.of("\",\"best_ask_size\":\"");
    private static final Literal SIDE = Literal.of("\",\"side\":\"");
    private static final Literal NEXT_TIME = Literal.of("\",\"time\":\"");
    private static final Literal LAST_ID = Literal.of("\",\"trade_id\":");
    private static final Literal LAST_SIZE = Literal.of(",\"last_size\":\"");

    private static final Literal MATCH = Literal.of("{\"type\":\"match\",\"trade_id\":");
    private static final Literal LAST_MATCH = Literal.of("{\"type\":\"last_match\",\"trade_id\":");
    private static final Literal MAKER = Literal.of(",\"maker_order_id\":\"");
    private static final Literal TAKER = Literal.of("\",\"taker_order_id\":\"");
    private static final Literal SIZE = Literal.of("\",\"size\":\"");
    private static final Literal MATCHED = Literal.of("\",\"product_id\":\"");
    private static final Literal SEQUENCE = Literal.of("\",\"sequence\":");

    private final InstrumentNames names;
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();
    private final Decimal price = new Decimal();

    CoinbaseExchangeUsual(final InstrumentNames names) {
        this.names = names;
    }

    /**
     * Tells what the message says.
     *
     * @return false, with nothing told, where it is not of the usual form: of the draft only levels
     *     were touched
     */
    boolean read(final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        if (!begin(message)) {
            return false;
        }
        int at = pass(CHANGE, message.offset);
        if (at >= 0) {
            return change(at, draft, out);
        }
        at = pass(TICKER, message.offset);
        if (at >= 0) {
            return ticker(at, draft, out);
        }
        at = pass(MATCH, message.offset);
        return match(at < 0 ? pass(LAST_MATCH, message.offset) : at, draft, out);
    }

    private boolean change(final int from, final MarketEvent draft, final EventHandler out) {
        final int product = pass(PRODUCT, from);
        final int quote = string(product);
        final int time = pass(TIME, changes(pass(CHANGES, quote), draft.levels));
        final int end = string(time);
        if (pass(END, end) != to || quote == product) {
            return false;
        }
        draft.channel = Channel.DEPTH;
        draft.book = BookAction.DELTA;
        draft.venueNs = VenueTime.rfc3339Ns(bytes, time, end - time);
        tell(product, quote, draft, out);
        return true;
    }

    private boolean ticker(final int from, final MarketEvent draft, final EventHandler out) {
        int at = whole(from);
        final long sequence = number.mantissa;
        final int product = pass(PRODUCT, pass(NEXT, at));
        final int quote = string(product);
        at = quotedDecimal(pass(PRICE, quote));
        price.set(number.mantissa, number.exponent);
        for (final Literal key : STATISTICS) {
            at = string(pass(key, at));
        }
        at = quotedDecimal(pass(BEST_BID, at));
        bid.set(number.mantissa, number.exponent);
        final int bidSize = string(pass(BID_SIZE, at));
        at = quotedDecimal(pass(BEST_ASK, bidSize < 0 ? at : bidSize));
        ask.set(number.mantissa, number.exponent);
        final int askSize = string(pass(ASK_SIZE, at));
        at = string(pass(SIDE, askSize < 0 ? at : askSize));
        final int time = pass(NEXT_TIME, at);
        final int timeEnd = string(time);
        at = whole(pass(LAST_ID, timeEnd));
        at = string(pass(LAST_SIZE, at));
        if (pass(END, at) != to || quote == product || bid.signum() + ask.signum() == 0) {
            return false;
        }
        draft.channel = Channel.BOOK_TICKER;
        number(draft, SequenceRule.INCREASING, sequence);
        draft.venueNs = VenueTime.rfc3339Ns(bytes, time, timeEnd - time);
        EventDraft.price(draft.bid, bid);
        EventDraft.price(draft.ask, ask);
        tell(product, quote, draft, out);
        if (price.signum() > 0) {
            draft.channel = Channel.TICKER;
            draft.price.set(price);
            out.onEvent(draft);
        }
        return true;
    }

    private boolean match(final int from, final MarketEvent draft, final EventHandler out) {
        int at = whole(from);
        final long id = number.mantissa;
        at = string(pass(TAKER, string(pass(MAKER, at))));
        at = quotedDecimal(pass(SIZE, string(pass(SIDE, at))));
        final long size = number.mantissa;
        final int sizeExponent = number.exponent;
        at = quotedDecimal(pass(PRICE, at));
        price.set(number.mantissa, number.exponent);
        final int product = pass(MATCHED, at);
        final int quote = string(product);
        final int time = pass(TIME, whole(pass(SEQUENCE, quote)));
        final int timeEnd = string(time);
        if (pass(END, timeEnd) != to || quote == product || price.signum() == 0) {
            return false;
        }
        draft.channel = Channel.TRADE;
        number(draft, SequenceRule.CONTIGUOUS, id);
        draft.venueNs = VenueTime.rfc3339Ns(bytes, time, timeEnd - time);
        draft.price.set(price);
        draft.quantity.set(size, sizeExponent);
        tell(product, quote, draft, out);
        return true;
    }

    private static void number(
            final MarketEvent draft, final SequenceRule rule, final long sequence) {
        draft.rule = rule;
        draft.firstSequence = sequence;
        draft.lastSequence = sequence;
    }

    private void tell(
            final int product, final int quote, final MarketEvent draft, final EventHandler out) {
        draft.type = EventType.MARKET;
        names.name(draft, bytes, product, quote - product);
        out.onEvent(draft);
    }

    /** From behind the opening bracket to behind the closing one. */
    private int changes(final int from, final BookLevels levels) {
        int at = from;
        do {
            final int sold = pass(SELL, at);
            at = quotedDecimal(sold < 0 ? pass(BUY, at) : sold);
            final long price = number.mantissa;
            final int exponent = number.exponent;
            at = pass(END_LEVEL, quotedDecimal(pass(WITHIN_LEVEL, at)));
            if (at < 0
                    || !levels.add(sold < 0, price, exponent, number.mantissa, number.exponent)) {
                return NO;
            }
        } while (bytes[at++] == ',');
        return bytes[at - 1] == ']' ? at : NO;
    }
}
