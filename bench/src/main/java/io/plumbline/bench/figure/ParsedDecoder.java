package io.plumbline.bench.figure;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;
import io.plumbline.market.SequenceRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Takes what was parsed elsewhere into the engine's event, as the venue's own decoder would. */
final class ParsedDecoder implements MessageDecoder {
    private static final long MILLISECOND_NS = 1_000_000L;

    private final Map<String, Integer> instruments;
    private ParsedMessage parsed;

    /**
     * @param instruments by the venue's symbol
     */
    ParsedDecoder(final Map<String, Integer> instruments) {
        this.instruments = instruments;
    }

    /** What the next call decodes. */
    void next(final ParsedMessage next) {
        parsed = next;
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        draft.type = EventType.MARKET;
        draft.venueNs = parsed.eventMs() * MILLISECOND_NS;
        draft.transactNs = parsed.transactMs() * MILLISECOND_NS;
        draft.firstSequence = parsed.first();
        draft.lastSequence = parsed.last();
        switch (parsed.event()) {
            case "bookTicker" -> {
                draft.channel = Channel.BOOK_TICKER;
                draft.rule = SequenceRule.INCREASING;
                set(draft.bid, parsed.bid());
                set(draft.ask, parsed.ask());
            }
            case "trade" -> {
                draft.channel = Channel.TRADE;
                draft.rule = SequenceRule.CONTIGUOUS;
                set(draft.price, parsed.price());
                set(draft.quantity, parsed.quantity());
            }
            default -> {
                draft.channel = Channel.DEPTH;
                draft.rule = SequenceRule.CHAINED;
                draft.book = BookAction.DELTA;
                draft.previousSequence = parsed.previous();
                levels(draft, true, parsed.bids());
                levels(draft, false, parsed.asks());
            }
        }
        draft.instrument = instruments.get(parsed.symbol());
        out.onEvent(draft);
    }

    private static void set(final Decimal to, final BigDecimal from) {
        if (from != null && from.signum() > 0) {
            to.set(from.unscaledValue().longValue(), -from.scale());
        }
    }

    private static void levels(
            final MarketEvent draft, final boolean bid, final List<ParsedMessage.Level> levels) {
        for (final ParsedMessage.Level level : levels) {
            draft.levels.begin(bid);
            draft.levels.price(level.price().unscaledValue().longValue(), -level.price().scale());
            draft.levels.size(level.size().unscaledValue().longValue(), -level.size().scale());
        }
    }
}
