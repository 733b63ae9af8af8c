package io.plumbline.app.replay;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.DetectorsConfig;
import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.MessageDecoder;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A recording that plays into the engine: runs of the monitor (a capture has one), each with
 * messages in one order and the names they refer to.
 */
public interface Tape extends Closeable {
    /**
     * Moves to the next run: what the engine knew ends with a run, as it did live.
     *
     * @return false at the end of the recording
     */
    boolean nextRun() throws IOException;

    /** The state to judge in, with the names of this recording. */
    MarketState state();

    /** Decoders by source id. */
    MessageDecoder[] decoders();

    /** The configuration that this run is judged by. */
    Config config();

    /** The thresholds that were, or would be, used live. */
    default DetectorsConfig detectors() {
        return config().detectors();
    }

    /**
     * Fills {@code into} with the next message of the run.
     *
     * @return false at the end of the run
     */
    boolean next(InboundMessage into) throws IOException;

    /**
     * The only event of the message that {@link #next} filled in last, decoded ahead; null where
     * the engine is to decode it.
     */
    default MarketEvent decoded() {
        return null;
    }

    /** Bytes of the files behind the reader. */
    long readBytes();

    /** Bytes of all files. */
    long totalBytes();

    /** What of the recording could not be read, one sentence each. */
    List<String> damages();
}
