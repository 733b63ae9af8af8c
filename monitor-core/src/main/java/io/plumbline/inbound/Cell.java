package io.plumbline.inbound;

/**
 * One entry of the inbound ring: the head of a message. Its bytes stand in the {@link Slab} at the
 * cell's own place; a message that needs more bytes than one cell holds takes its neighbours too,
 * whose heads then mean nothing. Written by the producer that claimed it, read by every consumer.
 */
final class Cell {
    /** Null: claimed but given up; there is no message here. */
    InboundType type;

    int source;
    int epoch;
    int droppedBefore;
    int length;
    long stampNs;

    void set(
            final InboundType type,
            final int source,
            final int epoch,
            final int droppedBefore,
            final long stampNs,
            final int length) {
        // Mostly the same again: a reference that is there already costs no store (and no barrier).
        if (this.type != type) {
            this.type = type;
        }
        this.source = source;
        this.epoch = epoch;
        this.droppedBefore = droppedBefore;
        this.stampNs = stampNs;
        this.length = length;
    }

    void giveUp() {
        type = null;
    }
}
