package io.plumbline.feed.venue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;

/**
 * Changes of a book: {@code {"type":"l2update","product_id":"CRV-EUR","changes":[["buy","3.2857",
 * "140.93"]],"time":"2021-04-17T16:43:37.242188Z"}}. {@link CoinbaseExchangeDecoder} reads whatever
 * is written otherwise.
 */
final class CoinbaseExchangeUsual extends UsualForm {
    private static final Literal TYPE = Literal.of("{\"type\":\"l2update\",");
    private static final Literal PRODUCT = Literal.of("\"product_id\":\"");
    private static final Literal CHANGES = Literal.of("\",\"changes\":[");
    private static final Literal BUY = Literal.of("[\"buy\",\"");
    private static final Literal SELL = Literal.of("[\"sell\",\"");
    private static final Literal WITHIN_LEVEL = Literal.of("\",\"");
    private static final Literal END_LEVEL = Literal.of("\"]");
    private static final Literal TIME = Literal.of(",\"time\":\"");
    private static final Literal END = Literal.of("\"}");

    private final InstrumentNames names;

    CoinbaseExchangeUsual(final InstrumentNames names) {
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
        final int product = pass(PRODUCT, pass(TYPE, message.offset));
        final int quote = string(product);
        final int time = pass(TIME, changes(pass(CHANGES, quote), draft.levels));
        final int end = string(time);
        if (pass(END, end) != to || quote == product) {
            return false;
        }
        draft.type = EventType.MARKET;
        draft.channel = Channel.DEPTH;
        draft.book = BookAction.DELTA;
        draft.venueNs = VenueTime.rfc3339Ns(bytes, time, end - time);
        names.name(draft, bytes, product, quote - product);
        return true;
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
