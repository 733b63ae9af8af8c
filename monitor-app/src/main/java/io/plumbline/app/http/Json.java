package io.plumbline.app.http;

import io.plumbline.finding.FindingJson;
import java.math.BigDecimal;

/**
 * Writes JSON into one StringBuilder, setting commas by itself. Times are RFC 3339 strings, because
 * nanoseconds since the epoch do not fit the numbers of most JSON readers.
 */
final class Json {
    private final StringBuilder out = new StringBuilder(512);
    private boolean comma;

    /** Begins an object as the next value. */
    Json open() {
        return begin('{');
    }

    Json close() {
        return end('}');
    }

    /** Begins an array as the next value. */
    Json openArray() {
        return begin('[');
    }

    Json closeArray() {
        return end(']');
    }

    /** The name of the next value. */
    Json name(final String name) {
        separate();
        FindingJson.string(out, name);
        out.append(':');
        comma = false;
        return this;
    }

    Json value(final CharSequence value) {
        separate();
        FindingJson.string(out, value);
        return this;
    }

    /** A value that is JSON already. */
    Json raw(final CharSequence json) {
        separate();
        out.append(json);
        return this;
    }

    Json field(final String name, final CharSequence value) {
        return name(name).value(value);
    }

    Json field(final String name, final long value) {
        name(name).out.append(value);
        comma = true;
        return this;
    }

    Json field(final String name, final boolean value) {
        name(name).out.append(value);
        comma = true;
        return this;
    }

    /** A flag, or null where it is not known. */
    Json flag(final String name, final Boolean value) {
        return name(name).raw(value == null ? "null" : value.toString());
    }

    /** A number, or null where there is none. */
    Json field(final String name, final BigDecimal value) {
        return name(name).raw(value == null ? "null" : value.toPlainString());
    }

    /** A string, or null when it is empty. */
    Json fieldOrNull(final String name, final String value) {
        return value.isEmpty() ? name(name).raw("null") : field(name, value);
    }

    /** A number, or null when it is negative. */
    Json fieldOrNull(final String name, final long value) {
        return value < 0 ? name(name).raw("null") : field(name, value);
    }

    /** A time in ns since the epoch, or null when it is 0. */
    Json time(final String name, final long epochNs) {
        if (epochNs == 0) {
            return name(name).raw("null");
        }
        name(name).out.append('"');
        FindingJson.time(out, epochNs);
        out.append('"');
        comma = true;
        return this;
    }

    /** An array of strings. */
    Json strings(final String name, final Iterable<String> values) {
        name(name).openArray();
        values.forEach(this::value);
        return closeArray();
    }

    int length() {
        return out.length();
    }

    /** Hands over what was written so far and goes on with an empty text in the same place. */
    String take() {
        final String text = out.toString();
        out.setLength(0);
        return text;
    }

    private Json begin(final char bracket) {
        separate();
        out.append(bracket);
        comma = false;
        return this;
    }

    private Json end(final char bracket) {
        out.append(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            out.append(',');
        }
        comma = true;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
