package io.plumbline.feed.venue;

import io.plumbline.inbound.InboundMessage;
import io.plumbline.market.BookLevels;
import io.plumbline.market.EightBytes;
import io.plumbline.market.PlainNumber;

/**
 * A venue's messages in the one form in which they nearly always come, key by key: no white space,
 * no escapes, numbers of usual length. They are walked from left to right, each step from a
 * position to the one behind what it reads. A step that meets anything else answers {@link #NO}, as
 * does every step after it, and the decoder's general way reads the message from its beginning: so
 * nothing is accepted that this one would not read to the same event. Engine thread, no allocation.
 */
abstract class UsualForm {
    /** Of a position: what stands there is not of the usual form. */
    static final int NO = PlainNumber.NO;

    private static final int DIGITS_OF_A_MOMENT = 13;
    private static final Literal LEVEL = Literal.of("[\"");
    private static final Literal WITHIN_LEVEL = Literal.of("\",\"");
    private static final Literal END_LEVEL = Literal.of("\"]");

    byte[] bytes;

    /** Where the message ends. */
    int to;

    /** What was read last. */
    final PlainNumber number = new PlainNumber();

    /** Whether the message can be walked: words are read of all of it. */
    final boolean begin(final InboundMessage message) {
        return begin(message.bytes, message.offset, message.length);
    }

    final boolean begin(final byte[] source, final int offset, final int length) {
        // What is the same again is not stored: a reference costs a barrier of the collector.
        if (bytes != source) {
            bytes = source;
        }
        to = offset + length;
        return length > 0 && to + EightBytes.SLACK <= source.length;
    }

    /** Passes over these characters. */
    final int pass(final Literal literal, final int at) {
        return literal.behind(bytes, at, to);
    }

    /** From behind an opening quote to the closing one. */
    final int string(final int from) {
        int at = from;
        while (at >= 0 && at < to) {
            final int special = EightBytes.special(EightBytes.word(bytes, at));
            if (special < EightBytes.NONE) {
                return bytes[at + special] == '"' ? at + special : NO;
            }
            at += Long.BYTES;
        }
        return NO;
    }

    /** A whole number as JSON writes one, without a sign. */
    final int whole(final int at) {
        final int behind = digits(at);
        return behind > at + 1 && bytes[at] == '0' ? NO : behind;
    }

    /**
     * The same of a time in ms, which has 13 digits: the way to the next value is known at once.
     */
    final int moment(final int at) {
        if (at < 0 || at >= to) {
            return NO;
        }
        final long word = EightBytes.word(bytes, at);
        final long rest = EightBytes.word(bytes, at + Long.BYTES);
        if (bytes[at] == '0'
                || EightBytes.digits(word) != EightBytes.NONE
                || EightBytes.digits(rest) != DIGITS_OF_A_MOMENT - Long.BYTES) {
            return whole(at);
        }
        number.mantissa =
                EightBytes.number(word, Long.BYTES) * 100_000
                        + EightBytes.number(rest, DIGITS_OF_A_MOMENT - Long.BYTES);
        return at + DIGITS_OF_A_MOMENT;
    }

    /** A whole number as JSON writes one, maybe negative. */
    final int signed(final int at) {
        if (at < 0 || bytes[at] != '-') {
            return whole(at);
        }
        final int behind = whole(at + 1);
        number.mantissa = -number.mantissa;
        return behind;
    }

    /** A whole number within quotes, without a sign. */
    final int digits(final int at) {
        // Numbers begin before the end of the message, so that words may be read of them.
        return at < 0 || at >= to ? NO : number.whole(bytes, at);
    }

    /** A decimal as JSON writes one, without a sign, its digits as they were sent. */
    final int decimal(final int at) {
        final int behind = quotedDecimal(at);
        return behind > at + 1 && bytes[at] == '0' && bytes[at + 1] != '.' ? NO : behind;
    }

    /** A number as JSON writes one, without a sign; its value is not kept. */
    final int anyNumber(final int at) {
        int behind = fewDigits(at);
        if (behind < 0 || bytes[at] == '0' && behind > at + 1) {
            return decimal(at);
        }
        if (bytes[behind] == '.') {
            behind = fewDigits(behind + 1);
            if (behind < 0) {
                return decimal(at);
            }
        }
        if ((bytes[behind] | 0x20) == 'e') {
            final byte sign = bytes[behind + 1];
            return fewDigits(sign == '-' || sign == '+' ? behind + 2 : behind + 1);
        }
        return behind;
    }

    /** The same, maybe negative. */
    final int anySigned(final int at) {
        return anyNumber(at >= 0 && bytes[at] == '-' ? at + 1 : at);
    }

    /** Behind one to seven digits. */
    private int fewDigits(final int at) {
        if (at < 0 || at >= to) {
            return NO;
        }
        final int count = EightBytes.digits(EightBytes.word(bytes, at));
        return count == 0 || count == EightBytes.NONE ? NO : at + count;
    }

    /** A decimal within quotes, without a sign, its digits as they were sent. */
    final int quotedDecimal(final int at) {
        return at < 0 || at >= to ? NO : number.decimal(bytes, at, false);
    }

    /** The same without the zeros at the end of its fraction. */
    final int normalDecimal(final int at) {
        return at < 0 || at >= to ? NO : number.decimal(bytes, at, true);
    }

    /**
     * Levels as {@code ["price","size"]}, maybe with more strings behind, which say nothing to us.
     *
     * @param from behind the opening bracket of the list
     * @return behind the closing one
     */
    final int side(final int from, final boolean bid, final BookLevels levels) {
        int at = from;
        if (at >= 0 && bytes[at] == ']') {
            return at + 1;
        }
        int before = 0;
        int places = 0;
        do {
            at = pass(LEVEL, at);
            if (at < 0) {
                return NO;
            }
            final int guessed = number.decimalOf(bytes, at, before, places);
            if (guessed < 0) {
                final int digits = at;
                at = quotedDecimal(at);
                places = -number.exponent;
                before = at - digits - places - 1;
            } else {
                at = guessed;
            }
            final long price = number.mantissa;
            final int exponent = number.exponent;
            at = quotedDecimal(pass(WITHIN_LEVEL, at));
            if (at < 0 || !levels.add(bid, price, exponent, number.mantissa, number.exponent)) {
                return NO;
            }
            int behind = pass(END_LEVEL, at);
            while (behind < 0) {
                at = string(pass(WITHIN_LEVEL, at));
                if (at < 0) {
                    return NO;
                }
                behind = pass(END_LEVEL, at);
            }
            at = behind;
        } while (bytes[at++] == ',');
        return bytes[at - 1] == ']' ? at : NO;
    }
}
