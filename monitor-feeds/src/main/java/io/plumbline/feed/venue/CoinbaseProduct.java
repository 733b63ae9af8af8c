package io.plumbline.feed.venue;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.market.MarketEvent;
import java.util.Arrays;

/**
 * The product that a message is about, and the instrument that stands for it here. Engine thread,
 * no allocation.
 */
final class CoinbaseProduct {
    private static final byte[] DOLLAR = FrameText.ascii("-USD");

    private final JsonCursor cursor;
    private final InstrumentNames names;
    private byte[] bytes;
    private int start;
    private int length;
    private byte[] longer = new byte[64];

    CoinbaseProduct(final JsonCursor cursor, final InstrumentNames names) {
        this.cursor = cursor;
        this.names = names;
    }

    void clear() {
        length = 0;
    }

    /** Reads the value of the current key. */
    void read() {
        length = 0;
        if (cursor.string()) {
            take(cursor.stringBytes(), cursor.stringStart(), cursor.stringLength());
        }
    }

    /** Takes a name as it lies in these bytes. */
    void take(final byte[] from, final int at, final int count) {
        bytes = from;
        start = at;
        length = count;
    }

    boolean isGiven() {
        return length > 0;
    }

    /** The instrument's id, or -1 for one that nobody watches. */
    int find() {
        final int instrument = names.find(bytes, start, length);
        if (instrument >= 0 || !isDollar()) {
            return instrument;
        }
        // Both dollars trade in one book; who asked for BTC-USDC may be answered as BTC-USD.
        if (longer.length <= length) {
            longer = new byte[2 * length];
        }
        System.arraycopy(bytes, start, longer, 0, length);
        longer[length] = 'C';
        return names.find(longer, 0, length + 1);
    }

    /** Names the event's instrument, or makes the event one that nobody watches. */
    void name(final MarketEvent draft, final int instrument) {
        names.name(draft, instrument);
    }

    private boolean isDollar() {
        final int end = start + length;
        return length > DOLLAR.length
                && Arrays.equals(bytes, end - DOLLAR.length, end, DOLLAR, 0, DOLLAR.length);
    }
}
