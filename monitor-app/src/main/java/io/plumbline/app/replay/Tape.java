package io.plumbline.app.replay;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.MessageDecoder;
import io.plumbline.app.config.DetectorsConfig;
import io.plumbline.market.MarketState;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A recording that plays into the engine: messages in one order, and the names they refer to. */
public interface Tape extends Closeable {
    /** The state to judge in, with the names of this recording. */
    MarketState state();

    /** Decoders by source id. */
    MessageDecoder[] decoders();

    /** The thresholds that were, or would be, used live. */
    DetectorsConfig detectors();

    /**
     * Fills {@code into} with the next message.
     *
     * @return false at the end
     */
    boolean next(InboundMessage into) throws IOException;

    /** What of the recording could not be read, one sentence each. */
    List<String> damages();
}
