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
 * A book or its changes, one ticker or one trade: {@code {"channel":"l2_data","timestamp":"..",
 * "sequence_num":200,"events":[{"type":"update","product_id":"ETH-USD","updates":[{"side":"bid",
 * "event_time":"..","price_level":"1918.01","new_quantity":"5.85"}]}]}}. {@link
 * CoinbaseAdvancedDecoder} reads whatever is written otherwise.
 */
final class CoinbaseAdvancedUsual extends UsualForm {
    private static final Literal BOOK = Literal.of("{\"channel\":\"l2_data\",");
    private static final Literal TICKER = Literal.of("{\"channel\":\"ticker\",");
    private static final Literal TRADES = Literal.of("{\"channel\":\"market_trades\",");
    private static final Literal CLIENT = Literal.of("\"client_id\":\"\",");
    private static final Literal TIME = Literal.of("\"timestamp\":\"");
    private static final Literal NUMBER = Literal.of("\",\"sequence_num\":");
    private static final Literal EVENTS = Literal.of(",\"events\":[{\"type\":\"");
    private static final Literal UPDATE = Literal.of("update");
    private static final Literal SNAPSHOT = Literal.of("snapshot");

    private static final Literal PRODUCT = Literal.of("\",\"product_id\":\"");
    private static final Literal LIST = Literal.of("\",\"updates\":[");
    private static final Literal BID = Literal.of("{\"side\":\"bid\",\"event_time\":\"");
    private static final Literal OFFER = Literal.of("{\"side\":\"offer\",\"event_time\":\"");
    private static final Literal PRICE_LEVEL = Literal.of("\",\"price_level\":\"");
    private static final Literal NEW_QUANTITY = Literal.of("\",\"new_quantity\":\"");
    private static final Literal END_LEVEL = Literal.of("\"}");
    private static final Literal END_BOOK = Literal.of("}]}");

    private static final Literal TICKERS = Literal.of("\",\"tickers\":[{\"type\":\"ticker");
    private static final Literal PRICE = Literal.of("\",\"price\":\"");

    /** What a ticker tells of the last day and year, which says nothing to us. */
    private static final Literal[] STATISTICS = {
        Literal.of("\",\"volume_24_h\":\""),
        Literal.of("\",\"low_24_h\":\""),
        Literal.of("\",\"high_24_h\":\""),
        Literal.of("\",\"low_52_w\":\""),
        Literal.of("\",\"high_52_w\":\""),
        Literal.of("\",\"price_percent_chg_24_h\":\"")
    };

    private static final Literal BEST_BID = Literal.of("\",\"best_bid\":\"");
    private static final Literal BEST_ASK = Literal.of("\",\"best_ask\":\"");
    private static final Literal BID_QUANTITY = Literal.of("\",\"best_bid_quantity\":\"");
    private static final Literal ASK_QUANTITY = Literal.of("\",\"best_ask_quantity\":\"");

    private static final Literal TRADE = Literal.of("\",\"trades\":[{\"product_id\":\"");
    private static final Literal TRADE_ID = Literal.of("\",\"trade_id\":\"");
    private static final Literal SIZE = Literal.of("\",\"size\":\"");
    private static final Literal TRADE_TIME = Literal.of("\",\"time\":\"");
    private static final Literal SIDE = Literal.of("\",\"side\":\"");

    private static final Literal END = Literal.of("\"}]}]}");

    private final CoinbaseProduct product;
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();
    private final Decimal price = new Decimal();

    // What every message begins with.
    private int time;
    private int timeEnd;
    private long sequence;
    private boolean isUpdate;

    private int changedStart;
    private int changedEnd;

    CoinbaseAdvancedUsual(final CoinbaseProduct product) {
        this.product = product;
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
        int at = pass(BOOK, message.offset);
        if (at >= 0) {
            return book(head(at), draft, out);
        }
        at = pass(TICKER, message.offset);
        return at >= 0
                ? ticker(head(at), draft, out)
                : trade(head(pass(TRADES, message.offset)), draft, out);
    }

    /** Behind the type of the first event. */
    private int head(final int from) {
        final int named = pass(CLIENT, from);
        time = pass(TIME, named < 0 ? from : named);
        timeEnd = string(time);
        int at = whole(pass(NUMBER, timeEnd));
        sequence = number.mantissa;
        at = pass(EVENTS, at);
        final int update = pass(UPDATE, at);
        isUpdate = update >= 0;
        return isUpdate ? update : pass(SNAPSHOT, at);
    }

