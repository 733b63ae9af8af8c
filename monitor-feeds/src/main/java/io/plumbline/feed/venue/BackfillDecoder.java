package io.plumbline.feed.venue;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Venue.UnknownSymbols;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import java.util.BitSet;

/**
 * A venue's decoder, and before it what was fetched after a gap: each trade of the range once, then
 * one event about the whole answer. Trades outside of the range, and ones that came before, are
 * passed over.
 */
public final class BackfillDecoder implements MessageDecoder {
    /** Ids in one answer at most; a wider range is not read. */
    public static final int MOST_IDS = 10_000;

    private static final byte[] SYMBOL = FrameText.ascii("symbol");
    private static final byte[] CHANNEL = FrameText.ascii("channel");
    private static final byte[] FROM = FrameText.ascii("from");
    private static final byte[] TO = FrameText.ascii("to");
    private static final byte[] GAP_FROM = FrameText.ascii("gapFrom");
    private static final byte[] GAP_TO = FrameText.ascii("gapTo");
    private static final byte[] BODY = FrameText.ascii("body");
    private static final long NONE = MarketEvent.NONE;

    private final MessageDecoder frames;
    private final TradeHistory history;
    private final InstrumentNames names;
    private final JsonCursor cursor = new JsonCursor();
    private final BitSet seen = new BitSet();
    private final Decimal price = new Decimal();
    private final Decimal size = new Decimal();

    private BackfillDecoder(
            final MessageDecoder frames, final TradeHistory history, final InstrumentNames names) {
        this.frames = frames;
        this.history = history;
        this.names = names;
    }

    /** The decoder of one source of this venue, all of its messages. */
    public static MessageDecoder of(
            final Venue venue, final Instruments instruments, final UnknownSymbols unknown) {
        final MessageDecoder frames = venue.decoder(instruments, unknown);
        return venue.tradeHistory() == null
                ? frames
                : new BackfillDecoder(
                        frames,
                        venue.tradeHistory(),
                        new InstrumentNames(venue.name(), instruments, unknown));
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        if (message.type != InboundType.BACKFILL) {
            frames.decode(message, draft, out);
        } else if (!head(message, draft)) {
            EventDraft.unparsed(draft);
            out.onEvent(draft);
        } else {
            answer(message, draft, out);
        }
    }

    @Override
    public boolean framesStandAlone() {
        return frames.framesStandAlone();
    }

    /** Reads what was asked for, and that the whole is legal. */
    private boolean head(final InboundMessage message, final MarketEvent draft) {
        cursor.reset(message.bytes, message.offset, message.length);
        draft.channel = Channel.NONE;
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(SYMBOL) && cursor.string()) {
                    draft.instrument =
                            names.find(
                                    cursor.stringBytes(),
                                    cursor.stringStart(),
                                    cursor.stringLength());
                } else if (cursor.keyIs(CHANNEL) && cursor.string()) {
                    draft.channel = Channel.ofLabel(cursor.stringText());
                } else if (cursor.keyIs(FROM)) {
                    draft.firstSequence = cursor.longValue(NONE);
                } else if (cursor.keyIs(TO)) {
                    draft.lastSequence = cursor.longValue(NONE);
                } else if (cursor.keyIs(GAP_FROM)) {
                    draft.missingFrom = cursor.longValue(NONE);
                } else if (cursor.keyIs(GAP_TO)) {
                    draft.missingTo = cursor.longValue(NONE);
                } else {
                    cursor.skip();
                }
            }
        }
        return cursor.end()
                && draft.channel != null
                && draft.firstSequence != NONE
                && draft.lastSequence >= draft.firstSequence
                && draft.lastSequence - draft.firstSequence < MOST_IDS
                && draft.missingFrom != NONE
                && draft.missingTo != NONE;
    }

    private void answer(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        final long from = draft.firstSequence;
        final long to = draft.lastSequence;
        final TradeHistory.Shape shape = history.shape(draft.channel);
        seen.clear();
        cursor.reset(message.bytes, message.offset, message.length);
        cursor.beginObject();
        while (cursor.nextKey()) {
            if (cursor.keyIs(BODY) && shape != null) {
                trades(shape, draft, from, to, out);
            } else {
                cursor.skip();
            }
        }
        draft.type = EventType.BACKFILL;
        draft.firstSequence = from;
        draft.lastSequence = to;
        draft.count = seen.cardinality();
        draft.price.clear();
        draft.quantity.clear();
        draft.venueNs = NONE;
        out.onEvent(draft);
    }

    /** Goes down to the list and reads it; what lies beside the way is passed over. */
    private void trades(
            final TradeHistory.Shape shape,
            final MarketEvent draft,
            final long from,
            final long to,
            final EventHandler out) {
        for (int entered = 0; entered < shape.path().size(); entered++) {
            if (!enter(shape.path().get(entered))) {
                leave(entered);
                return;
            }
        }
        if (cursor.beginArray()) {
            while (cursor.nextElement()) {
                trade(shape, draft, from, to, out);
            }
        }
        leave(shape.path().size());
    }

    /** Goes into an object as far as {@code key}; false when it ended without it. */
    private boolean enter(final String key) {
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyText().equals(key)) {
                    return true;
                }
                cursor.skip();
            }
        }
        return false;
    }

    /** Passes over what follows in the objects that were entered. */
    private void leave(final int objects) {
        for (int i = 0; i < objects; i++) {
            while (cursor.nextKey()) {
                cursor.skip();
            }
        }
    }

    private void trade(
            final TradeHistory.Shape shape,
            final MarketEvent draft,
            final long from,
            final long to,
            final EventHandler out) {
        long id = NONE;
        long timeNs = NONE;
        price.clear();
        size.clear();
        if (!cursor.beginObject()) {
            return;
        }
        while (cursor.nextKey()) {
            final String key = cursor.keyText();
            if (key.equals(shape.id())) {
                id = cursor.longValue(NONE);
            } else if (key.equals(shape.price())) {
                cursor.decimal(price);
            } else if (key.equals(shape.size())) {
                cursor.decimal(size);
            } else if (key.equals(shape.time())) {
                timeNs = time();
            } else {
                cursor.skip();
            }
        }
        if (id >= from && id <= to && price.signum() > 0 && !seen.get((int) (id - from))) {
            seen.set((int) (id - from));
            draft.type = EventType.BACKFILLED;
            draft.firstSequence = id;
            draft.lastSequence = id;
            draft.venueNs = timeNs;
            draft.price.set(price);
            draft.quantity.set(size);
            out.onEvent(draft);
        }
    }

    /** Whole milliseconds, bare or in a string, or RFC 3339. */
    private long time() {
        final boolean text = cursor.peek() == '"';
        final long whole = cursor.longValue(NONE);
        if (!text || whole != NONE) {
            return VenueTime.epochNs(whole);
        }
        return VenueTime.rfc3339Ns(
                cursor.stringBytes(), cursor.stringStart(), cursor.stringLength());
    }
}
