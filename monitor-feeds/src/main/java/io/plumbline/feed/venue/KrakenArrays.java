package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.ChecksumRule;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;

/**
 * Data of Kraken's first interface, for old recordings: {@code [channel number, payload, ("second
 * payload",) "book-1000", "XBT/USD"]}, read from its end, which says what the payload is. A change
 * of both sides of a book comes as two payloads, of which only the last carries the checksum.
 * Nothing in it is numbered. Engine thread, no allocation.
 */
final class KrakenArrays {
    private static final byte[] BOOK = ascii("book-");
    private static final byte[] TRADE = ascii("trade");
    private static final byte[] TICKER = ascii("ticker");
    private static final byte[] SPREAD = ascii("spread");
    private static final int AS = 'a' << 8 | 's';
    private static final int BS = 'b' << 8 | 's';

    /** The most elements of a message: number, two payloads, name, pair; and some to come. */
    private static final int MOST = 8;

    private static final long MOST_CHECKSUM = 0xFFFF_FFFFL;
    private static final long NONE = MarketEvent.NONE;

    private final JsonCursor cursor;
    private final InstrumentNames names;
    private final KrakenArraysUsual usual;
    private final KrakenNames pair = new KrakenNames();
    private final Decimal number = new Decimal();
    private final int[] starts = new int[MOST];
    private final int[] lengths = new int[MOST];
    private int depth;
    private long newestNs;

    KrakenArrays(final JsonCursor cursor, final InstrumentNames names) {
        this.cursor = cursor;
        this.names = names;
        this.usual = new KrakenArraysUsual(names);
    }

    /** Decodes an array of the usual form; false, with nothing said, for any other. */
    boolean decodeUsual(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        if (usual.read(message, draft)) {
            out.onEvent(draft);
            return true;
        }
        draft.levels.clear();
        return false;
    }

    /** Decodes the array at the cursor; false, with nothing said, for what Kraken does not send. */
    boolean decode(final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        final byte[] bytes = message.bytes;
        final int count = split();
        if (!cursor.end() || count < 3) {
            return false;
        }
        final boolean named = string(bytes, count - 1);
        pair.take(cursor.stringBytes(), cursor.stringStart(), cursor.stringLength());
        if (!named || !string(bytes, count - 2)) {
            // Private channels end in their number.
            return string(bytes, count - 2) && tell(draft, EventType.IGNORED, out);
        }
        final Channel channel = channel();
        final boolean spread = cursor.stringIs(SPREAD);
        if (channel == Channel.NONE) {
            return tell(draft, EventType.IGNORED, out);
        }
        draft.channel = channel;
        draft.type = EventType.MARKET;
        names.name(draft, pair.bytes(), 0, pair.length());
        switch (channel) {
            case DEPTH -> {
                return book(bytes, count - 2, draft) && tell(draft, draft.type, out);
            }
            case TRADE -> {
                return trades(bytes, draft, out);
            }
            default -> {
                at(bytes, 1);
                return spread ? spread(draft, out) : ticker(draft, out);
            }
        }
    }

    /** Finds where the elements lie; 0 where there are too many. */
    private int split() {
        int count = 0;
        cursor.beginArray();
        while (cursor.nextElement()) {
            if (count < MOST) {
                cursor.peek();
                starts[count] = cursor.position();
                cursor.skip();
                lengths[count] = cursor.position() - starts[count];
            } else {
                cursor.skip();
            }
            count++;
        }
        return count <= MOST ? count : 0;
    }

    private void at(final byte[] bytes, final int index) {
        cursor.reset(bytes, starts[index], lengths[index]);
    }

    private boolean string(final byte[] bytes, final int index) {
        at(bytes, index);
        return cursor.string();
    }

    /** By the name that was just read; the depth of a book stands in it. */
    private Channel channel() {
        if (cursor.stringIs(TRADE)) {
            return Channel.TRADE;
        }
        if (cursor.stringIs(TICKER) || cursor.stringIs(SPREAD)) {
            return Channel.BOOK_TICKER;
        }
        depth = 0;
        final byte[] name = cursor.stringBytes();
        final int from = cursor.stringStart();
        final int length = cursor.stringLength();
        for (int i = 0; i < length; i++) {
            final byte c = name[from + i];
            if (i < BOOK.length) {
                if (c != BOOK[i]) {
                    return Channel.NONE;
                }
            } else if (c < '0' || c > '9' || depth > Kraken.MOST_LEVELS) {
                return Channel.NONE;
            } else {
                depth = depth * 10 + c - '0';
            }
        }
        return depth > 0 ? Channel.DEPTH : Channel.NONE;
    }

    private boolean book(final byte[] bytes, final int end, final MarketEvent draft) {
        draft.book = BookAction.DELTA;
        draft.bookDepth = depth;
        newestNs = NONE;
        boolean legal = end > 1;
        for (int index = 1; index < end; index++) {
            at(bytes, index);
            legal &= cursor.beginObject() && payload(draft);
        }
        draft.venueNs = newestNs;
        return legal;
    }

