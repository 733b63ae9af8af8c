package io.plumbline.feed.venue;

import io.plumbline.market.BookLevels;
import io.plumbline.market.Decimal;
import io.plumbline.market.EightBytes;
import io.plumbline.market.PlainNumber;

/**
 * Reads Binance's messages in the form in which they always come: keys of one letter (in any
 * order), no white space, no escapes, numbers of usual length. It accepts nothing that {@link
 * BinancePayload#read} would not read to the same fields; for whatever else it answers "no", and
 * that one reads the message from its beginning. Engine thread, no allocation.
 */
final class BinanceUsual {
    /** Of a position: what stands there is not of the usual form. */
    private static final int NO = PlainNumber.NO;

    private static final int KEY = '"' | '"' << 16 | ':' << 24;
    private static final int KEY_MASK = 0xFFFF_00FF;
    private static final long PREVIOUS = EightBytes.word("\"pu\":\0\0\0");
    private static final long PAIR = EightBytes.word("\"ps\":\0\0\0");

    /** Stands for the key "pu". */
    private static final int PREVIOUS_KEY = 'p' << 8 | 'u';

    /** Stands for the key "ps". */
    private static final int PAIR_KEY = 'p' << 8 | 's';

    private static final long STREAM = EightBytes.word("{\"stream");
    private static final long STREAM_END = EightBytes.word("tream\":\"");
    private static final int STREAM_LENGTH = 11;
    private static final long DATA = EightBytes.word("\",\"data\"");
    private static final int DATA_LENGTH = 10;

    private static final long DATA_FIRST = EightBytes.word("{\"data\":");
    private static final Literal STREAM_LAST = Literal.of(",\"stream\":\"");

    private static final int BEGIN_LEVEL = '[' | '"' << 8;
    private static final int WITHIN_LEVEL = '"' | ',' << 8 | '"' << 16;
    private static final int END_LEVEL = '"' | ']' << 8;
    private static final int TWO = 0xFFFF;
    private static final int THREE = 0xFF_FFFF;

    private static final long BOOK_TICKER = EightBytes.word("bookTick");
    private static final long DEPTH_UPDATE = EightBytes.word("depthUpd");
    private static final long AGG_TRADE = EightBytes.word("aggTrade");
    private static final long TRADE = EightBytes.word("trade\"\0\0");
    private static final long TRADE_MASK = 0xFFFF_FFFF_FFFFL;
    private static final long TICKER = EightBytes.word("okTicker");
    private static final long UPDATE = EightBytes.word("thUpdate");
    private static final long TRUE = EightBytes.word("true\0\0\0\0");
    private static final long FALSE = EightBytes.word("false\0\0\0");
    private static final long FOUR_BYTES = 0xFFFF_FFFFL;
    private static final long FIVE_BYTES = 0xFF_FFFF_FFFFL;
    private static final long MARKET = EightBytes.word("MARKET\"\0");
    private static final long SEVEN_BYTES = 0xFF_FFFF_FFFF_FFFFL;

    private byte[] bytes;
    private int to;
    private final BinancePayload payload;
    private BookLevels levels;

    private final PlainNumber number = new PlainNumber();

    BinanceUsual(final BinancePayload payload) {
        this.payload = payload;
    }

    /**
     * Fills the payload, which is clear.
     *
     * @return false where the message is not of the usual form: the payload is then to be cleared
     *     again
     */
    boolean read(
            final byte[] source, final int offset, final int length, final BookLevels intoLevels) {
        // What is the same again is not stored: a reference costs a barrier of the collector.
        if (bytes != source) {
            bytes = source;
        }
        if (levels != intoLevels) {
            levels = intoLevels;
        }
        to = offset + length;
        if (length < STREAM_LENGTH || to + EightBytes.SLACK > source.length) {
            return false;
        }
        if (EightBytes.word(source, offset) == DATA_FIRST) {
            return dataFirst(offset);
        }
        if (EightBytes.word(source, offset) != STREAM) {
            return source[offset] == '{' && fields(offset + 1) == to;
        }
        if (EightBytes.word(source, offset + 3) != STREAM_END) {
            return false;
        }
        final int name = offset + STREAM_LENGTH;
        final int quote = string(name);
        if (quote < 0
                || EightBytes.word(source, quote) != DATA
                || source[quote + 8] != ':'
                || source[quote + 9] != '{') {
            return false;
        }
        payload.stream.set(source, name, quote - name);
        return fields(quote + DATA_LENGTH) == to - 1 && source[to - 1] == '}';
    }

