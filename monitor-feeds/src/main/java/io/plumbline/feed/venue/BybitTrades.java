package io.plumbline.feed.venue;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import java.util.Arrays;

/**
 * The data of {@code publicTrade}: a list of {@code {"T":..,"s":..,"S":..,"v":..,"p":..,"i":..,
 * "seq":..}}. Every trade is read before the first is told, so a list with one that lacks something
 * tells nothing; with more than one trade that takes a second reading.
 *
 * <p>Ids are no numbers that follow one another, and {@code seq} is shared by trades, so nothing
 * proves that none is missing; the last ids of each instrument are remembered, and a trade that
 * comes again is IGNORED. Engine thread, no allocation once an instrument has traded.
 */
final class BybitTrades {
    /** Ids that are remembered per instrument. */
    static final int REMEMBERED = 256;

    private static final int SEQ = 's' << 16 | 'e' << 8 | 'q';
    private static final long FNV_BASIS = 0xCBF2_9CE4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01B3L;
    private static final long NONE = MarketEvent.NONE;

    /** The newest ids of one instrument, hashed; the place of the next one. */
    private static final class Seen {
        final long[] ids = new long[REMEMBERED];
        int next;

        /** Whether it was there already; from now on it is. */
        boolean add(final long id) {
            for (final long known : ids) {
                if (known == id) {
                    return true;
                }
            }
            ids[next] = id;
            next = (next + 1) % REMEMBERED;
            return false;
        }
    }

    private final JsonCursor cursor;
    private final Decimal price = new Decimal();
    private final Decimal quantity = new Decimal();
    private Seen[] seen = new Seen[64];
    private long tradedMs;
    private long sequence;
    private long id;

    BybitTrades(final JsonCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * Decodes the list at the cursor.
     *
     * @return false, with nothing said, for what Bybit does not send
     */
    boolean decode(
            final BybitHeader header,
            final byte[] bytes,
            final int offset,
            final int length,
            final MarketEvent draft,
            final EventHandler out) {
        final int trades = read(header, draft, null);
        if (trades < 0 || !cursor.end()) {
            return false;
        }
        if (trades == 0) {
            out.onEvent(draft);
        } else if (trades == 1) {
            tell(header, draft, out);
        } else {
            cursor.reset(bytes, offset, length);
            read(header, draft, out);
        }
        return true;
    }

    /** How many there are, or -1 where one lacks something; told only with {@code out}. */
    private int read(final BybitHeader header, final MarketEvent draft, final EventHandler out) {
        if (!cursor.beginArray()) {
            return -1;
        }
        int trades = 0;
        while (cursor.nextElement()) {
            if (!trade()) {
                return -1;
            }
            trades++;
            if (out != null) {
                tell(header, draft, out);
            }
        }
        return trades;
    }

    private boolean trade() {
        tradedMs = NONE;
        sequence = NONE;
        id = 0;
        price.clear();
        quantity.clear();
        if (!cursor.beginObject()) {
            return false;
        }
        while (cursor.nextKey()) {
            switch (cursor.shortKey()) {
                case 'T' -> tradedMs = cursor.longValue(NONE);
                case 'p' -> cursor.decimal(price);
                case 'v' -> cursor.decimal(quantity);
                case 'i' -> id = cursor.string() ? hash() : 0;
                case SEQ -> sequence = cursor.longValue(NONE);
                default -> cursor.skip();
            }
        }
        return id != 0 && price.isGiven() && quantity.isGiven();
    }

    /** Of the id just read (FNV-1a, 64 bits); never 0. */
    private long hash() {
        final byte[] bytes = cursor.stringBytes();
        final int from = cursor.stringStart();
        long hash = FNV_BASIS;
        for (int i = 0; i < cursor.stringLength(); i++) {
            hash = (hash ^ bytes[from + i] & 0xFF) * FNV_PRIME;
        }
        return hash == 0 ? 1 : hash;
    }

    private void tell(final BybitHeader header, final MarketEvent draft, final EventHandler out) {
        EventDraft.restart(draft);
        draft.channel = Channel.TRADE;
        draft.instrument = header.instrument;
        draft.type = seen(header.instrument).add(id) ? EventType.IGNORED : EventType.MARKET;
        draft.venueNs = VenueTime.epochNs(header.ts);
        draft.transactNs = VenueTime.epochNs(tradedMs);
        draft.firstSequence = sequence;
        draft.lastSequence = sequence;
        EventDraft.price(draft.price, price);
        draft.quantity.set(quantity);
        out.onEvent(draft);
    }

    private Seen seen(final int instrument) {
        if (instrument >= seen.length) {
            seen = Arrays.copyOf(seen, Math.max(instrument + 1, seen.length * 2));
        }
        if (seen[instrument] == null) {
            seen[instrument] = new Seen();
        }
        return seen[instrument];
    }
}
