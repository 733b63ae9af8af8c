package io.plumbline.inbound;

/** How far a consumer has come: read by any thread. */
public interface Progress {
    /** The name of the consumer, also that of its thread. */
    String role();

    /** Grows with every message that was handled to its end. */
    long position();

    /** How many cells wait, the one in hand included; 0 when there is nothing to do. */
    long backlog();
}
