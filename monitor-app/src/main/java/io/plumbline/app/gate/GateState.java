package io.plumbline.app.gate;

/** Whether a symbol may be traded on its Redis price, worst last. The names are an interface. */
public enum GateState {
    /** The price is the exchange's, and was so a moment ago. */
    OPEN,
    /** Nothing is known to be wrong, and not everything is proven; or something lesser is wrong. */
    CAUTION,
    /** The price is wrong, old or missing, or nobody can tell. */
    CLOSED;

    private static final GateState[] ALL = values();

    GateState worseOf(final GateState other) {
        return ALL[Math.max(ordinal(), other.ordinal())];
    }

    /** One step towards open. */
    GateState eased() {
        return ALL[Math.max(0, ordinal() - 1)];
    }
}
