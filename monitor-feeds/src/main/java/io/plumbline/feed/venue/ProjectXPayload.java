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
 * What a market hub tells of one contract: an object, or a list of them. All are read before the
 * first is told. Prices below zero are prices (spreads, crude oil in April 2020); zero is none.
 */
final class ProjectXPayload {
    private static final byte[] BEST_BID = ascii("bestBid");
    private static final byte[] BEST_ASK = ascii("bestAsk");
    private static final byte[] LAST_PRICE = ascii("lastPrice");
    private static final byte[] LAST_UPDATED = ascii("lastUpdated");
    private static final byte[] TIMESTAMP = ascii("timestamp");
    private static final byte[] PRICE = ascii("price");
    private static final byte[] VOLUME = ascii("volume");
    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';
    private static final long NONE = MarketEvent.NONE;

    /** DomType: the kinds of depth that set a level, and the one that empties the book. */
    private static final int ASK = 1;

    private static final int BID = 2;
    private static final int BEST_ASK_LEVEL = 3;
    private static final int BEST_BID_LEVEL = 4;
    private static final int RESET = 6;
    private static final int NEW_BEST_BID = 9;
    private static final int NEW_BEST_ASK = 10;

    private final JsonCursor cursor;
    private final ProjectXQuotes quotes = new ProjectXQuotes();
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();
    private final Decimal last = new Decimal();
    private final Decimal price = new Decimal();
    private final Decimal volume = new Decimal();
    private byte[] priceBytes;
    private int priceStart;
    private int priceLength;
    private byte[] volumeBytes;
    private int volumeStart;
    private int volumeLength;
    private long type;
    private long timeNs;
    private long updatedNs;
    private boolean list;
    private boolean ended;
    private boolean legal;

