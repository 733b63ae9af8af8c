package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;

/**
 * The events of Advanced Trade's books and tickers. All of them are read before the first is told,
 * so a message with one that lacks something tells nothing; with more than one that takes a second
 * reading. Engine thread, no allocation.
 */
final class CoinbaseEvents {
    private static final byte[] PRODUCT_ID = ascii("product_id");
    private static final byte[] UPDATES = ascii("updates");
    private static final byte[] TICKERS = ascii("tickers");
    private static final byte[] SNAPSHOT = ascii("snapshot");
    private static final byte[] UPDATE = ascii("update");
    private static final byte[] EVENT_TIME = ascii("event_time");
    private static final byte[] PRICE_LEVEL = ascii("price_level");
    private static final byte[] NEW_QUANTITY = ascii("new_quantity");
    private static final byte[] PRICE = ascii("price");
    private static final byte[] BEST_BID = ascii("best_bid");
    private static final byte[] BEST_ASK = ascii("best_ask");
    private static final byte[] BID = ascii("bid");
    private static final byte[] OFFER = ascii("offer");
    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';
    private static final int SIDE = 's' << 24 | 'i' << 16 | 'd' << 8 | 'e';
    private static final long NONE = MarketEvent.NONE;

    private final JsonCursor cursor;
    private final CoinbaseProduct product;
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();
    private final Decimal last = new Decimal();
    private long timeNs;
    private long number;
    private byte[] eventTimeBytes;
    private int eventTimeStart;
    private int eventTimeLength;

    /** Entries read so far. */
    private int entries;

    CoinbaseEvents(final JsonCursor cursor, final CoinbaseProduct product) {
        this.cursor = cursor;
        this.product = product;
    }

    /**
     * Decodes a list of events, already known to be legal JSON.
     *
     * @param channel BOOK_TICKER or DEPTH
     * @param sentNs the message's time
     * @param length of the list in {@code bytes}; 0 where the message has none
     * @return false, with nothing said, for what the venue does not send
     */
    boolean decode(
            final Channel channel,
            final long sentNs,
            final byte[] bytes,
            final int offset,
            final int length,
            final MarketEvent draft,
            final EventHandler out) {
        timeNs = sentNs;
        number = draft.connectionSequence;
        cursor.reset(bytes, offset, length);
        if (!read(channel, draft, null)) {
            return false;
        }
        if (entries == 0) {
            EventDraft.restart(draft);
            draft.channel = channel;
            draft.connectionSequence = number;
            out.onEvent(draft);
        } else if (entries == 1) {
            tell(channel, draft, out);
        } else {
            cursor.reset(bytes, offset, length);
            read(channel, draft, out);
        }
        return true;
    }

    /** False where an entry lacks something; told only with {@code out}. */
    private boolean read(final Channel channel, final MarketEvent draft, final EventHandler out) {
        entries = 0;
        if (!cursor.beginArray()) {
            return false;
        }
        while (cursor.nextElement()) {
            final boolean legal =
                    cursor.beginObject()
                            && (channel == Channel.DEPTH ? book(draft, out) : tickers(draft, out));
            if (!legal) {
                return false;
            }
        }
        return true;
    }

    /** {@code {"type":..,"product_id":..,"updates":[..]}}. */
    private boolean book(final MarketEvent draft, final EventHandler out) {
        EventDraft.restart(draft);
        product.clear();
        eventTimeLength = 0;
        boolean legal = true;
        boolean listed = false;
        while (cursor.nextKey()) {
            if (cursor.keyIs(UPDATES)) {
                listed = true;
                legal &= levels(draft.levels);
            } else if (cursor.shortKey() == TYPE) {
                draft.book = cursor.string() ? action() : BookAction.NONE;
            } else if (cursor.keyIs(PRODUCT_ID)) {
                product.read();
            } else {
                cursor.skip();
            }
        }
        if (!legal || !listed || !product.isGiven() || draft.book == BookAction.NONE) {
            return false;
        }
        entries++;
        draft.type = EventType.MARKET;
        draft.channel = Channel.DEPTH;
        draft.venueNs = timeNs;
        draft.transactNs =
                eventTimeLength == 0
                        ? NONE
                        : VenueTime.rfc3339Ns(eventTimeBytes, eventTimeStart, eventTimeLength);
        if (out != null) {
            tell(Channel.DEPTH, draft, out);
        }
        return true;
    }

