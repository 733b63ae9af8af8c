package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;

/**
 * Tickers with their keys in an order in which one came before. Of some 36 keys seven are read; the
 * order differs between futures and options. {@link DeribitData} reads whatever is written
 * otherwise, and what it read is learned. Engine thread, no allocation.
 */
final class DeribitTickerUsual extends UsualForm {
    private static final Literal BEGIN = Literal.of("{\"jsonrpc\":\"2.0\",");
    private static final Literal METHOD = Literal.of("\"method\":\"subscription\",");
    private static final Literal CHANNEL = Literal.of("\"params\":{\"channel\":\"ticker.");
    private static final Literal DATA = Literal.of("\",\"data\":");
    private static final Literal NULL = Literal.of("null");
    private static final Literal TRUE = Literal.of("true");
    private static final Literal FALSE = Literal.of("false");
    private static final int NAME = 0;
    private static final int TIME = 1;
    private static final int BID = 2;
    private static final int ASK = 3;
    private static final int LAST = 4;
    private static final int MARK = 5;
    private static final int INDEX = 6;

    /** More than there are kinds of instruments. */
    private static final int LAYOUTS = 8;

    private final InstrumentNames names;
    private final KnownLayout[] layouts = new KnownLayout[LAYOUTS];
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();
    private final Decimal last = new Decimal();
    private final Decimal mark = new Decimal();
    private final Decimal index = new Decimal();
    private KnownLayout spare = layout();
    private int newest;
    private long timeMs;
    private int name;
    private int nameEnd;

    DeribitTickerUsual(final InstrumentNames names) {
        this.names = names;
        for (int i = 0; i < LAYOUTS; i++) {
            layouts[i] = layout();
        }
    }

    private static KnownLayout layout() {
        return new KnownLayout(
                ascii("instrument_name"),
                ascii("timestamp"),
                ascii("best_bid_price"),
                ascii("best_ask_price"),
                ascii("last_price"),
                ascii("mark_price"),
                ascii("index_price"));
    }

    /** Tells of a ticker of a known form; false, with nothing said or touched, for any other. */
    boolean decode(final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        final int data = data(message);
        if (data < 0) {
            return false;
        }
        for (int i = 0; i < LAYOUTS; i++) {
            final KnownLayout layout = layouts[newest + i & LAYOUTS - 1];
            if (layout.values() > 0 && read(layout, data)) {
                tell(draft, out);
                return true;
            }
        }
        return false;
    }

    /** Learns the form of a ticker that was of none: the general way found it legal. */
    void learn(final InboundMessage message) {
        final int data = data(message);
        if (data < 0) {
            return;
        }
        spare.learn(bytes, data, to);
        boolean known = spare.values() < 0;
        for (final KnownLayout layout : layouts) {
            known |= layout.isLike(spare);
        }
        // Where it is known, only a value was unusual.
        if (!known) {
            newest = newest + LAYOUTS - 1 & LAYOUTS - 1;
            final KnownLayout oldest = layouts[newest];
            layouts[newest] = spare;
            spare = oldest;
        }
    }

    /** Where the ticker's object begins. */
    private int data(final InboundMessage message) {
        return begin(message)
                ? pass(DATA, string(pass(CHANNEL, pass(METHOD, pass(BEGIN, message.offset)))))
                : NO;
    }

    private boolean read(final KnownLayout layout, final int data) {
        bid.clear();
        ask.clear();
        last.clear();
        mark.clear();
        index.clear();
        timeMs = MarketEvent.NONE;
        name = 0;
        nameEnd = 0;
        final int values = layout.values();
        int at = data;
        for (int value = 0; value < values; value++) {
            at = layout.behind(bytes, at, to, value);
            if (at < 0) {
                return false;
            }
            at = value(layout.field(value), at);
        }
        return layout.behind(bytes, at, to, values) == to
                && nameEnd > name
                && (layout.has(BID) || layout.has(ASK));
    }

    private int value(final byte field, final int at) {
        return switch (field) {
            case KnownLayout.OTHER -> any(at);
            case NAME -> name(at);
            case TIME -> time(at);
            case BID -> price(bid, at);
            case ASK -> price(ask, at);
            case LAST -> price(last, at);
            case MARK -> price(mark, at);
            default -> price(index, at);
        };
    }

    private int name(final int at) {
        name = at + 1;
        nameEnd = bytes[at] == '"' ? string(name) : NO;
        return nameEnd < 0 ? NO : nameEnd + 1;
    }

    private int time(final int at) {
        final int behind = moment(at);
        timeMs = number.mantissa;
        return behind;
    }

    /** A price or null, which is none. */
    private int price(final Decimal to, final int at) {
        final int behind = decimal(at);
        if (behind < 0) {
            return pass(NULL, at);
        }
        to.set(number.mantissa, number.exponent);
        return behind;
    }

    /** A value that says nothing to us. */
    private int any(final int at) {
        final byte c = bytes[at];
        if (c == '"') {
            final int quote = string(at + 1);
            return quote < 0 ? NO : quote + 1;
        }
        if (c == 'n' || c == 't') {
            return pass(c == 'n' ? NULL : TRUE, at);
        }
        return c == 'f' ? pass(FALSE, at) : anySigned(at);
    }

    private void tell(final MarketEvent draft, final EventHandler out) {
        draft.type = EventType.MARKET;
        draft.channel = Channel.BOOK_TICKER;
        draft.venueNs = VenueTime.epochNs(timeMs);
        draft.rule = SequenceRule.NONE;
        names.name(draft, bytes, name, nameEnd - name);
        EventDraft.ticker(draft, bid, ask, last, mark, index, out);
    }
}
