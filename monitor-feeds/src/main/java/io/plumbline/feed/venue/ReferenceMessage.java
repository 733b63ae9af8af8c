package io.plumbline.feed.venue;

import static io.plumbline.feed.venue.FrameText.ascii;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;

/** What the monitor itself writes of an instrument: {@code {"symbol":..,"tickSize":..}}. */
public final class ReferenceMessage {
    private static final byte[] SYMBOL = ascii("symbol");
    private static final byte[] TICK_SIZE = ascii("tickSize");

    private ReferenceMessage() {}

    /** Makes the draft an INSTRUMENT event, or UNPARSED. */
    public static void decode(
            final JsonCursor cursor,
            final InboundMessage message,
            final InstrumentNames names,
            final MarketEvent draft) {
        cursor.reset(message.bytes, message.offset, message.length);
        int instrument = -1;
        boolean named = false;
        if (cursor.beginObject()) {
            while (cursor.nextKey()) {
                if (cursor.keyIs(SYMBOL)) {
                    named = cursor.string() && cursor.stringLength() > 0;
                    instrument =
                            names.find(
                                    cursor.stringBytes(),
                                    cursor.stringStart(),
                                    cursor.stringLength());
                } else if (cursor.keyIs(TICK_SIZE)) {
                    cursor.decimal(draft.tick);
                } else {
                    cursor.skip();
                }
            }
        }
        if (!cursor.end() || !named) {
            EventDraft.unparsed(draft);
            return;
        }
        EventDraft.price(draft.tick, draft.tick);
        draft.type = EventType.INSTRUMENT;
        names.name(draft, instrument);
    }
}
