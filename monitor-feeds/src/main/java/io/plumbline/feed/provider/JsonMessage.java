package io.plumbline.feed.provider;

import io.plumbline.feed.json.JsonCursor;
import io.plumbline.feed.venue.VenueTime;
import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.SequenceRule;
import java.util.Arrays;

/**
 * One kind of JSON message, ready to be read: {@code top} is the shape of the whole text, which
 * others share; elements of an array have a shape of their own. One thread, no allocation.
 */
final class JsonMessage {
    private static final FieldRole[] ROLES = FieldRole.values();
    private static final int NONE = -1;

    final Channel channel;
    final SequenceRule rule;
    private final TimeForm timeForm;
    private final JsonTest when;
    private final JsonShape top;
    private final JsonShape element = new JsonShape();
    private final JsonCursor elements = new JsonCursor();
    private final Decimal time = new Decimal();
    private final int items;
    private final int[] slots = new int[ROLES.length];
    private final boolean[] fromTop = new boolean[ROLES.length];

    JsonMessage(final JsonFormat.Message spec, final JsonShape top) {
        this.channel = spec.channel();
        this.rule = spec.rule();
        this.timeForm = spec.timeForm();
        this.top = top;
        this.when = new JsonTest(spec.when(), top);
        this.items = spec.items() == null ? NONE : top.add(spec.items());
        Arrays.fill(slots, NONE);
        spec.fields()
                .forEach(
                        (role, field) -> {
                            final boolean whole = items == NONE || field.fromTop();
                            fromTop[role.ordinal()] = whole;
                            slots[role.ordinal()] = (whole ? top : element).add(field.path());
                        });
    }

    /** Whether the text that was just read is of this kind. */
    boolean matches() {
        return when.holds();
    }

    /** Whether its elements are read one by one. */
    boolean isList() {
        return items != NONE;
    }

    /** Goes to before the first element; false where there is no array, nor a lone object. */
    boolean begin() {
        if (top.kind(items) != JsonShape.Kind.CONTAINER) {
            return false;
        }
        elements.reset(top.bytes(items), top.start(items), top.length(items));
        return elements.peek() == '{' || elements.beginArray();
    }

    /** Reads the next element; false at the end. A lone object counts as an array of one. */
    boolean next() {
        final boolean alone = elements.position() == top.start(items) && elements.peek() == '{';
        if (!alone && !elements.nextElement()) {
            return false;
        }
        element.read(elements, top.bytes(items));
        return true;
    }

    /** Takes the fields of the message, or of the element last read; false for one that is none. */
    boolean read(final EventFields fields) {
        fields.clear();
        for (final FieldRole role : ROLES) {
            final int slot = slots[role.ordinal()];
            if (slot != NONE
                    && !read(role, fromTop[role.ordinal()] ? top : element, slot, fields)) {
                return false;
            }
        }
        return fields.isEvent(channel, rule);
    }

    private boolean read(
            final FieldRole role, final JsonShape from, final int slot, final EventFields fields) {
        if (from.kind(slot) == JsonShape.Kind.ABSENT) {
            return true;
        }
        if (role == FieldRole.BID || role == FieldRole.ASK) {
            fields.quoted();
        }
        if (from.kind(slot) == JsonShape.Kind.NULL) {
            return true;
        }
        switch (role) {
            case SYMBOL:
                fields.symbol(from.bytes(slot), from.start(slot), from.length(slot));
                return from.isScalar(slot);
            case TIME:
                return time(from, slot, fields);
            case SEQUENCE:
                fields.sequence = from.wholeNumber(slot);
                return fields.sequence != MarketEvent.NONE;
            case PREVIOUS:
                fields.previous = from.wholeNumber(slot);
                return fields.previous != MarketEvent.NONE;
            default:
                return from.decimal(slot, fields.number(role));
        }
    }

    /** Whole numbers and seconds with a fraction to the last digit, others to 18. */
    private boolean time(final JsonShape from, final int slot, final EventFields fields) {
        if (timeForm == TimeForm.ISO) {
            fields.timeNs =
                    from.isScalar(slot)
                            ? VenueTime.rfc3339Ns(
                                    from.bytes(slot), from.start(slot), from.length(slot))
                            : MarketEvent.NONE;
            return fields.timeNs != MarketEvent.NONE;
        }
        final long whole = from.wholeNumber(slot);
        if (whole != MarketEvent.NONE) {
            fields.timeNs = timeForm.epochNs(whole, 0);
            return true;
        }
        if (!from.decimal(slot, time)) {
            return false;
        }
        if (timeForm == TimeForm.SECONDS) {
            fields.timeNs =
                    VenueTime.secondsNs(from.bytes(slot), from.start(slot), from.length(slot));
            if (fields.timeNs != MarketEvent.NONE) {
                return true;
            }
        }
        fields.timeNs = timeForm.epochNs(time);
        return true;
    }

    /** The symbol of the message, or of the element last read: cold path. */
    String symbolText() {
        final int slot = slots[FieldRole.SYMBOL.ordinal()];
        if (slot == NONE) {
            return "";
        }
        return (fromTop[FieldRole.SYMBOL.ordinal()] ? top : element).text(slot);
    }
}
