package io.plumbline.feed.venue;

import io.plumbline.feed.venue.Venue.UnknownSymbols;
import io.plumbline.feed.venue.sbe.BestBidAskEventDecoder;
import io.plumbline.feed.venue.sbe.DepthDiffEventDecoder;
import io.plumbline.feed.venue.sbe.DepthSnapshotEventDecoder;
import io.plumbline.feed.venue.sbe.MessageHeaderDecoder;
import io.plumbline.feed.venue.sbe.TradesEventDecoder;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.Instruments;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.SequenceRule;

/**
 * Decodes Binance's binary messages by the codecs that are generated from {@code
 * src/main/sbe/binance-spot-stream.xml}; what comes as text (answers, the end of a connection) or
 * over REST is JSON as on the other Binance markets.
 *
 * <p>Blocks are as long as the message says, so that fields which a newer version appends are
 * passed over. A template that we do not know is legal and carries nothing for us; another schema
 * is unread, because its numbers mean something else. All of a message is checked before anything
 * is said of it. Engine thread, no allocation.
 */
final class BinanceSbeDecoder implements MessageDecoder {
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    /** Levels are price and quantity, eight bytes each. */
    private static final int LEVEL = 2 * Long.BYTES;

    /** Mantissas of more digits are not exact to us, and the schema's "null" is one. */
    private static final long MOST_MANTISSA = 999_999_999_999_999_999L;

    private static final long NONE = MarketEvent.NONE;

    private final BinanceDecoder json;
    private final InstrumentNames names;
    private final SbeFrame frame = new SbeFrame();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TradesEventDecoder trades = new TradesEventDecoder();
    private final BestBidAskEventDecoder quote = new BestBidAskEventDecoder();
    private final DepthSnapshotEventDecoder top = new DepthSnapshotEventDecoder();
    private final DepthDiffEventDecoder diff = new DepthDiffEventDecoder();
    private final Decimal number = new Decimal();
    private int symbolStart;
    private int symbolLength;

    BinanceSbeDecoder(
            final String venue, final Instruments instruments, final UnknownSymbols unknown) {
        this.json = new BinanceDecoder(venue, SequenceRule.CONTIGUOUS, instruments, unknown);
        this.names = new InstrumentNames(venue, instruments, unknown);
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        if (message.type != InboundType.FRAME_BINARY) {
            json.decode(message, draft, out);
            return;
        }
        frame.begin(message.bytes, message.offset, message.length);
        if (!binary(draft, out)) {
            EventDraft.unparsed(draft);
            out.onEvent(draft);
        }
    }

