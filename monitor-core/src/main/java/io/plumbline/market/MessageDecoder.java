package io.plumbline.market;

import io.plumbline.inbound.InboundMessage;

/**
 * Turns one received message into events. The port that feeds implement: one instance per source,
 * called on the engine thread only, allocating nothing for messages in steady state.
 */
public interface MessageDecoder {
    /**
     * Fills {@code draft} and hands it to {@code out} once per event in the message: none for a
     * message that says nothing, several for one that carries several. The caller has cleared the
     * draft and set its source, epoch, receive time and evidence bytes; a decoder that emits more
     * than one event restores what it changed. Anything unreadable becomes one {@link
     * EventType#UNPARSED} event; a decoder never throws for what a peer sent.
     */
    void decode(InboundMessage message, MarketEvent draft, EventHandler out);

    /**
     * Whether each frame gives one event that depends on nothing but its own bytes: another
     * instance may then decode it elsewhere, before its turn, and comes to the same.
     */
    default boolean framesStandAlone() {
        return false;
    }
}
