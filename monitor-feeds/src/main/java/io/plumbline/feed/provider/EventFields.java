package io.plumbline.feed.provider;

import io.plumbline.feed.venue.EventDraft;
import io.plumbline.feed.venue.InstrumentNames;
import io.plumbline.market.BookAction;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;
import java.nio.charset.StandardCharsets;

/** The fields of one event as a decoder read them, before anything is said of it. Reused. */
final class EventFields {
    private static final FieldRole[] ROLES = FieldRole.values();

    private final Decimal[] numbers = new Decimal[ROLES.length];
    private byte[] symbolBytes;
    private int symbolStart;
    private int symbolLength;
    private boolean quoted;
    long timeNs;
    long sequence;
    long previous;

    EventFields() {
        for (final FieldRole role : ROLES) {
            numbers[role.ordinal()] = new Decimal();
        }
    }

    /** What a channel is about: at least one of these is in its messages. */
    static boolean isMain(final FieldRole role, final Channel channel) {
        switch (channel) {
            case BOOK_TICKER:
                return role == FieldRole.BID || role == FieldRole.ASK;
            case MARK_PRICE:
                return role == FieldRole.MARK;
            default:
                return role == FieldRole.PRICE;
        }
    }

    void clear() {
        for (final Decimal number : numbers) {
            number.clear();
        }
        symbolLength = 0;
        quoted = false;
        timeNs = MarketEvent.NONE;
        sequence = MarketEvent.NONE;
        previous = MarketEvent.NONE;
    }

    Decimal number(final FieldRole role) {
        return numbers[role.ordinal()];
    }

    void symbol(final byte[] bytes, final int start, final int length) {
        symbolBytes = bytes;
        symbolStart = start;
        symbolLength = length;
    }

    /** Cold path. */
    String symbolText() {
        return new String(symbolBytes, symbolStart, symbolLength, StandardCharsets.UTF_8);
    }

    /** A side of the quote is there, be it to say that there is none. */
    void quoted() {
        quoted = true;
    }

    /** Whether they make an event: a symbol, what the channel is about, the numbers of its rule. */
    boolean isEvent(final Channel channel, final SequenceRule rule) {
        final boolean numbered =
                rule == SequenceRule.NONE
                        || sequence != MarketEvent.NONE
                                && (rule != SequenceRule.CHAINED || previous != MarketEvent.NONE);
        return symbolLength > 0 && numbered && isPriced(channel);
    }

    private boolean isPriced(final Channel channel) {
        switch (channel) {
            case BOOK_TICKER:
                return quoted;
            case MARK_PRICE:
                return number(FieldRole.MARK).isGiven();
            default:
                return number(FieldRole.PRICE).isGiven();
        }
    }

    /** Makes the draft the event. */
    void fill(
            final MarketEvent draft,
            final Channel channel,
            final SequenceRule rule,
            final InstrumentNames names) {
        draft.type = EventType.MARKET;
        draft.channel = channel;
        draft.venueNs = timeNs;
        draft.rule = rule;
        if (rule != SequenceRule.NONE) {
            draft.firstSequence = sequence;
            draft.lastSequence = sequence;
        }
        if (rule == SequenceRule.CHAINED) {
            draft.previousSequence = previous;
        }
        switch (channel) {
            case BOOK_TICKER -> {
                EventDraft.price(draft.bid, number(FieldRole.BID));
                EventDraft.price(draft.ask, number(FieldRole.ASK));
                level(draft, true, draft.bid, number(FieldRole.BID_SIZE));
                level(draft, false, draft.ask, number(FieldRole.ASK_SIZE));
            }
            case MARK_PRICE -> {
                EventDraft.price(draft.mark, number(FieldRole.MARK));
                EventDraft.price(draft.index, number(FieldRole.INDEX));
            }
            default -> {
                EventDraft.price(draft.price, number(FieldRole.PRICE));
                draft.quantity.set(number(FieldRole.SIZE));
            }
        }
        names.name(draft, symbolBytes, symbolStart, symbolLength);
    }

    /** The best price of a side with its size: the top of the book, sent whole each time. */
    private static void level(
            final MarketEvent draft, final boolean bid, final Decimal price, final Decimal size) {
        if (price.isGiven() && size.isGiven() && draft.levels.begin(bid)) {
            draft.levels.price(price.mantissa(), price.exponent());
            draft.levels.size(size.mantissa(), size.exponent());
            draft.book = BookAction.WINDOW;
        }
    }
}