    /** {@code {"data":{..},"stream":".."}}. */
    private boolean dataFirst(final int offset) {
        if (bytes[offset + 8] != '{') {
            return false;
        }
        final int name = STREAM_LAST.behind(bytes, fields(offset + 9), to);
        final int quote = name < 0 ? NO : string(name);
        if (quote != to - 2 || bytes[to - 1] != '}') {
            return false;
        }
        payload.stream.set(bytes, name, quote - name);
        return true;
    }

    /**
     * From behind the opening brace to behind the closing one. The kind of a value is told by its
     * first byte, so that each way of reading stands here once: it is compiled into this loop.
     */
    private int fields(final int from) {
        int at = from;
        while (at < to) {
            final int head = EightBytes.half(bytes, at);
            int key = head >>> 8 & 0xFF;
            at += 4;
            if ((head & KEY_MASK) != KEY) {
                key = longerKey(EightBytes.word(bytes, at - 4));
                if (key < 0) {
                    return NO;
                }
                at++;
            }
            final byte first = bytes[at];
            if (first == '"') {
                at++;
                if (isDecimal(key)) {
                    at = number.decimal(bytes, at, true);
                    if (at < 0 || bytes[at] != '"') {
                        return NO;
                    }
                    decimal(key);
                } else {
                    final int start = at;
                    at = string(start);
                    if (at < 0 || !text(key, start, at)) {
                        return NO;
                    }
                }
                at++;
            } else if (first >= '0' && first <= '9') {
                at = whole(at);
                if (at < 0 || !number(key)) {
                    return NO;
                }
            } else {
                at = rare(key, at);
                if (at < 0) {
                    return NO;
                }
            }
            final byte next = bytes[at++];
            if (next != ',') {
                return next == '}' ? at : NO;
            }
        }
        return NO;
    }

    /** The two keys of two letters. */
    private static int longerKey(final long word) {
        if ((word & FIVE_BYTES) == PREVIOUS) {
            return PREVIOUS_KEY;
        }
        return (word & FIVE_BYTES) == PAIR ? PAIR_KEY : NO;
    }

    private static boolean isDecimal(final int key) {
        return key == 'b' || key == 'a' || key == 'p' || key == 'q' || key == 'i';
    }

    private void decimal(final int key) {
        final Decimal out;
        switch (key) {
            case 'b':
                out = payload.bid;
                break;
            case 'a':
                out = payload.ask;
                break;
            case 'p':
                out = payload.price;
                break;
            case 'q':
                out = payload.quantity;
                break;
            default:
                out = payload.index;
                break;
        }
        out.set(number.mantissa, number.exponent);
    }

    /** A bare whole number; false where the field is none. */
    private boolean number(final int key) {
        switch (key) {
            case 'E':
                payload.eventTime = number.mantissa;
                return true;
            case 'T':
                payload.transactTime = number.mantissa;
                return true;
            case 't':
                payload.tradeId = number.mantissa;
                return true;
            case 'U':
                payload.firstUpdate = number.mantissa;
                return true;
            case 'u':
                payload.lastUpdate = number.mantissa;
                return true;
            case PREVIOUS_KEY:
                payload.previousUpdate = number.mantissa;
                return true;
            case 'a':
                payload.aggregateId = number.mantissa;
                return true;
            case 'b', 'p', 'q', 'i', 'e', 's', 'X':
                return false;
            default:
                return isPlain(key);
        }
    }

