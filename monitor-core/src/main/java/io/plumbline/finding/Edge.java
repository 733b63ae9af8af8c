package io.plumbline.finding;

/** A finding is an edge, never a repeated level. */
public enum Edge {
    OPEN("open"),
    CLOSE("close"),
    /** Nothing lasts: it happened; or, of a condition that is open, more is known. */
    EVENT("event");

    private final String label;

    Edge(final String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
