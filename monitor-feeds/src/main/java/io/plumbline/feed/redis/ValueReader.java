package io.plumbline.feed.redis;

import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.ValueFault;

/** Reads one key's values by its format. Engine thread only; allocates nothing per value. */
final class ValueReader {
    private static final int PRICE = 0;
    private static final int SEQUENCE = 1;
    private static final int TIME = 2;

    private final ValueFormat format;
    private final JsonPath json;
    private final MessagePackPath pack;

    ValueReader(final ValueFormat format) {
        this.format = format;
        json =
                format.kind() == ValueFormat.Kind.JSON
                        ? new JsonPath(format.price(), format.sequence(), format.time())
                        : null;
        pack =
                format.kind() == ValueFormat.Kind.MSGPACK
                        ? new MessagePackPath(format.price(), format.sequence(), format.time())
                        : null;
    }

    /** Sets price, embedded sequence and time in {@code draft}, and says why there is none. */
    ValueFault read(final RedisObservation seen, final MarketEvent draft) {
        if (seen.wrongType()) {
            return ValueFault.WRONG_TYPE;
        }
        if (seen.tooLong()) {
            return ValueFault.TOO_LONG;
        }
        switch (format.kind()) {
            case JSON:
                return json(seen, draft);
            case MSGPACK:
                return pack(seen, draft);
            case HASH:
                if (!seen.fieldGiven()) {
                    return ValueFault.FIELD_MISSING;
                }
                draft.embeddedSequence =
                        EmbeddedNumber.sequence(
                                seen.bytes,
                                seen.sequenceOffset,
                                seen.sequenceOffset + seen.sequenceLength);
                draft.embeddedNs =
                        EmbeddedNumber.timeNs(
                                seen.bytes, seen.timeOffset, seen.timeOffset + seen.timeLength);
                return number(seen.bytes, seen.valueOffset, seen.valueLength, draft.price);
            default:
                return number(seen.bytes, seen.valueOffset, seen.valueLength, draft.price);
        }
    }

    private ValueFault json(final RedisObservation seen, final MarketEvent draft) {
        if (seen.valueLength == 0) {
            return ValueFault.EMPTY;
        }
        if (!json.scan(seen.bytes, seen.valueOffset, seen.valueLength)) {
            return ValueFault.NOT_JSON;
        }
        if (scalar(SEQUENCE)) {
            draft.embeddedSequence =
                    EmbeddedNumber.sequence(seen.bytes, json.start(SEQUENCE), json.end(SEQUENCE));
        }
        if (scalar(TIME)) {
            draft.embeddedNs = EmbeddedNumber.timeNs(seen.bytes, json.start(TIME), json.end(TIME));
        }
        switch (json.kind(PRICE)) {
            case MISSING:
                return ValueFault.FIELD_MISSING;
            case NOT_FINITE:
                return ValueFault.NOT_FINITE;
            case NUMBER:
            case STRING:
                return number(
                        seen.bytes,
                        json.start(PRICE),
                        json.end(PRICE) - json.start(PRICE),
                        draft.price);
            default:
                return ValueFault.NOT_A_NUMBER;
        }
    }

    private ValueFault pack(final RedisObservation seen, final MarketEvent draft) {
        if (seen.valueLength == 0) {
            return ValueFault.EMPTY;
        }
        if (!pack.scan(seen.bytes, seen.valueOffset, seen.valueLength)) {
            return ValueFault.NOT_MSGPACK;
        }
        draft.embeddedSequence = pack.sequence(SEQUENCE);
        draft.embeddedNs = pack.timeNs(TIME);
        return pack.price(PRICE, draft.price);
    }

    private boolean scalar(final int path) {
        return json.kind(path) == JsonPath.Kind.NUMBER || json.kind(path) == JsonPath.Kind.STRING;
    }

    /** Sets a price that stands as text, and says why there is none. */
    static ValueFault number(
            final byte[] bytes, final int offset, final int length, final Decimal price) {
        if (length == 0) {
            return ValueFault.EMPTY;
        }
        if (price.parse(bytes, offset, length)) {
            return price.signum() > 0 ? ValueFault.NONE : ValueFault.NOT_POSITIVE;
        }
        return notFinite(bytes, offset, length) ? ValueFault.NOT_FINITE : ValueFault.NOT_A_NUMBER;
    }

    private static boolean notFinite(final byte[] bytes, final int offset, final int length) {
        final boolean signed = bytes[offset] == '-' || bytes[offset] == '+';
        final int from = signed ? offset + 1 : offset;
        final int count = signed ? length - 1 : length;
        return is("nan", bytes, from, count)
                || is("inf", bytes, from, count)
                || is("infinity", bytes, from, count);
    }

    private static boolean is(
            final String word, final byte[] bytes, final int from, final int count) {
        if (count != word.length()) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (Character.toLowerCase((char) bytes[from + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
