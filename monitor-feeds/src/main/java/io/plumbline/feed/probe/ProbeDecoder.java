package io.plumbline.feed.probe;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventHandler;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;

/**
 * Turns the messages of a {@link ProbeFeed} into PROBE events; a reading of a kind that this build
 * does not know becomes IGNORED. Engine thread only; allocates nothing.
 */
public final class ProbeDecoder implements MessageDecoder {
    /** Adds to an event what it finds in the reading's text. */
    public interface Refinement {
        void refine(MarketEvent event);
    }

    private final Refinement[] refinements;

    public ProbeDecoder(final Refinement... refinements) {
        this.refinements = refinements.clone();
    }

    @Override
    public void decode(
            final InboundMessage message, final MarketEvent draft, final EventHandler out) {
        if (message.type != InboundType.PROBE) {
            return;
        }
        if (!draft.reading.wrap(message.bytes, message.offset, message.length)) {
            draft.type = EventType.UNPARSED;
        } else if (draft.reading.kind == null) {
            draft.type = EventType.IGNORED;
        } else {
            draft.type = EventType.PROBE;
            for (final Refinement refinement : refinements) {
                refinement.refine(draft);
            }
        }
        out.onEvent(draft);
    }
}