    private boolean payload(final MarketEvent draft) {
        boolean legal = true;
        boolean sides = false;
        while (legal && cursor.nextKey()) {
            switch (cursor.shortKey()) {
                case 'a', AS -> {
                    draft.book = cursor.shortKey() == AS ? BookAction.SNAPSHOT : draft.book;
                    sides = true;
                    legal = levels(draft.levels, false);
                }
                case 'b', BS -> {
                    draft.book = cursor.shortKey() == BS ? BookAction.SNAPSHOT : draft.book;
                    sides = true;
                    legal = levels(draft.levels, true);
                }
                case 'c' -> {
                    draft.checksum = cursor.longValue(NONE);
                    draft.checksumRule = ChecksumRule.KRAKEN;
                    legal = draft.checksum >= 0 && draft.checksum <= MOST_CHECKSUM;
                }
                default -> cursor.skip();
            }
        }
        return legal && sides;
    }

    /** {@code [price, volume, time, ("r")]}; a republished level carries the time of long ago. */
    private boolean levels(final BookLevels levels, final boolean bids) {
        if (!cursor.beginArray()) {
            return false;
        }
        while (cursor.nextElement()) {
            if (!levels.begin(bids) || !cursor.beginArray()) {
                return false;
            }
            boolean legal = true;
            long changedNs = NONE;
            int at = 0;
            for (; cursor.nextElement(); at++) {
                switch (at) {
                    case 0 -> legal &= cursor.price(levels);
                    case 1 -> legal &= cursor.size(levels);
                    case 2 -> changedNs = seconds();
                    default -> {
                        cursor.skip();
                        changedNs = NONE;
                    }
                }
            }
            if (!legal || at < 2) {
                return false;
            }
            newestNs = Math.max(newestNs, changedNs);
        }
        return true;
    }

    private boolean trades(final byte[] bytes, final MarketEvent draft, final EventHandler out) {
        final int instrument = draft.instrument;
        at(bytes, 1);
        final int trades = trades(instrument, draft, null);
        if (trades < 0) {
            return false;
        }
        if (trades == 0) {
            return tell(draft, EventType.IGNORED, out);
        }
        at(bytes, 1);
        trades(instrument, draft, out);
        return true;
    }

    /** {@code [price, volume, time, side, order type, misc]} each; told only with {@code out}. */
    private int trades(final int instrument, final MarketEvent draft, final EventHandler out) {
        if (!cursor.beginArray()) {
            return -1;
        }
        int trades = 0;
        while (cursor.nextElement()) {
            EventDraft.restart(draft);
            draft.channel = Channel.TRADE;
            if (!cursor.beginArray()) {
                return -1;
            }
            for (int at = 0; cursor.nextElement(); at++) {
                switch (at) {
                    case 0 -> {
                        cursor.decimal(number);
                        EventDraft.price(draft.price, number);
                    }
                    case 1 -> cursor.decimal(draft.quantity);
                    case 2 -> draft.venueNs = seconds();
                    default -> cursor.skip();
                }
            }
            if (!draft.price.isGiven() || !draft.quantity.isGiven()) {
                return -1;
            }
            trades++;
            if (out != null) {
                draft.type = EventType.MARKET;
                names.name(draft, instrument);
                out.onEvent(draft);
            }
        }
        return trades;
    }

    /** {@code {"a":[price,..],"b":[price,..],"c":[last price,..],..}}. */
    private boolean ticker(final MarketEvent draft, final EventHandler out) {
        if (!cursor.beginObject()) {
            return false;
        }
        boolean quoted = false;
        while (cursor.nextKey()) {
            switch (cursor.shortKey()) {
                case 'a' -> quoted |= first(draft.ask);
                case 'b' -> quoted |= first(draft.bid);
                case 'c' -> first(draft.price);
                default -> cursor.skip();
            }
        }
        if (!quoted) {
            return false;
        }
        number.set(draft.price);
        draft.price.clear();
        out.onEvent(draft);
        if (number.isGiven()) {
            draft.channel = Channel.TICKER;
            draft.price.set(number);
            out.onEvent(draft);
        }
        return true;
    }

    /** {@code [bid, ask, time, bid volume, ask volume]}. */
    private boolean spread(final MarketEvent draft, final EventHandler out) {
        if (!cursor.beginArray()) {
            return false;
        }
        int at = 0;
        for (; cursor.nextElement(); at++) {
            switch (at) {
                case 0, 1 -> {
                    cursor.decimal(number);
                    EventDraft.price(at == 0 ? draft.bid : draft.ask, number);
                }
                case 2 -> draft.venueNs = seconds();
                default -> cursor.skip();
            }
        }
        return at > 2 && tell(draft, draft.type, out);
    }

    /** The first element of a list as a price; false where it is no number. */
    private boolean first(final Decimal to) {
        boolean given = false;
        if (cursor.beginArray()) {
            for (int at = 0; cursor.nextElement(); at++) {
                if (at == 0) {
                    given = cursor.decimal(number);
                    EventDraft.price(to, number);
                } else {
                    cursor.skip();
                }
            }
        }
        return given;
    }

    private long seconds() {
        return cursor.number()
                ? VenueTime.secondsNs(
                        cursor.stringBytes(), cursor.stringStart(), cursor.stringLength())
                : NONE;
    }

    private static boolean tell(
            final MarketEvent draft, final EventType type, final EventHandler out) {
        draft.type = type;
        out.onEvent(draft);
        return true;
    }
}
