package io.plumbline.app.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a price stands in a Redis value: {@code plain}, {@code json:price}, {@code hash:price},
 * {@code msgpack:price}, and for all but the first the writer's own evidence, {@code
 * json:price,seq=a,time=T}.
 *
 * <p>In JSON and MessagePack a dot leads into an object, or with a number into a list: {@code
 * json:data.0.p}; {@code json:.} and {@code msgpack:.} are the value as a whole.
 *
 * @param field name of the field with the price; "" for a plain value
 * @param sequenceField name of the field with the venue's sequence; "" without one
 * @param timeField name of the field with the venue's time; "" without one
 */
public record KeyFormat(Kind kind, String field, String sequenceField, String timeField) {

    /** The value's container. */
    public enum Kind {
        /** The value is the number. */
        PLAIN,
        /** A JSON object in a string value. */
        JSON,
        /** A Redis hash. */
        HASH,
        /** MessagePack in a string value. */
        MSGPACK;

        private String prefix() {
            return name().toLowerCase(Locale.ROOT) + ':';
        }
    }

    private static final String NAME = "([^,=:\\s]{1,200})";
    private static final Pattern FIELDS =
            Pattern.compile(
                    "(json|hash|msgpack):" + NAME + "((?:,(?:seq|time)=" + NAME + "){0,2})");
    private static final Pattern EXTRA = Pattern.compile(",(seq|time)=" + NAME);

    /** Reads the text form. */
    static KeyFormat parse(final String text) {
        if (text.equals("plain")) {
            return new KeyFormat(Kind.PLAIN, "", "", "");
        }
        final Matcher fields = FIELDS.matcher(text);
        if (!fields.matches()) {
            throw new BadValue(
                    "is no value format; write plain, json:FIELD, hash:FIELD or msgpack:FIELD,"
                            + " all but plain also with ,seq=FIELD and ,time=FIELD");
        }
        String sequenceField = "";
        String timeField = "";
        final Matcher extra = EXTRA.matcher(fields.group(3));
        while (extra.find()) {
            final boolean sequence = extra.group(1).equals("seq");
            if (!(sequence ? sequenceField : timeField).isEmpty()) {
                throw new BadValue("gives " + extra.group(1) + "= twice; remove one");
            }
            if (sequence) {
                sequenceField = extra.group(2);
            } else {
                timeField = extra.group(2);
            }
        }
        for (final String name : List.of(fields.group(2), sequenceField, timeField)) {
            if (name.equals(".")) {
                continue;
            }
            if (name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
                throw new BadValue("has an empty name between dots; write json:data.p");
            }
        }
        final Kind kind = Kind.valueOf(fields.group(1).toUpperCase(Locale.ROOT));
        return new KeyFormat(kind, fields.group(2), sequenceField, timeField);
    }

    /** The text form. */
    @Override
    public String toString() {
        if (kind == Kind.PLAIN) {
            return "plain";
        }
        return kind.prefix()
                + field
                + (sequenceField.isEmpty() ? "" : ",seq=" + sequenceField)
                + (timeField.isEmpty() ? "" : ",time=" + timeField);
    }
}
