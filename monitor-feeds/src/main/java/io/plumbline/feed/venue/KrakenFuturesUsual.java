package io.plumbline.feed.venue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;

/**
 * A change of one level of a book: {@code {"feed":"book","product_id":"PI_ETHUSD","side":"sell",
 * "seq":26660957,"price":2006.1,"qty":3831.0,"timestamp":1626994928404}}. {@link
 * KrakenFuturesDecoder} reads whatever is written otherwise.
 */
final class KrakenFuturesUsual extends UsualForm {
    private static final Literal BOOK = Literal.of("{\"feed\":\"book\",\"product_id\":\"");
    private static final Literal SELL = Literal.of("\",\"side\":\"sell\",\"seq\":");
    private static final Literal BUY = Literal.of("\",\"side\":\"buy\",\"seq\":");
    private static final Literal PRICE = Literal.of(",\"price\":");
    private static final Literal QUANTITY = Literal.of(",\"qty\":");
    private static final Literal TIME = Literal.of(",\"timestamp\":");
    private static final Literal END = Literal.of("}");

    private final InstrumentNames names;

    KrakenFuturesUsual(final InstrumentNames names) {
        this.names = names;
    }

    /**
     * Makes the draft what the message says.
     *
     * @return false where it is not of the usual form: nothing of the draft was touched
     */
    boolean read(final InboundMessage message, final MarketEvent draft) {
        if (!begin(message)) {
            return false;
        }
        final int product = pass(BOOK, message.offset);
        final int quote = string(product);
        final int sold = pass(SELL, quote);
        int at = whole(sold < 0 ? pass(BUY, quote) : sold);
        final long sequence = number.mantissa;
        at = decimal(pass(PRICE, at));
        final long price = number.mantissa;
        final int priceExponent = number.exponent;
        at = decimal(pass(QUANTITY, at));
        final long size = number.mantissa;
        final int sizeExponent = number.exponent;
        at = moment(pass(TIME, at));
        if (pass(END, at) != to || quote == product) {
            return false;
        }
        draft.levels.add(sold < 0, price, priceExponent, size, sizeExponent);
        draft.type = EventType.MARKET;
        draft.channel = Channel.DEPTH;
        draft.book = BookAction.DELTA;
        draft.venueNs = VenueTime.epochNs(number.mantissa);
        draft.rule = SequenceRule.CONTIGUOUS;
        draft.countedPerConnection = true;
        draft.firstSequence = sequence;
        draft.lastSequence = sequence;
        names.name(draft, bytes, product, quote - product);
        return true;
    }
}
