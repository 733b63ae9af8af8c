package io.plumbline.feed.redis;

import java.util.List;
import java.util.Locale;

/**
 * Where in a Redis value the price stands, and, if the writer embeds them, the venue's sequence and
 * time.
 *
 * <pre>
 * plain                        the whole string value is the number
 * json:price                   member of a JSON object, dots descend: json:data.p, json:data.0.p
 * json:price,seq=u,time=E      the same with embedded sequence and time
 * hash:price,seq=u,time=E      fields of a Redis hash
 * msgpack:price,seq=u,time=E   members of a MessagePack map, dots descend as in JSON
 * </pre>
 *
 * <p>A member of digits counts the elements of a list; {@code json:.} and {@code msgpack:.} are the
 * value as a whole.
 *
 * <p>Plain values are read strictly: white space around the number is not a number, because the
 * engine's own reader may or may not forgive it.
 *
 * @param price the member path or hash field, "" for plain
 * @param sequence the same for the sequence, "" for none
 * @param time the same for the time, "" for none
 */
public record ValueFormat(Kind kind, String price, String sequence, String time) {
    /** The plain number. */
    public static final ValueFormat PLAIN = new ValueFormat(Kind.PLAIN, "", "", "");

    /** What holds the number. */
    public enum Kind {
        PLAIN,
        JSON,
        HASH,
        MSGPACK;

        private final String prefix = name().toLowerCase(Locale.ROOT) + ':';

        /** Whether the fields are paths into the value. */
        boolean hasPaths() {
            return this == JSON || this == MSGPACK;
        }
    }

    /** Reads a format; throws IllegalArgumentException naming the part that is wrong. */
    public static ValueFormat parse(final String text) {
        if (text.equals("plain")) {
            return PLAIN;
        }
        Kind kind = null;
        for (final Kind each : List.of(Kind.JSON, Kind.HASH, Kind.MSGPACK)) {
            kind = text.startsWith(each.prefix) ? each : kind;
        }
        if (kind == null) {
            throw wrong(text, "use plain, json:<field>, hash:<field> or msgpack:<field>");
        }
        final String[] parts = text.substring(kind.prefix.length()).split(",", -1);
        final String price = field(text, kind, parts[0]);
        String sequence = "";
        String time = "";
        for (final String part : List.of(parts).subList(1, parts.length)) {
            if (part.startsWith("seq=") && sequence.isEmpty()) {
                sequence = field(text, kind, part.substring(4));
            } else if (part.startsWith("time=") && time.isEmpty()) {
                time = field(text, kind, part.substring(5));
            } else {
                throw wrong(text, "'" + part + "' is neither seq=<field> nor time=<field>");
            }
        }
        return new ValueFormat(kind, price, sequence, time);
    }

    private static String field(final String text, final Kind kind, final String name) {
        if (name.isEmpty()
                || (kind.hasPaths()
                        && !name.equals(".")
                        && (name.startsWith(".") || name.endsWith(".") || name.contains("..")))) {
            throw wrong(text, "a field name is empty");
        }
        return name;
    }

    private static IllegalArgumentException wrong(final String text, final String why) {
        return new IllegalArgumentException("value format '" + text + "': " + why);
    }

    @Override
    public String toString() {
        return kind == Kind.PLAIN
                ? "plain"
                : kind.prefix
                        + price
                        + (sequence.isEmpty() ? "" : ",seq=" + sequence)
                        + (time.isEmpty() ? "" : ",time=" + time);
    }
}