    ProjectXPayload(final JsonCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * Tells what it says.
     *
     * @param instrument -1 for a contract that nobody watches
     * @return false, and nothing was told, for what the venue does not send
     */
    boolean tell(
            final byte[] bytes,
            final int offset,
            final int length,
            final Channel channel,
            final int instrument,
            final MarketEvent draft,
            final EventHandler out) {
        if (channel == Channel.DEPTH) {
            return depth(bytes, offset, length, instrument, draft, out);
        }
        begin(bytes, offset, length);
        int objects = 0;
        while (next()) {
            object();
            legal &= channel == Channel.BOOK_TICKER || price.isGiven();
            objects++;
        }
        if (!legal) {
            return false;
        }
        draft.channel = channel;
        draft.instrument = instrument;
        if (objects == 1) {
            // What was read last is all of it.
            one(channel, draft, out);
        } else if (objects == 0) {
            out.onEvent(draft);
        } else {
            begin(bytes, offset, length);
            for (int i = 0; next(); i++) {
                object();
                if (i > 0) {
                    again(channel, instrument, draft);
                }
                one(channel, draft, out);
            }
        }
        return true;
    }

    private void one(final Channel channel, final MarketEvent draft, final EventHandler out) {
        if (channel == Channel.TRADE) {
            market(draft);
            price(draft.price, price);
            draft.quantity.set(volume);
            out.onEvent(draft);
        } else {
            quote(draft, out);
        }
    }

    /** Best prices, and the last one as an event of its own; a quote may have either, or none. */
    private void quote(final MarketEvent draft, final EventHandler out) {
        final int instrument = draft.instrument;
        final boolean best = bid.isGiven() || ask.isGiven();
        if (!best && !last.isGiven()) {
            out.onEvent(draft);
            return;
        }
        if (best) {
            market(draft);
            price(draft.bid, bid);
            price(draft.ask, ask);
            if (instrument >= 0) {
                quotes.complete(draft, bid.isGiven(), ask.isGiven());
            }
            out.onEvent(draft);
        }
        if (last.signum() != 0 && (instrument >= 0 || !best)) {
            if (best) {
                again(Channel.TICKER, instrument, draft);
            }
            draft.channel = Channel.TICKER;
            market(draft);
            draft.price.set(last);
            out.onEvent(draft);
        }
    }

    /** All levels of a message together; a reset makes them the whole book. */
    private boolean depth(
            final byte[] bytes,
            final int offset,
            final int length,
            final int instrument,
            final MarketEvent draft,
            final EventHandler out) {
        final BookLevels levels = draft.levels;
        boolean reset = false;
        long latestNs = NONE;
        int objects = 0;
        begin(bytes, offset, length);
        while (next()) {
            object();
            objects++;
            latestNs = timeNs == NONE ? latestNs : timeNs;
            if (type == RESET) {
                reset = true;
                levels.clear();
            } else {
                legal &= type >= 0 && (!isLevel() || level(levels));
            }
        }
        if (!legal) {
            return false;
        }
        draft.channel = Channel.DEPTH;
        draft.instrument = instrument;
        if (objects > 0) {
            timeNs = latestNs;
            market(draft);
            draft.book =
                    reset
                            ? BookAction.SNAPSHOT
                            : levels.count() > 0 ? BookAction.DELTA : BookAction.NONE;
        }
        out.onEvent(draft);
        return true;
    }

    private boolean isLevel() {
        return type >= ASK && type <= BEST_BID_LEVEL
                || type == NEW_BEST_BID
                || type == NEW_BEST_ASK;
    }

    /** Its digits as they were sent. */
    private boolean level(final BookLevels levels) {
        final boolean ofBids = type == BID || type == BEST_BID_LEVEL || type == NEW_BEST_BID;
        return levels.begin(ofBids)
                && priceLength > 0
                && levels.price(priceBytes, priceStart, priceLength)
                && volumeLength > 0
                && levels.size(volumeBytes, volumeStart, volumeLength);
    }

    private void market(final MarketEvent draft) {
        draft.type = draft.instrument < 0 ? EventType.IGNORED : EventType.MARKET;
        draft.venueNs = timeNs == NONE ? updatedNs : timeNs;
        draft.transactNs = updatedNs;
    }

    private static void again(
            final Channel channel, final int instrument, final MarketEvent draft) {
        EventDraft.restart(draft);
        draft.channel = channel;
        draft.instrument = instrument;
    }

    private static void price(final Decimal to, final Decimal from) {
        if (from.signum() == 0) {
            to.clear();
        } else {
            to.set(from);
        }
    }

    private void begin(final byte[] bytes, final int offset, final int length) {
        cursor.reset(bytes, offset, length);
        list = cursor.peek() == '[';
        legal = !list || cursor.beginArray();
        ended = false;
    }

    /** Whether another object follows; what is no list is one object. */
    private boolean next() {
        if (list) {
            return legal && cursor.nextElement();
        }
        final boolean only = !ended;
        ended = true;
        return only;
    }

    private void object() {
        bid.clear();
        ask.clear();
        last.clear();
        price.clear();
        volume.clear();
        priceLength = 0;
        volumeLength = 0;
        type = -1;
        timeNs = NONE;
        updatedNs = NONE;
        if (!cursor.beginObject()) {
            legal = false;
            return;
        }
        while (cursor.nextKey()) {
            if (cursor.shortKey() == TYPE) {
                type = cursor.longValue(-1);
            } else if (cursor.keyIs(PRICE)) {
                if (number(price)) {
                    priceBytes = cursor.stringBytes();
                    priceStart = cursor.stringStart();
                    priceLength = cursor.stringLength();
                }
            } else if (cursor.keyIs(VOLUME)) {
                if (number(volume)) {
                    volumeBytes = cursor.stringBytes();
                    volumeStart = cursor.stringStart();
                    volumeLength = cursor.stringLength();
                }
            } else if (cursor.keyIs(BEST_BID)) {
                number(bid);
            } else if (cursor.keyIs(BEST_ASK)) {
                number(ask);
            } else if (cursor.keyIs(LAST_PRICE)) {
                number(last);
            } else if (cursor.keyIs(TIMESTAMP)) {
                timeNs = time();
            } else if (cursor.keyIs(LAST_UPDATED)) {
                updatedNs = time();
            } else {
                cursor.skip();
            }
        }
    }

    /** A number, or null, which is the same as nothing. */
    private boolean number(final Decimal to) {
        final boolean absent = cursor.peek() == 'n';
        final boolean given = cursor.decimal(to);
        legal &= given || absent;
        return given;
    }

    private long time() {
        return cursor.string()
                ? VenueTime.rfc3339Ns(
                        cursor.stringBytes(), cursor.stringStart(), cursor.stringLength())
                : NONE;
    }
}
