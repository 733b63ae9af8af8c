package io.plumbline.market;

/** Why a Redis value could not be read as a price; NONE when it could. */
public enum ValueFault {
    NONE("a price"),
    EMPTY("an empty value"),
    NOT_A_NUMBER("not a decimal number"),
    NOT_FINITE("NaN or infinite"),
    NOT_POSITIVE("zero or negative"),
    NOT_JSON("not legal JSON"),
    FIELD_MISSING("the declared field is missing"),
    WRONG_TYPE("the key has another Redis type"),
    TOO_LONG("longer than the monitor reads"),
    NOT_MSGPACK("not legal MessagePack");

    private final String sentence;

    ValueFault(final String sentence) {
        this.sentence = sentence;
    }

    /** What is wrong, fitting after "the value is". */
    public String sentence() {
        return sentence;
    }
}
