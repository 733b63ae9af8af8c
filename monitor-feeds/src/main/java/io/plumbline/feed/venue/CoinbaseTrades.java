package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;
import java.util.Arrays;

/**
 * Advanced Trade's trades. A message has several, the newest first; they are told in the order in
 * which they were made. All are read before the first is told, so a message with one that lacks
 * something tells nothing.
 *
 * <p>A subscription begins with about a hundred trades of the past. Each run of them without a hole
 * is told as one event: it covers their ids and has the newest one's price. So the first live trade
 * is held against them, after a reconnect they fill the time without a connection, and old prices
 * are no news. Engine thread, no allocation.
 */
final class CoinbaseTrades {
    private static final byte[] TRADES = ascii("trades");
    private static final byte[] PRODUCT_ID = ascii("product_id");
    private static final byte[] TRADE_ID = ascii("trade_id");
    private static final byte[] PRICE = ascii("price");
    private static final byte[] SNAPSHOT = ascii("snapshot");
    private static final int TYPE = 't' << 24 | 'y' << 16 | 'p' << 8 | 'e';
    private static final int TIME = 't' << 24 | 'i' << 16 | 'm' << 8 | 'e';
    private static final int SIZE = 's' << 24 | 'i' << 16 | 'z' << 8 | 'e';
    private static final long NONE = MarketEvent.NONE;

    private final JsonCursor cursor;
    private final CoinbaseProduct product;
    private final Decimal price = new Decimal();
    private final Decimal size = new Decimal();
    private int[] starts = new int[128];
    private int[] lengths = new int[128];
    private boolean[] past = new boolean[128];
    private int count;
    private long tradeId;
    private long timeNs;

    CoinbaseTrades(final JsonCursor cursor, final CoinbaseProduct product) {
        this.cursor = cursor;
        this.product = product;
    }

    /**
     * Decodes a list of events, already known to be legal JSON.
     *
     * @param length of the list in {@code bytes}; 0 where the message has none
     * @return false, with nothing said, for what the venue does not send
     */
    boolean decode(
            final byte[] bytes,
            final int offset,
            final int length,
            final MarketEvent draft,
            final EventHandler out) {
        cursor.reset(bytes, offset, length);
        if (!read()) {
            return false;
        }
        final long number = draft.connectionSequence;
        if (count == 0) {
            draft.channel = Channel.TRADE;
            out.onEvent(draft);
            return true;
        }
        for (int i = 0; i < count; i++) {
            cursor.reset(bytes, starts[i], lengths[i]);
            trade();
            final int instrument = product.find();
            final boolean joins =
                    i > 0
                            && past[i]
                            && past[i - 1]
                            && draft.instrument == instrument
                            && draft.lastSequence + 1 == tradeId;
            if (i > 0 && !joins) {
                out.onEvent(draft);
                EventDraft.restart(draft);
            }
            if (!joins) {
                draft.connectionSequence = i == 0 ? number : NONE;
                draft.firstSequence = tradeId;
            }
            fill(draft, instrument);
        }
        out.onEvent(draft);
        return true;
    }

    private void fill(final MarketEvent draft, final int instrument) {
        draft.type = EventType.MARKET;
        draft.channel = Channel.TRADE;
        draft.rule = SequenceRule.CONTIGUOUS;
        draft.lastSequence = tradeId;
        draft.venueNs = timeNs;
        draft.price.set(price);
        draft.quantity.set(size);
        product.name(draft, instrument);
    }

    /** Notes where each trade lies; false where something is amiss. */
    private boolean read() {
        count = 0;
        if (!cursor.beginArray()) {
            return false;
        }
        while (cursor.nextElement()) {
            if (!cursor.beginObject() || !event()) {
                return false;
            }
        }
        return true;
    }

    /** {@code {"type":..,"trades":[..]}}. */
    private boolean event() {
        final int first = count;
        boolean snapshot = false;
        boolean listed = false;
        while (cursor.nextKey()) {
            if (cursor.keyIs(TRADES) && cursor.peek() == '[') {
                listed = true;
                if (!list()) {
                    return false;
                }
            } else if (cursor.shortKey() == TYPE) {
                snapshot = cursor.string() && cursor.stringIs(SNAPSHOT);
            } else {
                cursor.skip();
            }
        }
        Arrays.fill(past, first, count, snapshot);
        return listed;
    }

    private boolean list() {
        final int first = count;
        int falling = 0;
        long before = NONE;
        cursor.beginArray();
        while (cursor.nextElement()) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
                lengths = Arrays.copyOf(lengths, count * 2);
                past = Arrays.copyOf(past, count * 2);
            }
            cursor.peek();
            starts[count] = cursor.position();
            if (!trade()) {
                return false;
            }
            lengths[count] = cursor.position() - starts[count];
            count++;
            falling += before == NONE ? 0 : tradeId < before ? 1 : -1;
            before = tradeId;
        }
        if (falling > 0) {
            reverse(first);
        }
        return true;
    }

    private void reverse(final int first) {
        for (int low = first, high = count - 1; low < high; low++, high--) {
            final int start = starts[low];
            starts[low] = starts[high];
            starts[high] = start;
            final int length = lengths[low];
            lengths[low] = lengths[high];
            lengths[high] = length;
        }
    }

    private boolean trade() {
        product.clear();
        price.clear();
        size.clear();
        tradeId = NONE;
        timeNs = NONE;
        if (!cursor.beginObject()) {
            return false;
        }
        while (cursor.nextKey()) {
            if (cursor.keyIs(PRODUCT_ID)) {
                product.read();
            } else if (cursor.keyIs(TRADE_ID)) {
                tradeId = cursor.longValue(NONE);
            } else if (cursor.keyIs(PRICE)) {
                cursor.decimal(price);
            } else if (cursor.shortKey() == SIZE) {
                cursor.decimal(size);
            } else if (cursor.shortKey() == TIME) {
                timeNs =
                        cursor.string()
                                ? VenueTime.rfc3339Ns(
                                        cursor.stringBytes(),
                                        cursor.stringStart(),
                                        cursor.stringLength())
                                : NONE;
            } else {
                cursor.skip();
            }
        }
        return product.isGiven() && tradeId != NONE && price.signum() > 0 && size.isGiven();
    }
}
