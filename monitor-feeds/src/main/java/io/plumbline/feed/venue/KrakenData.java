package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

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
import java.util.function.IntUnaryOperator;

/**
 * The lists that channels of the second interface carry: a ticker, trades, a book. Every entry is
 * read before the first is told, so a list with one that lacks something tells nothing; with more
 * than one entry that takes a second reading. Engine thread, no allocation.
 */
final class KrakenData {
    private static final byte[] SYMBOL = ascii("symbol");
    private static final byte[] TIMESTAMP = ascii("timestamp");
    private static final byte[] PRICE = ascii("price");
    private static final byte[] TRADE_ID = ascii("trade_id");
    private static final byte[] CHECKSUM = ascii("checksum");
    private static final int BID = 'b' << 16 | 'i' << 8 | 'd';
    private static final int ASK = 'a' << 16 | 's' << 8 | 'k';
    private static final int LAST = 'l' << 24 | 'a' << 16 | 's' << 8 | 't';
    private static final int QTY = 'q' << 16 | 't' << 8 | 'y';
    private static final int BIDS = 'b' << 24 | 'i' << 16 | 'd' << 8 | 's';
    private static final int ASKS = 'a' << 24 | 's' << 16 | 'k' << 8 | 's';

    /** Checksums are 32 bits, unsigned. */
    private static final long MOST_CHECKSUM = 0xFFFF_FFFFL;

    private static final long NONE = MarketEvent.NONE;

    private final JsonCursor cursor;
    private final InstrumentNames names;
    private final IntUnaryOperator depths;
    private final Decimal price = new Decimal();
    private final Decimal quantity = new Decimal();
    private final Decimal bid = new Decimal();
    private final Decimal ask = new Decimal();
    private final Decimal last = new Decimal();
    private byte[] symbolBytes;
    private int symbolStart;
    private int symbolLength;
    private long venueNs;
    private long tradeId;
    private boolean quoted;
    private boolean sides;

    /**
     * @param depths how deep the book of an instrument is kept
     */
    KrakenData(
            final JsonCursor cursor, final InstrumentNames names, final IntUnaryOperator depths) {
        this.cursor = cursor;
        this.names = names;
        this.depths = depths;
    }

    /**
     * Decodes a list, already known to be legal JSON.
     *
     * @param channel BOOK_TICKER, TRADE or DEPTH
     * @param length of the list in {@code bytes}; 0 where the message has none
     * @return false, with nothing said, for what Kraken does not send
     */
    boolean decode(
            final Channel channel,
            final boolean snapshot,
            final byte[] bytes,
            final int offset,
            final int length,
            final MarketEvent draft,
            final EventHandler out) {
        cursor.reset(bytes, offset, length);
        final int entries = read(channel, snapshot, draft, null);
        if (entries < 0) {
            return false;
        }
        if (entries == 0 || channel == Channel.TRADE && snapshot) {
            // Trades of the past that a subscription begins with are no news.
            EventDraft.restart(draft);
            draft.channel = channel;
            out.onEvent(draft);
        } else if (entries == 1) {
            tell(channel, draft, out);
        } else {
            cursor.reset(bytes, offset, length);
            read(channel, snapshot, draft, out);
        }
        return true;
    }

    /** How many entries there are, or -1 where one lacks something; told only with {@code out}. */
    private int read(
            final Channel channel,
            final boolean snapshot,
            final MarketEvent draft,
            final EventHandler out) {
        if (!cursor.beginArray()) {
            return -1;
        }
        int entries = 0;
        while (cursor.nextElement()) {
            EventDraft.restart(draft);
            if (!entry(channel, snapshot, draft)) {
                return -1;
            }
            entries++;
            if (out != null) {
                tell(channel, draft, out);
            }
        }
        return entries;
    }

    private boolean entry(final Channel channel, final boolean snapshot, final MarketEvent draft) {
        if (!cursor.beginObject()) {
            return false;
        }
        clear();
        boolean legal = true;
        while (cursor.nextKey()) {
            if (cursor.keyIs(SYMBOL)) {
                if (cursor.string()) {
                    symbolBytes = cursor.stringBytes();
                    symbolStart = cursor.stringStart();
                    symbolLength = cursor.stringLength();
                }
            } else if (cursor.keyIs(TIMESTAMP)) {
                venueNs =
                        cursor.string()
                                ? VenueTime.rfc3339Ns(
                                        cursor.stringBytes(),
                                        cursor.stringStart(),
                                        cursor.stringLength())
                                : NONE;
            } else {
                switch (channel) {
                    case DEPTH -> legal &= bookField(draft);
                    case TRADE -> tradeField();
                    default -> tickerField();
                }
            }
        }
        return legal && symbolLength > 0 && fill(channel, snapshot, draft);
    }

