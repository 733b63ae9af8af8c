package io.plumbline.feed.provider;

import io.plumbline.market.Channel;
import io.plumbline.market.SequenceRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the layout of a binary provider's frames. */
final class BinaryReader {
    private static final int LARGEST_FRAME = 1 << 20;
    private static final int LONGEST_TEXT = 256;
    private static final int FARTHEST_SCALE = 30;
    private static final int MOST_DIGITS = 18;

    /** {@code ascii[12]}, or {@code ascii12}, which needs no quotes within YAML's braces. */
    private static final Pattern ASCII =
            Pattern.compile("ascii(?:([1-9]\\d{0,2})|\\[([1-9]\\d{0,2})])");

    private static final Pattern WORTH =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{1,18})?)(?:/(\\d{1,18}))?");

    private final Map<String, Boolean> orders = new LinkedHashMap<>();
    private final Map<String, Boolean> places = new LinkedHashMap<>();
    private final boolean bigEndian;
    private final int header;
    private final int recordLength;

    private BinaryReader(final Keys keys) {
        orders.put("little", false);
        orders.put("big", true);
        places.put("record", false);
        places.put("header", true);
        bigEndian = keys.choice("endian", "byte order", orders, false);
        header = keys.integer("header", 0, 0, LARGEST_FRAME);
        recordLength = keys.map("record").integer("length", 0, 1, LARGEST_FRAME);
    }

    static BinaryFormat read(final Keys keys) {
        return new BinaryReader(keys).format(keys);
    }

    private BinaryFormat format(final Keys keys) {
        final Keys record = keys.map("record");
        final BinaryField lengthField = whole(record, "lengthField");
        if (lengthField != null && (recordLength > 0 || lengthField.inHeader())) {
            record.problem(
                    "lengthField", "a record has one length or tells it itself; keep one of them");
        }
        final BinaryField count = whole(keys, "count");
        if (count != null && !count.inHeader()) {
            keys.problem("count", "stands in the header; write `in: header`");
        }
        final BinaryField type = whole(keys, "type");
        final BinaryField connection = whole(keys, "connectionSequence");
        final Keys heartbeat = keys.map("heartbeat");
        if (heartbeat.given("type") && type == null) {
            heartbeat.problem("type", "nothing tells types apart; say where `type` stands");
        }
        final List<BinaryFormat.Message> messages = new ArrayList<>();
        for (final Keys message : MessageKeys.messages(keys)) {
            final BinaryFormat.Message read = message(message, type != null);
            if (read.channel() != null) {
                messages.add(read);
            }
        }
        return new BinaryFormat(
                header,
                count,
                recordLength,
                lengthField,
                type,
                connection,
                heartbeat.given("type")
                        ? (long) heartbeat.integer("type", 0, Integer.MIN_VALUE, Integer.MAX_VALUE)
                        : null,
                messages);
    }

    private BinaryFormat.Message message(final Keys keys, final boolean typed) {
        final Channel channel = MessageKeys.channel(keys);
        final int when = keys.integer("when", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (typed != keys.given("when")) {
            keys.problem(
                    "when",
                    typed
                            ? "missing; write the value of `type` that tells this message"
                            : "without a `type` there is but one kind of message; remove it");
        }
        final Map<FieldRole, BinaryField> fields =
                MessageKeys.fields(
                        keys,
                        channel,
                        (from, role) ->
                                field(
                                        from,
                                        role.label(),
                                        role == FieldRole.SYMBOL
                                                ? type -> !type.isFloat()
                                                : type -> true));
        TimeForm unit = null;
        if (keys.given("time")) {
            put(
                    fields,
                    FieldRole.TIME,
                    field(keys, "time", type -> type != BinaryField.Type.ASCII));
            unit = MessageKeys.unit(keys.map("time"));
            if (unit == TimeForm.ISO) {
                keys.map("time").problem("unit", "\"iso\" is text; write s, ms, us or ns");
            }
        }
        SequenceRule rule = SequenceRule.NONE;
        if (keys.given("sequence")) {
            final Keys sequence = keys.map("sequence");
            put(fields, FieldRole.SEQUENCE, whole(keys, "sequence"));
            put(fields, FieldRole.PREVIOUS, whole(sequence, "previous"));
            rule = MessageKeys.rule(sequence);
        }
        return new BinaryFormat.Message(channel, when, fields, unit, rule);
    }

    private static void put(
            final Map<FieldRole, BinaryField> fields,
            final FieldRole role,
            final BinaryField field) {
        if (field != null) {
            fields.put(role, field);
        }
    }

    private BinaryField whole(final Keys keys, final String key) {
        return field(keys, key, BinaryField.Type::isWhole);
    }

    /**
     * The field that {@code key} describes; null where it is absent, or no type is right.
     *
     * @param fits which types it may have
     */
    private BinaryField field(
            final Keys keys, final String key, final Predicate<BinaryField.Type> fits) {
        if (!keys.given(key)) {
            return null;
        }
        final Keys at = keys.map(key);
        if (!at.given("offset")) {
            at.problem("offset", "missing; write the field's place in its record, from 0");
        }
        final int offset = at.integer("offset", 0, 0, LARGEST_FRAME);
        final boolean inHeader = at.choice("in", "place", places, false);
        final boolean big = at.choice("endian", "byte order", orders, bigEndian);
        final String typeText = at.text("type", "");
        final Matcher ascii = ASCII.matcher(typeText);
        final BinaryField.Type type;
        final int length;
        if (ascii.matches()) {
            type = BinaryField.Type.ASCII;
            length = Integer.parseInt(ascii.group(ascii.group(1) == null ? 2 : 1));
        } else {
            type = at.choice("type", "type of field", typesShown(), null);
            length = type == null ? 0 : type.bytes();
        }
        final Worth worth = worth(at, type);
        if (type == null) {
            return null;
        }
        if (!fits.test(type)) {
            at.problem("type", '"' + typeText + "\" cannot be read as this; choose another type");
            return null;
        }
        if (length > LONGEST_TEXT) {
            at.problem("type", "longer than " + LONGEST_TEXT + " bytes; shorten it");
        }
        final int room = inHeader ? header : recordLength > 0 ? recordLength : LARGEST_FRAME;
        if (offset + length > room) {
            at.problem(
                    "offset",
                    "ends at byte "
                            + (offset + length)
                            + (inHeader ? " of a header of " : " of a record of ")
                            + room);
        }
        return new BinaryField(offset, type, length, big, inHeader, worth.factor, worth.exponent);
    }

    /** With the length that a text may have named, for the advice. */
    private static Map<String, BinaryField.Type> typesShown() {
        final Map<String, BinaryField.Type> types = BinaryField.Type.numbers();
        types.put("asciiN", null);
        return types;
    }

    /** What one unit of a whole number is worth: {@code factor x 10^exponent}. */
    private record Worth(long factor, int exponent) {
        static final Worth ONE = new Worth(1, 0);
    }

    private static Worth worth(final Keys at, final BinaryField.Type type) {
        final int scale = at.integer("scale", 0, -FARTHEST_SCALE, FARTHEST_SCALE);
        final String times = at.text("times", null);
        if (type != null && !type.isWhole() && (at.given("scale") || times != null)) {
            at.problem("type", "carries its own point; remove `scale` and `times`");
        }
        if (times == null) {
            return new Worth(1, scale);
        }
        if (at.given("scale")) {
            at.problem("times", "given beside `scale`; keep one of them");
        }
        final Matcher form = WORTH.matcher(times);
        if (!form.matches()) {
            at.problem("times", '"' + times + "\" is no worth; write 0.25 or 1/256");
            return Worth.ONE;
        }
        try {
            final BigDecimal numerator = new BigDecimal(form.group(1));
            final BigDecimal worth =
                    (form.group(2) == null
                                    ? numerator
                                    : numerator.divide(new BigDecimal(form.group(2))))
                            .stripTrailingZeros();
            if (worth.signum() > 0 && worth.precision() <= MOST_DIGITS) {
                return new Worth(worth.unscaledValue().longValueExact(), -worth.scale());
            }
        } catch (final ArithmeticException e) {
            at.problem(
                    "times",
                    '"' + times + "\" has no exact decimal; its divisor must be of 2s and 5s");
            return Worth.ONE;
        }
        at.problem("times", '"' + times + "\" must be above 0, of 18 digits at most");
        return Worth.ONE;
    }
}
