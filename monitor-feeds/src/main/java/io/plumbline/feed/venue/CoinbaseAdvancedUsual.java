package io.plumbline.feed.venue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;

/**
 * A book or its changes: {@code {"channel":"l2_data","timestamp":"..","sequence_num":200,
 * "events":[{"type":"update","product_id":"ETH-USD","updates":[{"side":"bid","event_time":"..",
 * "price_level":"1918.01","new_quantity":"5.85"}]}]}}. {@link CoinbaseAdvancedDecoder} reads
 * whatever is written otherwise.
 */
final class CoinbaseAdvancedUsual extends UsualForm {
    private static final Literal CHANNEL = Literal.of("{\"channel\":\"l2_data\",");
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
    private static final Literal PRICE = Literal.of("\",\"price_level\":\"");
    private static final Literal SIZE = Literal.of("\",\"new_quantity\":\"");
    private static final Literal END_LEVEL = Literal.of("\"}");
    private static final Literal END = Literal.of("}]}");

    private final CoinbaseProduct product;
    private int changedStart;
    private int changedEnd;

    CoinbaseAdvancedUsual(final CoinbaseProduct product) {
        this.product = product;
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
        int at = pass(CHANNEL, message.offset);
        final int named = pass(CLIENT, at);
        final int time = pass(TIME, named < 0 ? at : named);
        final int timeEnd = string(time);
        at = whole(pass(NUMBER, timeEnd));
        final long sequence = number.mantissa;
        at = pass(EVENTS, at);
        final int update = pass(UPDATE, at);
        final int name = pass(PRODUCT, update < 0 ? pass(SNAPSHOT, at) : update);
        final int quote = string(name);
        at = levels(pass(LIST, quote), draft.levels);
        if (pass(END, at) != to || quote == name) {
            return false;
        }
        draft.type = EventType.MARKET;
        draft.channel = Channel.DEPTH;
        draft.book = update < 0 ? BookAction.SNAPSHOT : BookAction.DELTA;
        draft.connectionSequence = sequence;
        draft.venueNs = VenueTime.rfc3339Ns(bytes, time, timeEnd - time);
        draft.transactNs = VenueTime.rfc3339Ns(bytes, changedStart, changedEnd - changedStart);
        product.take(bytes, name, quote - name);
        product.name(draft, product.find());
        return true;
    }

    /** From behind the opening bracket to behind the closing one. */
    private int levels(final int from, final BookLevels levels) {
        int at = from;
        do {
            final int bid = pass(BID, at);
            // Of many levels only the last one's time is read: a snapshot has tens of thousands.
            changedStart = bid < 0 ? pass(OFFER, at) : bid;
            changedEnd = string(changedStart);
            at = quotedDecimal(pass(PRICE, changedEnd));
            final long price = number.mantissa;
            final int exponent = number.exponent;
            at = pass(END_LEVEL, quotedDecimal(pass(SIZE, at)));
            if (at < 0
                    || !levels.add(bid >= 0, price, exponent, number.mantissa, number.exponent)) {
                return NO;
            }
        } while (bytes[at++] == ',');
        return bytes[at - 1] == ']' ? at : NO;
    }
}