    /** False, with nothing said, for what is no message of this schema. */
    private boolean binary(final MarketEvent draft, final EventHandler out) {
        header.wrap(frame, 0);
        final int block = header.blockLength();
        final int version = header.version();
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID
                || HEADER + block > frame.length()) {
            return false;
        }
        switch (header.templateId()) {
            case TradesEventDecoder.TEMPLATE_ID:
                trades.wrap(frame, HEADER, block, version);
                return block >= TradesEventDecoder.BLOCK_LENGTH && trades(draft, out);
            case BestBidAskEventDecoder.TEMPLATE_ID:
                quote.wrap(frame, HEADER, block, version);
                return block >= BestBidAskEventDecoder.BLOCK_LENGTH
                        && quote(draft)
                        && tell(draft, out);
            case DepthSnapshotEventDecoder.TEMPLATE_ID:
                top.wrap(frame, HEADER, block, version);
                return block >= DepthSnapshotEventDecoder.BLOCK_LENGTH
                        && top(draft)
                        && tell(draft, out);
            case DepthDiffEventDecoder.TEMPLATE_ID:
                diff.wrap(frame, HEADER, block, version);
                return block >= DepthDiffEventDecoder.BLOCK_LENGTH
                        && diff(draft)
                        && tell(draft, out);
            default:
                out.onEvent(draft);
                return true;
        }
    }

    private boolean tell(final MarketEvent draft, final EventHandler out) {
        draft.type = EventType.MARKET;
        names.name(draft, frame.bytes(), symbolStart, symbolLength);
        out.onEvent(draft);
        return true;
    }

    /** The first pass finds the symbol, which comes last, and that no trade lacks anything. */
    private boolean trades(final MarketEvent draft, final EventHandler out) {
        TradesEventDecoder.TradesDecoder each = trades.trades();
        final int count = each.count();
        if (!fits(
                count,
                each.actingBlockLength(),
                TradesEventDecoder.TradesDecoder.sbeBlockLength(),
                trades.limit())) {
            return false;
        }
        boolean legal = true;
        while (each.hasNext()) {
            each.next();
            legal &= isExact(each.price()) && isExact(each.qty());
        }
        if (!legal || !symbol(trades.limit(), trades.symbolLength())) {
            return false;
        }
        draft.channel = Channel.TRADE;
        if (count == 0) {
            out.onEvent(draft);
            return true;
        }
        final int instrument = names.find(frame.bytes(), symbolStart, symbolLength);
        each = trades.sbeRewind().trades();
        while (each.hasNext()) {
            each.next();
            EventDraft.restart(draft);
            draft.type = EventType.MARKET;
            sequence(draft, Channel.TRADE, SequenceRule.CONTIGUOUS, each.id(), each.id());
            draft.venueNs = micros(trades.eventTime());
            draft.transactNs = micros(trades.transactTime());
            EventDraft.price(draft.price, number.set(each.price(), trades.priceExponent()));
            draft.quantity.set(each.qty(), trades.qtyExponent());
            names.name(draft, instrument);
            out.onEvent(draft);
        }
        return true;
    }

    private boolean quote(final MarketEvent draft) {
        final long update = quote.bookUpdateId();
        sequence(draft, Channel.BOOK_TICKER, SequenceRule.INCREASING, update, update);
        draft.venueNs = micros(quote.eventTime());
        EventDraft.price(draft.bid, number.set(quote.bidPrice(), quote.priceExponent()));
        EventDraft.price(draft.ask, number.set(quote.askPrice(), quote.priceExponent()));
        return isExact(quote.bidPrice())
                && isExact(quote.askPrice())
                && symbol(quote.limit(), quote.symbolLength());
    }

    private boolean top(final MarketEvent draft) {
        sequence(draft, Channel.DEPTH_SNAPSHOT, SequenceRule.NONE, NONE, top.bookUpdateId());
        draft.venueNs = micros(top.eventTime());
        draft.book = BookAction.WINDOW;
        final DepthSnapshotEventDecoder.BidsDecoder bids = top.bids();
        if (!fits(bids.count(), bids.actingBlockLength(), LEVEL, top.limit())) {
            return false;
        }
        boolean legal = true;
        while (legal && bids.hasNext()) {
            bids.next();
            legal =
                    level(
                            draft.levels,
                            true,
                            bids.price(),
                            bids.qty(),
                            top.priceExponent(),
                            top.qtyExponent());
        }
        final DepthSnapshotEventDecoder.AsksDecoder asks = top.asks();
        legal &= fits(asks.count(), asks.actingBlockLength(), LEVEL, top.limit());
        while (legal && asks.hasNext()) {
            asks.next();
            legal =
                    level(
                            draft.levels,
                            false,
                            asks.price(),
                            asks.qty(),
                            top.priceExponent(),
                            top.qtyExponent());
        }
        return legal && symbol(top.limit(), top.symbolLength());
    }

    private boolean diff(final MarketEvent draft) {
        if (diff.firstBookUpdateId() > diff.lastBookUpdateId()) {
            return false;
        }
        sequence(
                draft,
                Channel.DEPTH,
                SequenceRule.CONTIGUOUS,
                diff.firstBookUpdateId(),
                diff.lastBookUpdateId());
        draft.venueNs = micros(diff.eventTime());
        draft.book = BookAction.DELTA;
        final DepthDiffEventDecoder.BidsDecoder bids = diff.bids();
        if (!fits(bids.count(), bids.actingBlockLength(), LEVEL, diff.limit())) {
            return false;
        }
        boolean legal = true;
        while (legal && bids.hasNext()) {
            bids.next();
            legal =
                    level(
                            draft.levels,
                            true,
                            bids.price(),
                            bids.qty(),
                            diff.priceExponent(),
                            diff.qtyExponent());
        }
        final DepthDiffEventDecoder.AsksDecoder asks = diff.asks();
        legal &= fits(asks.count(), asks.actingBlockLength(), LEVEL, diff.limit());
        while (legal && asks.hasNext()) {
            asks.next();
            legal =
                    level(
                            draft.levels,
                            false,
                            asks.price(),
                            asks.qty(),
                            diff.priceExponent(),
                            diff.qtyExponent());
        }
        return legal && symbol(diff.limit(), diff.symbolLength());
    }

    /** Whether the entries of a group lie in the message, each at least as long as we read it. */
    private boolean fits(final int count, final int block, final int least, final int from) {
        return count == 0
                || count > 0 && block >= least && (long) count * block <= frame.length() - from;
    }

    /** The text behind the last group; false where the message ends before it does. */
    private boolean symbol(final int headerStart, final int length) {
        final int from = headerStart + TradesEventDecoder.symbolHeaderLength();
        symbolStart = frame.start() + from;
        symbolLength = length;
        return length > 0 && from + length <= frame.length() && !frame.overrun();
    }

    private static boolean level(
            final BookLevels levels,
            final boolean bid,
            final long price,
            final long size,
            final int priceExponent,
            final int sizeExponent) {
        if (price < 0 || size < 0 || !isExact(price) || !isExact(size) || !levels.begin(bid)) {
            return false;
        }
        levels.price(price, priceExponent);
        levels.size(size, sizeExponent);
        return true;
    }

    private static void sequence(
            final MarketEvent draft,
            final Channel channel,
            final SequenceRule rule,
            final long first,
            final long last) {
        draft.channel = channel;
        draft.rule = rule;
        draft.firstSequence = first;
        draft.lastSequence = last;
    }

    private static boolean isExact(final long mantissa) {
        return mantissa >= -MOST_MANTISSA && mantissa <= MOST_MANTISSA;
    }

    /** Microseconds since the epoch, to ns; NONE for what is no time. */
    private static long micros(final long time) {
        return time > 0 && time <= Long.MAX_VALUE / 1_000 ? time * 1_000 : NONE;
    }
}
