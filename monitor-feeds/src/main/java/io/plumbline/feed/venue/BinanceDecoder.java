package io.plumbline.feed.venue;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.Venue.UnknownSymbols;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.SequenceRule;

/**
 * Decodes the JSON of every Binance market, raw and combined, one event per message.
 *
 * <p>A message is read to its last byte before anything is said of it, so a torn one never leaves
 * half an event. Keys may come in any order; where a letter means different things in different
 * events ({@code a} is an id, a price or a list), the kind of its value tells them apart, and the
 * event's own check afterwards demands what it needs.
 *
 * <p>An instrument that is not watched gives IGNORED with its channel, so that it can be counted; a
 * legal message that carries nothing for us gives IGNORED with channel NONE. Prices of zero or
 * below are the venue's way of saying that there is none, and stay "not given".
 */
final class BinanceDecoder implements MessageDecoder {
    /** {@code count} of an acknowledgement or error whose id is no number. */
    static final long NO_ID = -1;

    private static final long NONE = MarketEvent.NONE;

    /** The streams of partial depth have 5, 10 or 20 levels a side. */
    private static final int MOST_PARTIAL_LEVELS = 2 * 20;

    private final SequenceRule depthRule;
    private final InstrumentNames names;
    private final BinanceTemplate template;
    private final JsonCursor cursor = new JsonCursor();
    private final BinancePayload payload = new BinancePayload();

    BinanceDecoder(
            final String venue,
            final SequenceRule depthRule,
            final Instruments instruments,
            final UnknownSymbols unknown) {
        this.depthRule = depthRule;
        this.names = new InstrumentNames(venue, instruments, unknown);
        this.template = new BinanceTemplate(depthRule, names);
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        switch (message.type) {
            case FRAME_TEXT, FRAME_BINARY -> {
                if (template.read(message, draft)) {
                    out.onEvent(draft);
                    return;
                }
                EventDraft.restart(draft);
                if (!read(message, draft) || !fill(draft)) {
                    draft.type = EventType.UNPARSED;
                    draft.channel = Channel.NONE;
                }
                out.onEvent(draft);
            }
            case SNAPSHOT -> {
                fetched(message, draft);
                out.onEvent(draft);
            }
            case REFERENCE -> {
                cursor.reset(message.bytes, message.offset, message.length);
                payload.readReference(cursor);
                draft.type = EventType.UNPARSED;
                if (cursor.end() && payload.symbolLength > 0) {
                    draft.type = EventType.INSTRUMENT;
                    draft.tick.set(payload.tick);
                    instrument(draft);
                }
                out.onEvent(draft);
            }
            default -> {
                // Sessions, time and facts are the engine's own: no venue words them.
            }
        }
    }

    /** Unless unknown symbols are looked up, or added, in the order in which they come. */
    @Override
    public boolean framesStandAlone() {
        return names.areFixed();
    }

    /** A book that the monitor itself fetched. */
    private void fetched(final InboundMessage message, final MarketEvent draft) {
        cursor.reset(message.bytes, message.offset, message.length);
        payload.readSnapshot(cursor, draft.levels);
        if (!cursor.end()
                || payload.lastUpdateId == NONE
                || payload.symbolLength == 0
                || !snapshot(draft, payload.lastUpdateId, BookAction.SNAPSHOT)) {
            draft.type = EventType.UNPARSED;
            draft.channel = Channel.NONE;
        } else if (draft.type == EventType.MARKET) {
            draft.type = EventType.FETCHED_BOOK;
        }
    }

    /** Reads the payload; false for what is not legal JSON to its end. */
    private boolean read(final InboundMessage message, final MarketEvent draft) {
        if (payload.readUsual(message, draft.levels)) {
            return true;
        }
        cursor.reset(message.bytes, message.offset, message.length);
        payload.read(cursor, draft.levels);
        return cursor.end();
    }

    /** Says what the payload is; false when it is nothing that Binance sends. */
    private boolean fill(final MarketEvent draft) {
        switch (payload.event) {
            case TRADE:
                return trade(draft, Channel.TRADE, payload.tradeId);
            case AGG_TRADE:
                return trade(draft, Channel.AGG_TRADE, payload.aggregateId);
            case BOOK_TICKER:
                return bookTicker(draft);
            case DEPTH_UPDATE:
                return depth(draft);
            case MARK_PRICE:
                return markPrice(draft);
            case SERVER_SHUTDOWN:
                draft.type = EventType.SERVER_SHUTDOWN;
                draft.venueNs = VenueTime.epochNs(payload.eventTime);
                return true;
            case OTHER:
                draft.type = EventType.IGNORED;
                return true;
            default:
                return nameless(draft);
        }
    }

