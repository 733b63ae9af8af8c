package io.plumbline.detect;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.EventHandler;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;

/** Decodes every message to the event that the test has put into {@link #next}. */
final class HandedDecoder implements MessageDecoder {
    final MarketEvent next = new MarketEvent();
    boolean countedPerConnection;

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        draft.type = next.type;
        draft.channel = next.channel;
        draft.instrument = next.instrument;
        draft.key = next.key;
        draft.venueNs = next.venueNs;
        draft.firstSequence = next.firstSequence;
        draft.lastSequence = next.lastSequence;
        draft.previousSequence = next.previousSequence;
        draft.rule = next.rule;
        draft.countedPerConnection = countedPerConnection;
        draft.price.set(next.price);
        draft.keyState = next.keyState;
        draft.rung = next.rung;
        draft.valueFault = next.valueFault;
        draft.writtenAfterNs = next.writtenAfterNs;
        draft.expiresAtNs = next.expiresAtNs;
        draft.embeddedSequence = next.embeddedSequence;
        draft.embeddedNs = next.embeddedNs;
        out.onEvent(draft);
    }
}