    private boolean book(final int from, final MarketEvent draft, final EventHandler out) {
        final int name = pass(PRODUCT, from);
        final int quote = string(name);
        final int at = levels(pass(LIST, quote), draft.levels);
        if (pass(END_BOOK, at) != to || quote == name) {
            return false;
        }
        draft.channel = Channel.DEPTH;
        draft.book = isUpdate ? BookAction.DELTA : BookAction.SNAPSHOT;
        draft.venueNs = VenueTime.rfc3339Ns(bytes, time, timeEnd - time);
        draft.transactNs = VenueTime.rfc3339Ns(bytes, changedStart, changedEnd - changedStart);
        tell(name, quote, draft, out);
        return true;
    }

    private boolean ticker(final int from, final MarketEvent draft, final EventHandler out) {
        final int name = pass(PRODUCT, pass(TICKERS, from));
        final int quote = string(name);
        int at = quotedDecimal(pass(PRICE, quote));
        price.set(number.mantissa, number.exponent);
        for (final Literal key : STATISTICS) {
            at = string(pass(key, at));
        }
        at = quotedDecimal(pass(BEST_BID, at));
        bid.set(number.mantissa, number.exponent);
        final int sized = string(pass(BID_QUANTITY, at));
        at = quotedDecimal(pass(BEST_ASK, sized < 0 ? at : sized));
        ask.set(number.mantissa, number.exponent);
        at = sized < 0 ? string(pass(BID_QUANTITY, at)) : at;
        at = string(pass(ASK_QUANTITY, at));
        if (pass(END, at) != to || quote == name || bid.signum() + ask.signum() == 0) {
            return false;
        }
        draft.channel = Channel.BOOK_TICKER;
        draft.venueNs = VenueTime.rfc3339Ns(bytes, time, timeEnd - time);
        EventDraft.price(draft.bid, bid);
        EventDraft.price(draft.ask, ask);
        tell(name, quote, draft, out);
        if (price.signum() > 0) {
            draft.connectionSequence = MarketEvent.NONE;
            draft.channel = Channel.TICKER;
            draft.price.set(price);
            out.onEvent(draft);
        }
        return true;
    }

    private boolean trade(final int from, final MarketEvent draft, final EventHandler out) {
        final int name = pass(TRADE, from);
        final int quote = string(name);
        int at = digits(pass(TRADE_ID, quote));
        final long id = number.mantissa;
        at = quotedDecimal(pass(PRICE, at));
        price.set(number.mantissa, number.exponent);
        at = quotedDecimal(pass(SIZE, at));
        final long size = number.mantissa;
        final int sizeExponent = number.exponent;
        final int made = pass(TRADE_TIME, at);
        final int madeEnd = string(made);
        at = string(pass(SIDE, madeEnd));
        if (pass(END, at) != to || quote == name || price.signum() == 0) {
            return false;
        }
        draft.channel = Channel.TRADE;
        draft.rule = SequenceRule.CONTIGUOUS;
        draft.firstSequence = id;
        draft.lastSequence = id;
        draft.venueNs = VenueTime.rfc3339Ns(bytes, made, madeEnd - made);
        draft.price.set(price);
        draft.quantity.set(size, sizeExponent);
        tell(name, quote, draft, out);
        return true;
    }

    private void tell(
            final int name, final int quote, final MarketEvent draft, final EventHandler out) {
        draft.type = EventType.MARKET;
        draft.connectionSequence = sequence;
        product.take(bytes, name, quote - name);
        product.name(draft, product.find());
        out.onEvent(draft);
    }

    /** From behind the opening bracket to behind the closing one. */
    private int levels(final int from, final BookLevels levels) {
        int at = from;
        do {
            final int buys = pass(BID, at);
            // Of many levels only the last one's time is read: a snapshot has tens of thousands.
            changedStart = buys < 0 ? pass(OFFER, at) : buys;
            changedEnd = string(changedStart);
            at = quotedDecimal(pass(PRICE_LEVEL, changedEnd));
            final long level = number.mantissa;
            final int exponent = number.exponent;
            at = pass(END_LEVEL, quotedDecimal(pass(NEW_QUANTITY, at)));
            if (at < 0
                    || !levels.add(buys >= 0, level, exponent, number.mantissa, number.exponent)) {
                return NO;
            }
        } while (bytes[at++] == ',');
        return bytes[at - 1] == ']' ? at : NO;
    }
}
