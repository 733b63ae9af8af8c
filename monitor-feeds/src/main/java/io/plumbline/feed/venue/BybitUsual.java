package io.plumbline.feed.venue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookLevels;

/**
 * A book or its changes: {@code {"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1687940967466,
 * "data":{"s":"BTCUSDT","b":[["30247.20","30.028"]],"a":[],"u":177400507,"seq":66544703342},
 * "cts":1687940967464}}. {@link BybitDecoder} reads whatever is written otherwise.
 */
final class BybitUsual extends UsualForm {
    private static final Literal TOPIC = Literal.of("{\"topic\":\"orderbook.");
    private static final Literal DOT = Literal.of(".");
    private static final Literal TYPE = Literal.of("\",\"type\":\"");
    private static final Literal DELTA = Literal.of("delta");
    private static final Literal SNAPSHOT = Literal.of("snapshot");
    private static final Literal TIME = Literal.of("\",\"ts\":");
    private static final Literal DATA = Literal.of(",\"data\":{\"s\":\"");
    private static final Literal BIDS = Literal.of("\",\"b\":[");
    private static final Literal ASKS = Literal.of(",\"a\":[");
    private static final Literal UPDATE = Literal.of(",\"u\":");
    private static final Literal SEQUENCE = Literal.of(",\"seq\":");
    private static final Literal MATCHED = Literal.of("},\"cts\":");
    private static final Literal END = Literal.of("}");

    /** Where the instrument's name lies in the message. */
    int name;

    int nameLength;

    /** The number of the book's change. */
    long update;

    /**
     * Fills the header, all but the instrument, and the levels.
     *
     * @return false where the message is not of the usual form
     */
    boolean read(final InboundMessage message, final BybitHeader header, final BookLevels levels) {
        if (!begin(message)) {
            return false;
        }
        int at = digits(pass(TOPIC, message.offset));
        final long depth = number.mantissa;
        name = pass(DOT, at);
        at = string(name);
        nameLength = at - name;
        at = pass(TYPE, at);
        final int delta = pass(DELTA, at);
        at = moment(pass(TIME, delta < 0 ? pass(SNAPSHOT, at) : delta));
        final long ts = number.mantissa;
        at = string(pass(DATA, at));
        at = side(pass(BIDS, at), true, levels);
        at = side(pass(ASKS, at), false, levels);
        at = whole(pass(UPDATE, at));
        update = number.mantissa;
        at = whole(pass(SEQUENCE, at));
        at = moment(pass(MATCHED, at));
        if (pass(END, at) != to
                || depth == 0
                || depth > BybitBooks.MOST_LEVELS
                || nameLength == 0) {
            return false;
        }
        header.clear();
        header.depth = (int) depth;
        header.snapshot = delta < 0;
        header.delta = delta >= 0;
        header.ts = ts;
        header.cts = number.mantissa;
        return true;
    }
}