    /** Payloads without an event name are told apart by what they hold. */
    private boolean nameless(final MarketEvent draft) {
        if (payload.lastUpdateId != NONE) {
            // Recorders write the bare answer of REST among the frames; a stream has a name.
            final boolean whole =
                    !payload.stream.isGiven() && draft.levels.count() > MOST_PARTIAL_LEVELS;
            return snapshot(
                    draft, payload.lastUpdateId, whole ? BookAction.SNAPSHOT : BookAction.WINDOW);
        }
        if (payload.lastUpdate != NONE && payload.bid.isGiven() && payload.ask.isGiven()) {
            return bookTicker(draft);
        }
        if (payload.refused) {
            return answer(draft, EventType.VENUE_ERROR);
        }
        if (payload.acknowledged) {
            return answer(draft, EventType.ACK);
        }
        draft.type = EventType.IGNORED;
        return payload.stream.isGiven() && payload.listed || payload.objects;
    }

    private boolean answer(final MarketEvent draft, final EventType type) {
        draft.type = type;
        draft.count = payload.id;
        return true;
    }

    private boolean trade(final MarketEvent draft, final Channel channel, final long id) {
        if (id == NONE
                || payload.symbolLength == 0
                || !payload.price.isGiven()
                || !payload.quantity.isGiven()) {
            return false;
        }
        market(draft, channel, id, id, SequenceRule.CONTIGUOUS);
        if (!payload.offMarket) {
            price(draft.price, payload.price);
        }
        draft.quantity.set(payload.quantity);
        instrument(draft);
        return true;
    }

    private boolean bookTicker(final MarketEvent draft) {
        final long update = payload.lastUpdate;
        if (update == NONE
                || payload.symbolLength == 0
                || !payload.bid.isGiven()
                || !payload.ask.isGiven()) {
            return false;
        }
        market(draft, Channel.BOOK_TICKER, update, update, SequenceRule.INCREASING);
        price(draft.bid, payload.bid);
        price(draft.ask, payload.ask);
        instrument(draft);
        return true;
    }

    private boolean depth(final MarketEvent draft) {
        if (payload.symbolLength == 0
                || payload.firstUpdate == NONE
                || payload.lastUpdate == NONE
                || payload.firstUpdate > payload.lastUpdate
                || !isBook()) {
            return false;
        }
        if (payload.stream.isPartialDepth()) {
            return snapshot(draft, payload.lastUpdate, BookAction.WINDOW);
        }
        if (depthRule == SequenceRule.CHAINED && payload.previousUpdate == NONE) {
            return false;
        }
        market(draft, Channel.DEPTH, payload.firstUpdate, payload.lastUpdate, depthRule);
        draft.book = BookAction.DELTA;
        if (depthRule == SequenceRule.CHAINED) {
            draft.previousSequence = payload.previousUpdate;
        }
        instrument(draft);
        return true;
    }

    /** A snapshot over REST names no symbol on spot and USD-M: the instrument stays open. */
    private boolean snapshot(
            final MarketEvent draft, final long lastUpdateId, final BookAction book) {
        if (!isBook()) {
            return false;
        }
        market(draft, Channel.DEPTH_SNAPSHOT, NONE, lastUpdateId, SequenceRule.NONE);
        draft.book = book;
        payload.symbolOfStream();
        if (payload.symbolLength > 0) {
            instrument(draft);
        }
        return true;
    }

    private boolean isBook() {
        return payload.bids && payload.asks && !payload.malformedLevels;
    }

    private boolean markPrice(final MarketEvent draft) {
        if (payload.symbolLength == 0 || !payload.price.isGiven()) {
            return false;
        }
        market(draft, Channel.MARK_PRICE, NONE, NONE, SequenceRule.NONE);
        draft.transactNs = NONE;
        price(draft.mark, payload.price);
        price(draft.index, payload.index);
        instrument(draft);
        return true;
    }

    private void market(
            final MarketEvent draft,
            final Channel channel,
            final long first,
            final long last,
            final SequenceRule rule) {
        draft.type = EventType.MARKET;
        draft.channel = channel;
        draft.venueNs = VenueTime.epochNs(payload.eventTime);
        draft.transactNs = VenueTime.epochNs(payload.transactTime);
        draft.firstSequence = first;
        draft.lastSequence = last;
        draft.rule = rule;
    }

    private void instrument(final MarketEvent draft) {
        names.name(draft, payload.symbolBytes, payload.symbolStart, payload.symbolLength);
    }

    private static void price(final Decimal to, final Decimal from) {
        if (from.signum() > 0) {
            to.set(from);
        }
    }
}