    private BookAction action() {
        return cursor.stringIs(UPDATE)
                ? BookAction.DELTA
                : cursor.stringIs(SNAPSHOT) ? BookAction.SNAPSHOT : BookAction.NONE;
    }

    private boolean levels(final BookLevels levels) {
        // An empty list may be written as null.
        final boolean nothing = cursor.peek() == 'n';
        if (!cursor.beginArray()) {
            return nothing;
        }
        boolean legal = true;
        while (cursor.nextElement()) {
            legal &= levels.begin(true) && cursor.beginObject();
            if (!legal) {
                return false;
            }
            boolean sided = false;
            while (cursor.nextKey()) {
                if (cursor.shortKey() == SIDE) {
                    sided = side(levels);
                } else if (cursor.keyIs(PRICE_LEVEL)) {
                    legal &= cursor.price(levels);
                } else if (cursor.keyIs(NEW_QUANTITY)) {
                    legal &= cursor.size(levels);
                } else if (cursor.keyIs(EVENT_TIME) && cursor.peek() == '"') {
                    eventTime();
                } else {
                    cursor.skip();
                }
            }
            legal &= sided;
        }
        return legal && levels.isComplete();
    }

    private boolean side(final BookLevels levels) {
        if (!cursor.string()) {
            return false;
        }
        final boolean bids = cursor.stringIs(BID);
        levels.side(bids);
        return bids || cursor.stringIs(OFFER);
    }

    /** Of many levels only the last one's time is read: a snapshot has tens of thousands. */
    private void eventTime() {
        if (cursor.string()) {
            eventTimeBytes = cursor.stringBytes();
            eventTimeStart = cursor.stringStart();
            eventTimeLength = cursor.stringLength();
        }
    }

    /** {@code {"type":..,"tickers":[..]}}. */
    private boolean tickers(final MarketEvent draft, final EventHandler out) {
        boolean listed = false;
        while (cursor.nextKey()) {
            if (cursor.keyIs(TICKERS) && cursor.beginArray()) {
                listed = true;
                while (cursor.nextElement()) {
                    if (!cursor.beginObject() || !ticker(draft)) {
                        return false;
                    }
                    entries++;
                    if (out != null) {
                        tell(Channel.BOOK_TICKER, draft, out);
                    }
                }
            } else if (!cursor.keyIs(TICKERS)) {
                cursor.skip();
            }
        }
        return listed;
    }

    private boolean ticker(final MarketEvent draft) {
        EventDraft.restart(draft);
        product.clear();
        bid.clear();
        ask.clear();
        last.clear();
        while (cursor.nextKey()) {
            if (cursor.keyIs(PRODUCT_ID)) {
                product.read();
            } else if (cursor.keyIs(PRICE)) {
                cursor.decimal(last);
            } else if (cursor.keyIs(BEST_BID)) {
                cursor.decimal(bid);
            } else if (cursor.keyIs(BEST_ASK)) {
                cursor.decimal(ask);
            } else {
                cursor.skip();
            }
        }
        draft.type = EventType.MARKET;
        draft.channel = Channel.BOOK_TICKER;
        draft.venueNs = timeNs;
        EventDraft.price(draft.bid, bid);
        EventDraft.price(draft.ask, ask);
        return product.isGiven() && (isQuoted(draft) || last.signum() > 0);
    }

    private static boolean isQuoted(final MarketEvent draft) {
        return draft.bid.isGiven() || draft.ask.isGiven();
    }

    /** A ticker is two things: the best prices, and the last one. */
    private void tell(final Channel channel, final MarketEvent draft, final EventHandler out) {
        // Only now: a name met first in a message that is refused is not learned.
        product.name(draft, product.find());
        draft.connectionSequence = number;
        number = NONE;
        if (channel == Channel.DEPTH) {
            out.onEvent(draft);
            return;
        }
        if (isQuoted(draft)) {
            out.onEvent(draft);
            draft.connectionSequence = NONE;
        }
        if (last.signum() > 0) {
            draft.channel = Channel.TICKER;
            draft.price.set(last);
            out.onEvent(draft);
        }
    }
}
