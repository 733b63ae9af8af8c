package io.plumbline.market;

/** Why a book is not proven. The label is an interface (evidence of findings). */
public enum BookReason {
    /** It is proven, or nothing was seen of it. */
    NONE(""),
    NO_SNAPSHOT("no snapshot yet"),
    /** A snapshot came before any difference: nothing shows yet that both are of one time. */
    NO_DIFFERENCE("no difference has joined the snapshot yet"),
    GAP("gap"),
    OWN_LOSS("lost by the monitor"),
    CONNECTION_GAP("gap of the connection"),
    CONNECTION_DOWN("connection down"),
    /** A new connection went on with differences, without a snapshot first. */
    RECONNECT("new connection without a snapshot"),
    RESET("the venue began a new count"),
    CHECKSUM("checksum"),
    CROSSED("crossed"),
    /** A price that does not fit 18 digits together with the others, or a size below zero. */
    INEXACT("numbers that cannot be held exactly"),
    /** The deeper levels had been cut for want of room, and all above them are gone. */
    CUT("levels were cut");

    private final String label;

    BookReason(final String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
