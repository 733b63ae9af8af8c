package io.plumbline.feed.venue;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.ChecksumRule;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;

/** The payloads of Bitfinex's channels. Engine thread, no allocation. */
final class BitfinexData {
    /** What an array carries, by the tag before its payload. */
    enum Tag {
        /** None: a snapshot, a change of a book, a ticker. */
        NONE,
        HEARTBEAT,
        CHECKSUM,
        /** A trade, at once. */
        EXECUTED,
        /** The same trade once more. */
        CONFIRMED,
        OTHER
    }

    private static final int LAST_PRICE = 6;
    private static final long MOST_CHECKSUM = 0xFFFF_FFFFL;
    private static final long NONE = MarketEvent.NONE;

    private final JsonCursor cursor;
    private final InstrumentNames names;
    private final Decimal number = new Decimal();

    BitfinexData(final JsonCursor cursor, final InstrumentNames names) {
        this.cursor = cursor;
        this.names = names;
    }

    /**
     * Decodes the payload at the cursor, already known to be legal JSON, for the channel in the
     * draft.
     *
     * @return false, with nothing said, for what Bitfinex does not send
     */
    boolean decode(
            final Tag tag, final int instrument, final MarketEvent draft, final EventHandler out) {
        return switch (draft.channel) {
            case DEPTH -> book(tag, draft) && tell(instrument, draft, out);
            case TRADE -> trade(tag, draft) && tell(instrument, draft, out);
            default -> tag == Tag.NONE && ticker(instrument, draft, out);
        };
    }

    private boolean tell(final int instrument, final MarketEvent draft, final EventHandler out) {
        if (draft.type == EventType.MARKET) {
            names.name(draft, instrument);
        }
        out.onEvent(draft);
        return true;
    }

    /** {@code [[price, count, amount],..]}, one of them, or a checksum of what came before. */
    private boolean book(final Tag tag, final MarketEvent draft) {
        draft.type = EventType.MARKET;
        if (tag == Tag.CHECKSUM) {
            final long signed = cursor.longValue(NONE);
            draft.book = BookAction.DELTA;
            draft.checksum = signed & MOST_CHECKSUM;
            draft.checksumRule = ChecksumRule.BITFINEX;
            return signed == (int) signed;
        }
        if (tag != Tag.NONE || !cursor.beginArray()) {
            return false;
        }
        if (cursor.peek() != '[' && cursor.peek() != ']') {
            draft.book = BookAction.DELTA;
            return draft.levels.begin(true) && level(draft.levels);
        }
        draft.book = BookAction.SNAPSHOT;
        while (cursor.nextElement()) {
            if (!draft.levels.begin(true) || !cursor.beginArray() || !level(draft.levels)) {
                return false;
            }
        }
        return true;
    }

    /** A count of zero takes the level out; the sign of the amount is the side. */
    private boolean level(final BookLevels levels) {
        boolean legal = true;
        boolean gone = false;
        boolean bid = true;
        int at = 0;
        for (; cursor.nextElement(); at++) {
            switch (at) {
                case 0 -> legal &= cursor.price(levels);
                case 1 -> {
                    final long count = cursor.longValue(NONE);
                    gone = count == 0;
                    legal &= count >= 0;
                }
                case 2 -> {
                    legal &= cursor.number() && cursor.stringLength() > 0;
                    bid = legal && !isNegative();
                    final int sign = bid ? 0 : 1;
                    legal &=
                            levels.size(
                                    cursor.stringBytes(),
                                    cursor.stringStart() + sign,
                                    cursor.stringLength() - sign);
                }
                default -> cursor.skip();
            }
        }
        if (!legal || at < 3 || levels.size(levels.count() - 1) <= 0) {
            return false;
        }
        levels.side(bid);
        if (gone) {
            levels.size(0, 0);
        }
        return true;
    }

    private boolean isNegative() {
        return cursor.stringBytes()[cursor.stringStart()] == '-';
    }

    /** {@code [id, time, amount, price]}; a list of the past's is no news, nor is a second copy. */
    private boolean trade(final Tag tag, final MarketEvent draft) {
        if (!cursor.beginArray()) {
            return false;
        }
        if (tag == Tag.NONE) {
            return cursor.peek() == '[' || cursor.peek() == ']';
        }
        long id = NONE;
        long timeMs = NONE;
        for (int at = 0; cursor.nextElement(); at++) {
            switch (at) {
                case 0 -> id = cursor.longValue(NONE);
                case 1 -> timeMs = cursor.longValue(NONE);
                case 2 -> amount(draft.quantity);
                case 3 -> {
                    cursor.decimal(number);
                    EventDraft.price(draft.price, number);
                }
                default -> cursor.skip();
            }
        }
        if (tag == Tag.CHECKSUM
                || id == NONE
                || !draft.quantity.isGiven()
                || !draft.price.isGiven()) {
            return false;
        }
        if (tag == Tag.CONFIRMED) {
            final long messageNumber = draft.connectionSequence;
            EventDraft.restart(draft);
            draft.channel = Channel.TRADE;
            draft.connectionSequence = messageNumber;
            return true;
        }
        draft.type = EventType.MARKET;
        draft.venueNs = VenueTime.epochNs(timeMs);
        draft.rule = SequenceRule.INCREASING;
        draft.firstSequence = id;
        draft.lastSequence = id;
        return true;
    }

    /** Negative where the aggressor sold. */
    private void amount(final Decimal to) {
        if (cursor.number() && cursor.stringLength() > 0) {
            final int sign = isNegative() ? 1 : 0;
            to.parse(
                    cursor.stringBytes(),
                    cursor.stringStart() + sign,
                    cursor.stringLength() - sign);
        }
    }

    /** {@code [bid, size, ask, size, change, change relative, last, ..]}: two events. */
    private boolean ticker(final int instrument, final MarketEvent draft, final EventHandler out) {
        if (!cursor.beginArray()) {
            return false;
        }
        number.clear();
        boolean quoted = false;
        int at = 0;
        for (; cursor.nextElement(); at++) {
            switch (at) {
                case 0 -> quoted |= price(draft.bid);
                case 2 -> quoted |= price(draft.ask);
                case LAST_PRICE -> cursor.decimal(number);
                default -> cursor.skip();
            }
        }
        if (at <= LAST_PRICE || !quoted && !number.isGiven()) {
            return false;
        }
        draft.type = EventType.MARKET;
        names.name(draft, instrument);
        out.onEvent(draft);
        if (number.signum() > 0) {
            draft.channel = Channel.TICKER;
            draft.connectionSequence = NONE;
            draft.price.set(number);
            out.onEvent(draft);
        }
        return true;
    }

    private boolean price(final Decimal to) {
        final boolean given = cursor.decimal(number);
        EventDraft.price(to, number);
        number.clear();
        return given;
    }
}
