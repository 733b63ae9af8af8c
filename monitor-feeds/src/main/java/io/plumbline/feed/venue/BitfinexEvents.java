package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.market.Channel;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;

/**
 * The objects that Bitfinex sends: answers, which give channel numbers their meaning, and what it
 * says of itself. Engine thread, no allocation.
 */
final class BitfinexEvents {
    private static final byte[] EVENT = ascii("event");
    private static final byte[] CHANNEL = ascii("channel");
    private static final byte[] SYMBOL = ascii("symbol");
    private static final byte[] CHAN_ID = ascii("chanId");
    private static final byte[] STATUS = ascii("status");
    private static final byte[] SUBSCRIBED = ascii("subscribed");
    private static final byte[] UNSUBSCRIBED = ascii("unsubscribed");
    private static final byte[] CONF = ascii("conf");
    private static final byte[] INFO = ascii("info");
    private static final byte[] PONG = ascii("pong");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] OK = ascii("OK");
    private static final byte[] TICKER = ascii("ticker");
    private static final byte[] TRADES = ascii("trades");
    private static final byte[] BOOK = ascii("book");
    private static final byte[] P0 = ascii("P0");
    private static final int CODE = 'c' << 24 | 'o' << 16 | 'd' << 8 | 'e';
    private static final int PREC = 'p' << 24 | 'r' << 16 | 'e' << 8 | 'c';
    private static final int TS = 't' << 8 | 's';
    private static final long NONE = MarketEvent.NONE;

    /** What an object tells, by its "event". */
    private enum Told {
        UNKNOWN,
        SUBSCRIBED,
        UNSUBSCRIBED,
        CONF,
        INFO,
        PONG,
        ERROR,
        OTHER
    }

    private final JsonCursor cursor;
    private final InstrumentNames names;
    private Told told;
    private Channel subscribed;
    private int instrument;
    private boolean exact;
    private boolean granted;
    private long channelNumber;
    private long code;
    private long timeMs;

    BitfinexEvents(final JsonCursor cursor, final InstrumentNames names) {
        this.cursor = cursor;
        this.names = names;
    }

    /** Decodes the object at the cursor; false, with nothing said, for what is none of its. */
    boolean decode(
            final BitfinexChannels channels, final MarketEvent draft, final EventHandler out) {
        read();
        if (!cursor.end()) {
            return false;
        }
        draft.type = EventType.IGNORED;
        switch (told) {
            case UNKNOWN:
                return false;
            case SUBSCRIBED:
                if (channelNumber < 0) {
                    return false;
                }
                final boolean readable = subscribed != Channel.DEPTH || exact;
                channels.put(channelNumber, readable ? subscribed : Channel.NONE, instrument);
                answer(draft, EventType.ACK);
                break;
            case UNSUBSCRIBED:
                channels.put(channelNumber, Channel.NONE, -1);
                break;
            case CONF:
                answer(draft, granted ? EventType.ACK : EventType.VENUE_ERROR);
                break;
            case ERROR:
                answer(draft, EventType.VENUE_ERROR);
                break;
            case PONG:
                draft.type = EventType.HEARTBEAT;
                draft.venueNs = VenueTime.epochNs(timeMs);
                break;
            case INFO:
                if (code == BitfinexDialogue.RESTART
                        || code == BitfinexDialogue.MAINTENANCE_BEGINS) {
                    draft.type = EventType.SERVER_SHUTDOWN;
                }
                break;
            default:
                break;
        }
        out.onEvent(draft);
        return true;
    }

    private static void answer(final MarketEvent draft, final EventType type) {
        draft.type = type;
        draft.count = KrakenDecoder.NO_ID;
    }

    private void read() {
        told = Told.UNKNOWN;
        subscribed = Channel.NONE;
        instrument = -1;
        exact = true;
        granted = false;
        channelNumber = NONE;
        code = NONE;
        timeMs = NONE;
        if (!cursor.beginObject()) {
            return;
        }
        while (cursor.nextKey()) {
            if (cursor.keyIs(EVENT)) {
                told = cursor.string() ? told() : Told.UNKNOWN;
            } else if (cursor.keyIs(CHANNEL)) {
                subscribed = cursor.string() ? channel() : Channel.NONE;
            } else if (cursor.keyIs(SYMBOL)) {
                instrument =
                        cursor.string()
                                ? names.find(
                                        cursor.stringBytes(),
                                        cursor.stringStart(),
                                        cursor.stringLength())
                                : -1;
            } else if (cursor.keyIs(CHAN_ID)) {
                channelNumber = cursor.longValue(NONE);
            } else if (cursor.keyIs(STATUS)) {
                granted = cursor.string() && cursor.stringIs(OK);
            } else {
                shortField();
            }
        }
    }

    private void shortField() {
        switch (cursor.shortKey()) {
            case PREC -> exact = cursor.string() && cursor.stringIs(P0);
            case CODE -> code = cursor.longValue(NONE);
            case TS -> timeMs = cursor.longValue(NONE);
            default -> cursor.skip();
        }
    }

    private Told told() {
        if (cursor.stringIs(SUBSCRIBED)) {
            return Told.SUBSCRIBED;
        }
        if (cursor.stringIs(PONG)) {
            return Told.PONG;
        }
        if (cursor.stringIs(INFO)) {
            return Told.INFO;
        }
        if (cursor.stringIs(CONF)) {
            return Told.CONF;
        }
        if (cursor.stringIs(ERROR)) {
            return Told.ERROR;
        }
        return cursor.stringIs(UNSUBSCRIBED) ? Told.UNSUBSCRIBED : Told.OTHER;
    }

    private Channel channel() {
        if (cursor.stringIs(BOOK)) {
            return Channel.DEPTH;
        }
        if (cursor.stringIs(TICKER)) {
            return Channel.BOOK_TICKER;
        }
        return cursor.stringIs(TRADES) ? Channel.TRADE : Channel.NONE;
    }
}
