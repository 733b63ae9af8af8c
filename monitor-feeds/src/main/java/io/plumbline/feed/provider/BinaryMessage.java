package io.plumbline.feed.provider;

import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.SequenceRule;

/** One kind of binary message, ready to be read. One thread, no allocation. */
final class BinaryMessage {
    private static final FieldRole[] ROLES = FieldRole.values();
    private static final int LONGEST_NUMBER = 20;

    final Channel channel;
    final SequenceRule rule;
    final long when;
    private final TimeForm timeForm;
    private final BinaryField[] byRole = new BinaryField[ROLES.length];
    private final Decimal time = new Decimal();
    private final byte[] digits = new byte[LONGEST_NUMBER];

    BinaryMessage(final BinaryFormat.Message spec) {
        this.channel = spec.channel();
        this.rule = spec.rule();
        this.when = spec.when();
        this.timeForm = spec.timeForm();
        spec.fields().forEach((role, field) -> byRole[role.ordinal()] = field);
    }

    /**
     * Takes the fields of a record; false for one that is none.
     *
     * @param length bytes of the record
     */
    boolean read(
            final byte[] bytes,
            final int frame,
            final int record,
            final int length,
            final EventFields fields) {
        fields.clear();
        for (final FieldRole role : ROLES) {
            final BinaryField field = byRole[role.ordinal()];
            if (field == null) {
                continue;
            }
            if (!field.inHeader() && field.end() > length) {
                return false;
            }
            if (!read(role, field, bytes, field.inHeader() ? frame : record, fields)) {
                return false;
            }
        }
        return fields.isEvent(channel, rule);
    }

    private boolean read(
            final FieldRole role,
            final BinaryField field,
            final byte[] bytes,
            final int base,
            final EventFields fields) {
        switch (role) {
            case SYMBOL:
                symbol(field, bytes, base, fields);
                return true;
            case TIME:
                if (field.type().isFloat()) {
                    final boolean isNumber = field.number(bytes, base, time);
                    fields.timeNs = timeForm.epochNs(time);
                    return isNumber;
                }
                fields.timeNs = timeForm.epochNs(field.bits(bytes, base), 0);
                return true;
            case SEQUENCE:
                fields.sequence = field.bits(bytes, base);
                return field.isCount(fields.sequence);
            case PREVIOUS:
                fields.previous = field.bits(bytes, base);
                return field.isCount(fields.previous);
            case BID, ASK:
                fields.quoted();
                return field.number(bytes, base, fields.number(role));
            default:
                return field.number(bytes, base, fields.number(role));
        }
    }

    /** The text of the record, or its number in digits. */
    private void symbol(
            final BinaryField field, final byte[] bytes, final int base, final EventFields fields) {
        if (field.type() == BinaryField.Type.ASCII) {
            final int from = base + field.offset();
            fields.symbol(bytes, from, field.textEnd(bytes, base) - from);
            return;
        }
        final long id = field.bits(bytes, base);
        int at = digits.length;
        long rest = id;
        do {
            digits[--at] = (byte) ('0' + Math.abs((int) (rest % 10)));
            rest /= 10;
        } while (rest != 0);
        if (id < 0) {
            digits[--at] = '-';
        }
        fields.symbol(digits, at, digits.length - at);
    }

    /** The symbol of a record, or "": cold path. */
    String symbolText(final byte[] bytes, final int frame, final int record, final int length) {
        final BinaryField field = byRole[FieldRole.SYMBOL.ordinal()];
        if (field == null || !field.inHeader() && field.end() > length) {
            return "";
        }
        final EventFields fields = new EventFields();
        symbol(field, bytes, field.inHeader() ? frame : record, fields);
        return fields.symbolText();
    }
}
