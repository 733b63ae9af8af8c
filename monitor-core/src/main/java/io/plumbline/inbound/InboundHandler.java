package io.plumbline.inbound;

/** A consumer of the one order: the engine, the journal. */
public interface InboundHandler {
    /** Takes one message; the view and its bytes are the caller's again on return. */
    void onMessage(InboundMessage message);

    /** Nothing more is waiting right now: the moment to flush. */
    default void onBatchEnd() {}
}
