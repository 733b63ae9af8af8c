package io.plumbline.feed.redis;

import io.plumbline.market.Decimal;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.ShortestDecimal;
import io.plumbline.market.ValueFault;
import java.util.Arrays;

/**
 * Walks once over a whole MessagePack value and remembers where the values of a few member paths
 * stand, as {@link JsonPath} does for JSON: one value from end to end, of a name that occurs twice
 * the last one counts. Names are strings or whole numbers. A float is the shortest decimal that
 * reads back as it. The wire format is that of the MessagePack specification, with its timestamp
 * extension (type -1).
 *
 * <p>Engine thread only; allocates nothing after construction.
 */
final class MessagePackPath {
    private enum Kind {
        MISSING,
        INTEGER,
        FLOAT,
        STRING,
        TIMESTAMP,
        /** nil, true, false, binary, another extension, a map or an array. */
        OTHER
    }

    private static final int DEEPEST = 64;
    private static final long LONGEST_EXACT = 999_999_999_999_999_999L;
    private static final long LAST_SECOND = Long.MAX_VALUE / 1_000_000_000L - 1;

    private final PathMatch paths;
    private final Kind[] kinds;
    private final int[] starts;
    private final int[] ends;
    private final Decimal number = new Decimal();
    private final byte[] digits = new byte[20];
    private byte[] bytes;
    private int at;
    private int end;

    /**
     * @param paths as {@link PathMatch} reads them; an empty one is never found
     */
    MessagePackPath(final String... paths) {
        this(new PathMatch(paths));
    }

    MessagePackPath(final PathMatch paths) {
        this.paths = paths;
        kinds = new Kind[paths.size()];
        starts = new int[paths.size()];
        ends = new int[paths.size()];
    }

    /** Reads {@code bytes[offset, offset + length)}; whether it is one MessagePack value. */
    boolean scan(final byte[] bytes, final int offset, final int length) {
        this.bytes = bytes;
        at = offset;
        end = offset + length;
        paths.reset();
        Arrays.fill(kinds, Kind.MISSING);
        return value(0) && at == end;
    }

    /** Sets the price at a path, and says why there is none. */
    ValueFault price(final int path, final Decimal out) {
        switch (kinds[path]) {
            case MISSING:
                return ValueFault.FIELD_MISSING;
            case INTEGER:
            case FLOAT:
                if (!number(path, out)) {
                    return ValueFault.NOT_FINITE;
                }
                return out.signum() > 0 ? ValueFault.NONE : ValueFault.NOT_POSITIVE;
            case STRING:
                return ValueReader.number(bytes, starts[path], ends[path] - starts[path], out);
            default:
                return ValueFault.NOT_A_NUMBER;
        }
    }

    /** The whole number at a path, NONE for anything else. */
    long sequence(final int path) {
        if (kinds[path] == Kind.STRING) {
            return EmbeddedNumber.sequence(bytes, starts[path], ends[path]);
        }
        if (kinds[path] == Kind.INTEGER) {
            return whole(path);
        }
        final boolean whole =
                number(path, number)
                        && number.signum() >= 0
                        && number.exponent() >= 0
                        && number.fits(0);
        return whole ? number.scaled(0) : MarketEvent.NONE;
    }

    /** A whole number that is not negative and fits, else NONE. */
    private long whole(final int path) {
        final long value = integer(starts[path], ends[path] - starts[path]);
        return value < 0 ? MarketEvent.NONE : value;
    }

    /** The time at a path, ns since the epoch, NONE for anything else. */
    long timeNs(final int path) {
        switch (kinds[path]) {
            case STRING:
                return EmbeddedNumber.timeNs(bytes, starts[path], ends[path]);
            case TIMESTAMP:
                return timestamp(starts[path], ends[path] - starts[path]);
            case INTEGER:
                return EmbeddedNumber.timeNs(whole(path));
            default:
                return number(path, number) ? EmbeddedNumber.timeNs(number) : MarketEvent.NONE;
        }
    }

    private boolean number(final int path, final Decimal out) {
        out.clear();
        final int from = starts[path];
        if (kinds[path] == Kind.INTEGER) {
            integer(from, ends[path] - from, out);
        } else if (kinds[path] == Kind.FLOAT && ends[path] - from == 1 + Float.BYTES) {
            return ShortestDecimal.ofFloat((int) unsigned(from + 1, Float.BYTES), out)
                    && out.isGiven();
        } else if (kinds[path] == Kind.FLOAT) {
            return ShortestDecimal.ofDouble(unsigned(from + 1, Double.BYTES), out) && out.isGiven();
        }
        return out.isGiven();
    }

    /** The number of this type byte and what follows it. */
    private void integer(final int from, final int length, final Decimal out) {
        final int type = bytes[from] & 0xFF;
        final long value = integer(from, length);
        final boolean beyond = type == 0xCF && value < 0;
        if (!beyond && Math.abs(value) <= LONGEST_EXACT && value != Long.MIN_VALUE) {
            out.set(value, 0);
            return;
        }
        int first = digits.length;
        long rest = value;
        if (beyond) {
            digits[--first] = (byte) ('0' + Long.remainderUnsigned(rest, 10));
            rest = Long.divideUnsigned(rest, 10);
        }
        for (; rest != 0; rest /= 10) {
            digits[--first] = (byte) ('0' + Math.abs(rest % 10));
        }
        out.parse(digits, first, digits.length - first);
        if (value < 0 && !beyond) {
            out.set(-out.mantissa(), out.exponent());
        }
    }

    private long integer(final int from, final int length) {
        if (length == 1) {
            return bytes[from];
        }
        final int bits = (length - 1) * Byte.SIZE;
        final long value = unsigned(from + 1, length - 1);
        final boolean signed = (bytes[from] & 0xFF) >= 0xD0;
        return signed ? value << Long.SIZE - bits >> Long.SIZE - bits : value;
    }