    private void clear() {
        symbolLength = 0;
        venueNs = NONE;
        tradeId = NONE;
        quoted = false;
        sides = false;
        price.clear();
        quantity.clear();
        bid.clear();
        ask.clear();
        last.clear();
    }

    private void tickerField() {
        switch (cursor.shortKey()) {
            case BID -> {
                quoted = true;
                cursor.decimal(bid);
            }
            case ASK -> {
                quoted = true;
                cursor.decimal(ask);
            }
            case LAST -> cursor.decimal(last);
            default -> cursor.skip();
        }
    }

    private void tradeField() {
        if (cursor.keyIs(PRICE)) {
            cursor.decimal(price);
        } else if (cursor.shortKey() == QTY) {
            cursor.decimal(quantity);
        } else if (cursor.keyIs(TRADE_ID)) {
            tradeId = cursor.longValue(NONE);
        } else {
            cursor.skip();
        }
    }

    private boolean bookField(final MarketEvent draft) {
        switch (cursor.shortKey()) {
            case BIDS -> {
                sides = true;
                return levels(draft.levels, true);
            }
            case ASKS -> {
                sides = true;
                return levels(draft.levels, false);
            }
            default -> {
                if (cursor.keyIs(CHECKSUM)) {
                    draft.checksum = cursor.longValue(NONE);
                    draft.checksumRule = ChecksumRule.KRAKEN;
                    return draft.checksum >= 0 && draft.checksum <= MOST_CHECKSUM;
                }
                cursor.skip();
                return true;
            }
        }
    }

    /** One side of a book; digits are kept as sent, because the checksum is over them. */
    private boolean levels(final BookLevels levels, final boolean bids) {
        if (!cursor.beginArray()) {
            return false;
        }
        boolean legal = true;
        while (cursor.nextElement()) {
            legal &= levels.begin(bids) && cursor.beginObject();
            if (!legal) {
                return false;
            }
            while (cursor.nextKey()) {
                if (cursor.keyIs(PRICE)) {
                    legal &= cursor.price(levels);
                } else if (cursor.shortKey() == QTY) {
                    legal &= cursor.size(levels);
                } else {
                    cursor.skip();
                }
            }
        }
        return legal && levels.isComplete();
    }

    /** Makes the draft what the entry says; false where it lacks something. */
    private boolean fill(final Channel channel, final boolean snapshot, final MarketEvent draft) {
        draft.type = EventType.MARKET;
        draft.channel = channel;
        draft.venueNs = venueNs;
        switch (channel) {
            case DEPTH -> {
                draft.book = snapshot ? BookAction.SNAPSHOT : BookAction.DELTA;
                names.name(draft, symbolBytes, symbolStart, symbolLength);
                draft.bookDepth = depths.applyAsInt(draft.instrument);
                return sides;
            }
            case TRADE -> {
                draft.rule = SequenceRule.INCREASING;
                draft.firstSequence = tradeId;
                draft.lastSequence = tradeId;
                EventDraft.price(draft.price, price);
                draft.quantity.set(quantity);
                names.name(draft, symbolBytes, symbolStart, symbolLength);
                return tradeId != NONE && price.isGiven() && quantity.isGiven();
            }
            default -> {
                EventDraft.price(draft.bid, bid);
                EventDraft.price(draft.ask, ask);
                names.name(draft, symbolBytes, symbolStart, symbolLength);
                return quoted || last.isGiven();
            }
        }
    }

    /** A ticker is two things: the best prices, and the last one. */
    private void tell(final Channel channel, final MarketEvent draft, final EventHandler out) {
        if (channel != Channel.BOOK_TICKER) {
            out.onEvent(draft);
            return;
        }
        if (quoted) {
            out.onEvent(draft);
        }
        if (last.signum() > 0) {
            draft.channel = Channel.TICKER;
            EventDraft.price(draft.price, last);
            out.onEvent(draft);
        }
    }
}
