package io.plumbline.app.replay;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.inbound.InboundType;
import io.plumbline.market.EventHandler;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MessageDecoder;

/**
 * Decodes what may be decoded before its turn: frames of which each says one thing that depends on
 * nothing but its bytes. All others, and what a decoder stumbles over, are left to the engine,
 * which then comes to the same by itself. One thread, with decoders of its own.
 */
final class DecodeAhead implements EventHandler {
    /**
     * Of longer frames, order books mostly, the engine's one draft is enough to hold the levels.
     */
    private static final int LONGEST_BYTES = 4_096;

    private final int run;
    private final int[] sources;
    private final MessageDecoder[] decoders;
    private final InboundMessage frame = new InboundMessage();
    private int events;

    /**
     * @param run the run of the journal, from 1, that the rest is of
     * @param sources our source ids by recorded ones, -1 for one that we do not have
     * @param decoders by our source ids, nobody else's
     */
    DecodeAhead(final int run, final int[] sources, final MessageDecoder[] decoders) {
        this.run = run;
        this.sources = sources;
        this.decoders = decoders;
    }

    /** Decodes the record just added to a batch, if it is one that may be decoded here. */
    void decode(final int runOfRecord, final InboundMessage record, final RecordBatch batch) {
        final int source =
                record.source >= 0 && record.source < sources.length ? sources[record.source] : -1;
        if (runOfRecord != run
                || source < 0
                || record.type != InboundType.FRAME_TEXT
                || record.length > LONGEST_BYTES
                || decoders[source] == null
                || !decoders[source].framesStandAlone()) {
            return;
        }
        frame.set(
                record.type,
                source,
                record.epoch,
                record.droppedBefore,
                record.stampNs,
                record.bytes,
                record.offset,
                record.length);
        final MarketEvent draft = batch.draft().begin(frame);
        events = 0;
        try {
            decoders[source].decode(frame, draft, this);
        } catch (final RuntimeException e) {
            events = 0;
        }
        if (events == 1) {
            batch.decoded();
        }
    }

    @Override
    public void onEvent(final MarketEvent event) {
        events++;
    }
}