    private long timestamp(final int from, final int length) {
        final long nanos;
        final long seconds;
        if (length == Integer.BYTES) {
            nanos = 0;
            seconds = unsigned(from, Integer.BYTES);
        } else if (length == Long.BYTES) {
            final long both = unsigned(from, Long.BYTES);
            nanos = both >>> 34;
            seconds = both & (1L << 34) - 1;
        } else {
            nanos = unsigned(from, Integer.BYTES);
            seconds = unsigned(from + Integer.BYTES, Long.BYTES);
        }
        return seconds < 0 || seconds > LAST_SECOND || nanos >= 1_000_000_000L
                ? MarketEvent.NONE
                : seconds * 1_000_000_000L + nanos;
    }

    private boolean value(final int depth) {
        if (at >= end || depth > DEEPEST) {
            return false;
        }
        final int from = at;
        final int type = bytes[at++] & 0xFF;
        if (type < 0x80 || type >= 0xE0) {
            return capture(depth, Kind.INTEGER, from);
        }
        if (type < 0x90) {
            return map(depth, type & 0x0F, from);
        }
        if (type < 0xA0) {
            return array(depth, type & 0x0F, from);
        }
        if (type < 0xC0) {
            return run(depth, Kind.STRING, type & 0x1F);
        }
        switch (type) {
            case 0xC0:
            case 0xC2:
            case 0xC3:
                return capture(depth, Kind.OTHER, from);
            case 0xC4:
            case 0xC5:
            case 0xC6:
                return run(depth, Kind.OTHER, size(1 << type - 0xC4));
            case 0xC7:
            case 0xC8:
            case 0xC9:
                return extension(depth, size(1 << type - 0xC7));
            case 0xCA:
            case 0xCB:
                return skip(4 << type - 0xCA) && capture(depth, Kind.FLOAT, from);
            case 0xCC:
            case 0xCD:
            case 0xCE:
            case 0xCF:
                return skip(1 << type - 0xCC) && capture(depth, Kind.INTEGER, from);
            case 0xD0:
            case 0xD1:
            case 0xD2:
            case 0xD3:
                return skip(1 << type - 0xD0) && capture(depth, Kind.INTEGER, from);
            case 0xD4:
            case 0xD5:
            case 0xD6:
            case 0xD7:
            case 0xD8:
                return extension(depth, 1 << type - 0xD4);
            case 0xD9:
            case 0xDA:
            case 0xDB:
                return run(depth, Kind.STRING, size(1 << type - 0xD9));
            case 0xDC:
            case 0xDD:
                return array(depth, size(2 << type - 0xDC), from);
            case 0xDE:
            case 0xDF:
                return map(depth, size(2 << type - 0xDE), from);
            default:
                return false;
        }
    }

    /** Each element takes a byte at least, so a count that lies ends with the bytes. */
    private boolean map(final int depth, final long count, final int from) {
        for (long i = 0; i < count; i++) {
            final int name = at;
            if (!value(depth + 1)) {
                return false;
            }
            enter(depth, name);
            if (!value(depth + 1)) {
                return false;
            }
            paths.leave(depth);
        }
        return count >= 0 && capture(depth, Kind.OTHER, from);
    }

    private void enter(final int depth, final int name) {
        final int type = bytes[name] & 0xFF;
        final boolean text = type >= 0xA0 && type < 0xC0 || type >= 0xD9 && type <= 0xDB;
        final int text0 = type < 0xC0 ? name + 1 : name + 1 + (1 << type - 0xD9);
        final boolean whole =
                type < 0x80 || type >= 0xE0 || type >= 0xCC && type <= 0xD3 && type != 0xCF;
        for (int i = 0; i < kinds.length; i++) {
            if (text
                    ? paths.enter(i, depth, bytes, text0, at)
                    : whole && paths.enter(i, depth, integer(name, at - name))) {
                kinds[i] = Kind.MISSING;
            }
        }
    }

    private boolean array(final int depth, final long count, final int from) {
        for (long index = 0; index < count; index++) {
            for (int i = 0; i < kinds.length; i++) {
                paths.enter(i, depth, index);
            }
            if (!value(depth + 1)) {
                return false;
            }
            paths.leave(depth);
        }
        return count >= 0 && capture(depth, Kind.OTHER, from);
    }

    private boolean extension(final int depth, final long length) {
        if (length < 0 || at >= end) {
            return false;
        }
        final boolean time = bytes[at++] == -1 && (length == 4 || length == 8 || length == 12);
        return run(depth, time ? Kind.TIMESTAMP : Kind.OTHER, length);
    }

    /** So many bytes, and nothing else than them is captured. */
    private boolean run(final int depth, final Kind kind, final long length) {
        final int from = at;
        return length >= 0 && skip(length) && capture(depth, kind, from);
    }

    private boolean capture(final int depth, final Kind kind, final int from) {
        for (int i = 0; i < kinds.length; i++) {
            if (paths.isHere(i, depth)) {
                kinds[i] = kind;
                starts[i] = from;
                ends[i] = at;
            }
        }
        return true;
    }

    /** A length of so many bytes; -1 where they are not there. */
    private long size(final int width) {
        return skip(width) ? unsigned(at - width, width) : -1;
    }

    private boolean skip(final long count) {
        if (count > end - at) {
            return false;
        }
        at += (int) count;
        return true;
    }

    private long unsigned(final int from, final int width) {
        long value = 0;
        for (int i = from; i < from + width; i++) {
            value = value << Byte.SIZE | bytes[i] & 0xFF;
        }
        return value;
    }
}