    /** A string between two quotes; false where it does not belong there. */
    private boolean text(final int key, final int start, final int quote) {
        switch (key) {
            case 's':
                payload.symbol(bytes, start, quote - start);
                return true;
            case 'e':
                return event(start, quote - start);
            case 'X':
                payload.offMarket = (EightBytes.word(bytes, start) & SEVEN_BYTES) != MARKET;
                return true;
            case 'E', 'T', 't', 'U', 'u', PREVIOUS_KEY:
                return false;
            default:
                return isPlain(key);
        }
    }

    /** Levels and truth values. */
    private int rare(final int key, final int at) {
        if (bytes[at] == '[') {
            final boolean bid = key == 'b';
            if (!bid && key != 'a' || (bid ? payload.bids : payload.asks)) {
                return NO;
            }
            payload.bids |= bid;
            payload.asks |= !bid;
            return levels(at + 1, bid);
        }
        if (key == 'm' || key == 'M') {
            final long word = EightBytes.word(bytes, at);
            if ((word & FIVE_BYTES) == FALSE) {
                return at + 5;
            }
            return (word & FOUR_BYTES) == TRUE ? at + 4 : NO;
        }
        return NO;
    }

    /** Whether a key that is not looked at is one letter and no part of something longer. */
    private static boolean isPlain(final int key) {
        return key != '"' && key != '\\' && key >= ' ';
    }

    private boolean event(final int start, final int length) {
        final long word = EightBytes.word(bytes, start);
        if (word == BOOK_TICKER && length == 10) {
            payload.event = BinancePayload.Event.BOOK_TICKER;
            return EightBytes.word(bytes, start + 2) == TICKER;
        }
        if (word == DEPTH_UPDATE && length == 11) {
            payload.event = BinancePayload.Event.DEPTH_UPDATE;
            return EightBytes.word(bytes, start + 3) == UPDATE;
        }
        if (word == AGG_TRADE && length == 8) {
            payload.event = BinancePayload.Event.AGG_TRADE;
            return true;
        }
        payload.event = BinancePayload.Event.TRADE;
        return (word & TRADE_MASK) == TRADE;
    }

    /** From behind an opening quote to the closing one. */
    private int string(final int from) {
        int at = from;
        while (at < to) {
            final int special = EightBytes.special(EightBytes.word(bytes, at));
            if (special < EightBytes.NONE) {
                return bytes[at + special] == '"' ? at + special : NO;
            }
            at += Long.BYTES;
        }
        return NO;
    }

    /** A bare whole number, as JSON writes one. */
    private int whole(final int at) {
        final int behind = number.whole(bytes, at);
        return bytes[at] == '0' && behind != at + 1 ? NO : behind;
    }

    /** From behind the opening bracket to behind the closing one. */
    private int levels(final int from, final boolean bid) {
        int at = from;
        if (bytes[at] == ']') {
            return at + 1;
        }
        while (at < to && (EightBytes.half(bytes, at) & TWO) == BEGIN_LEVEL) {
            at = number.decimal(bytes, at + 2, false);
            // Numbers begin before the end of the message, so that words may be read of them.
            if (at < 0 || at + 3 >= to || (EightBytes.half(bytes, at) & THREE) != WITHIN_LEVEL) {
                return NO;
            }
            final long price = number.mantissa;
            final int priceExponent = number.exponent;
            at = number.decimal(bytes, at + 3, false);
            if (at < 0 || (EightBytes.half(bytes, at) & TWO) != END_LEVEL || !levels.begin(bid)) {
                return NO;
            }
            levels.price(price, priceExponent);
            levels.size(number.mantissa, number.exponent);
            at += 3;
            if (bytes[at - 1] != ',') {
                return bytes[at - 1] == ']' ? at : NO;
            }
        }
        return NO;
    }
}
