package io.plumbline.feed.venue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookAction;
import io.plumbline.market.BookLevels;
import io.plumbline.market.Channel;
import io.plumbline.market.ChecksumRule;
import io.plumbline.market.EightBytes;
import io.plumbline.market.EventType;
import io.plumbline.market.MarketEvent;

/**
 * Books and their changes in the first interface: {@code
 * [2496,{"b":[["0.02","12.3","1617666489.890108"]],"c":"108935274"},"book-1000","ALGO/XBT"]}, with
 * one payload or two. {@link KrakenArrays} reads whatever is written otherwise.
 */
final class KrakenArraysUsual extends UsualForm {
    private static final Literal PAYLOAD = Literal.of(",{\"");
    private static final Literal NEXT_KEY = Literal.of(",\"");
    private static final Literal LIST = Literal.of("\":[");
    private static final Literal LEVEL = Literal.of("[\"");
    private static final Literal WITHIN_LEVEL = Literal.of("\",\"");
    private static final Literal END_LEVEL = Literal.of("\"]");
    private static final Literal END_REPUBLISHED = Literal.of("\",\"r\"]");
    private static final Literal CHECKSUM = Literal.of("c\":\"");
    private static final Literal QUOTE = Literal.of("\"");
    private static final Literal END_PAYLOAD = Literal.of("}");
    private static final Literal BOOK = Literal.of(",\"book-");
    private static final long MOST_CHECKSUM = 0xFFFF_FFFFL;
    private static final long NONE = MarketEvent.NONE;

    /** Seconds beyond it have no ns since the epoch. */
    private static final long MOST_SECONDS = 9_000_000_000L;

    private static final int PLACES_OF_NS = 9;

    private final InstrumentNames names;
    private final KrakenNames pair = new KrakenNames();
    private boolean snapshot;
    private long checksum;
    private long newestNs;

    KrakenArraysUsual(final InstrumentNames names) {
        this.names = names;
    }

    /**
     * Makes the draft what the message says.
     *
     * @return false where it is not of the usual form: of the draft only levels were touched
     */
    boolean read(final InboundMessage message, final MarketEvent draft) {
        if (!begin(message) || bytes[message.offset] != '[') {
            return false;
        }
        snapshot = false;
        checksum = NONE;
        newestNs = NONE;
        int at = whole(message.offset + 1);
        int payload = pass(PAYLOAD, at);
        do {
            at = payload(payload, draft.levels);
            payload = pass(PAYLOAD, at);
        } while (payload >= 0);
        at = digits(pass(BOOK, at));
        final long depth = number.mantissa;
        final int name = pass(WITHIN_LEVEL, at);
        final int quote = string(name);
        if (pass(END_LEVEL, quote) != to
                || depth == 0
                || depth > Kraken.MOST_LEVELS
                || checksum > MOST_CHECKSUM) {
            return false;
        }
        draft.type = EventType.MARKET;
        draft.channel = Channel.DEPTH;
        draft.book = snapshot ? BookAction.SNAPSHOT : BookAction.DELTA;
        draft.bookDepth = (int) depth;
        draft.venueNs = newestNs;
        if (checksum != NONE) {
            draft.checksum = checksum;
            draft.checksumRule = ChecksumRule.KRAKEN;
        }
        pair.take(bytes, name, quote - name);
        names.name(draft, pair.bytes(), 0, pair.length());
        return true;
    }

    /** From its first key to behind the brace that closes it. */
    private int payload(final int from, final BookLevels levels) {
        boolean sides = false;
        int at;
        int key = from;
        do {
            if (key < 0) {
                return NO;
            }
            final byte letter = bytes[key];
            if (letter == 'a' || letter == 'b') {
                final boolean whole = bytes[key + 1] == 's';
                snapshot |= whole;
                sides = true;
                at = levels(pass(LIST, whole ? key + 2 : key + 1), letter == 'b', levels);
            } else {
                at = digits(pass(CHECKSUM, key));
                checksum = number.mantissa;
                at = pass(QUOTE, at);
            }
            key = pass(NEXT_KEY, at);
        } while (key >= 0);
        return sides ? pass(END_PAYLOAD, at) : NO;
    }

    /** From behind the opening bracket to behind the one that closes the list. */
    private int levels(final int from, final boolean bid, final BookLevels levels) {
        int at = from;
        if (at >= 0 && bytes[at] == ']') {
            return at + 1;
        }
        do {
            at = quotedDecimal(pass(LEVEL, at));
            final long price = number.mantissa;
            final int exponent = number.exponent;
            at = quotedDecimal(pass(WITHIN_LEVEL, at));
            if (at < 0 || !levels.add(bid, price, exponent, number.mantissa, number.exponent)) {
                return NO;
            }
            at = changed(quotedDecimal(pass(WITHIN_LEVEL, at)));
            if (at < 0) {
                return NO;
            }
        } while (bytes[at++] == ',');
        return bytes[at - 1] == ']' ? at : NO;
    }

    /** Behind the bracket that closes a level whose time was just read. */
    private int changed(final int from) {
        final int at = pass(END_LEVEL, from);
        if (at < 0) {
            return pass(END_REPUBLISHED, from);
        }
        final long changedNs = seconds();
        newestNs = Math.max(newestNs, changedNs);
        return changedNs == NONE ? NO : at;
    }

    /** The number read last as a time; NONE for what the general way must look at. */
    private long seconds() {
        final int places = -number.exponent;
        return places == 0 || number.mantissa > MOST_SECONDS * EightBytes.power(places)
                ? NONE
                : number.mantissa * EightBytes.power(PLACES_OF_NS - places);
    }
}
