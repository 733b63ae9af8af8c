package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;

/** What decoders of messages with several events do to the one draft. Allocates nothing. */
public final class EventDraft {
    private EventDraft() {}

    /**
     * Sets the draft back to what the engine gave with the message; the verdict over the
     * connection's count stays, because it is the message's.
     */
    public static void restart(final MarketEvent draft) {
        draft.restart();
    }

    /** The message is none that the venue sends: whatever was read of it is forgotten. */
    public static void unparsed(final MarketEvent draft) {
        restart(draft);
        draft.type = EventType.UNPARSED;
        draft.channel = Channel.NONE;
    }

    /** Prices of zero and below are the venues' way of saying that there is none. */
    public static void price(final Decimal to, final Decimal from) {
        if (from.signum() > 0) {
            to.set(from);
        } else {
            to.clear();
        }
    }

    /**
     * A ticker is three things: the best prices, as the draft stands, then the last one, then mark
     * and index; of the latter two what was given.
     */
    static void ticker(
            final MarketEvent draft,
            final Decimal bid,
            final Decimal ask,
            final Decimal last,
            final Decimal mark,
            final Decimal index,
            final EventHandler out) {
        price(draft.bid, bid);
        price(draft.ask, ask);
        out.onEvent(draft);
        if (last.signum() > 0) {
            draft.channel = Channel.TICKER;
            draft.price.set(last);
            out.onEvent(draft);
        }
        if (mark.signum() > 0) {
            draft.channel = Channel.MARK_PRICE;
            draft.price.clear();
            draft.bid.clear();
            draft.ask.clear();
            draft.mark.set(mark);
            price(draft.index, index);
            out.onEvent(draft);
        }
    }
}
