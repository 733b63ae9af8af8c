package io.plumbline.feed.provider;

/** What a field of a message says. The label is the key in the description. */
public enum FieldRole {
    SYMBOL("symbol"),
    PRICE("price"),
    SIZE("size"),
    BID("bid"),
    BID_SIZE("bidSize"),
    ASK("ask"),
    ASK_SIZE("askSize"),
    MARK("mark"),
    INDEX("index"),
    /** The provider's event time. */
    TIME("time"),
    SEQUENCE("sequence"),
    /** The number that the provider says came before. */
    PREVIOUS("previous");

    private final String label;

    FieldRole(final String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether it is a decimal number. */
    boolean isNumber() {
        return this != SYMBOL && this != TIME && this != SEQUENCE && this != PREVIOUS;
    }
}
