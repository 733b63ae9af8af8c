package io.plumbline.feed.redis;

import io.plumbline.market.MarketEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns what the writer says into writes of watched keys, and finds the holes in its sequence. An
 * entry that does not bring all that a key's format reads makes that key be read. Push thread only.
 */
final class ToldEntries {
    /** What an entry says; null for what it does not say. */
    interface Entry {
        byte[] field(byte[] name);
    }

    private final PushRung.PushContext context;
    private final WriterEntry meaning;
    private final byte[] name;
    private final byte[] value;
    private final byte[] sequence;
    private final byte[][] sequences;
    private final byte[][] times;
    private final long[] lastOfKey;
    private long last = MarketEvent.NONE;
    private long lost;

    ToldEntries(final PushRung.PushContext context, final WriterEntry meaning) {
        this.context = context;
        this.meaning = meaning;
        name = RedisLink.bytes(meaning.name());
        value = RedisLink.bytes(meaning.value());
        sequence = RedisLink.bytes(meaning.sequence());
        final int keys = context.keys().size();
        sequences = new byte[keys][];
        times = new byte[keys][];
        for (int key = 0; key < keys; key++) {
            final ValueFormat format = context.formats().get(key);
            sequences[key] = RedisLink.bytes(format.sequence());
            times[key] = RedisLink.bytes(format.time());
        }
        lastOfKey = new long[meaning.perKey() ? keys : 0];
        Arrays.fill(lastOfKey, MarketEvent.NONE);
    }

    /** Whether a loss can be told at all. */
    boolean hasSequence() {
        return sequence.length > 0;
    }

    /** Entries that are missing in the writer's sequence since the last call. */
    long takeLost() {
        final long count = lost;
        lost = 0;
        return count;
    }

    /** The write that {@code entry} tells of; null where it is of no watched key, or to be read. */
    ToldWrite read(final Entry entry, final long nowNs) {
        final byte[] named = entry.field(name);
        final int key = named == null ? -1 : find(named);
        final long number = number(entry);
        if (!meaning.perKey()) {
            last = follow(last, number);
        } else if (key >= 0) {
            lastOfKey[key] = follow(lastOfKey[key], number);
        }
        if (key < 0) {
            return null;
        }
        final byte[] written = entry.field(value);
        final ValueFormat format = context.formats().get(key);
        final byte[] seq = part(entry, format, sequences[key]);
        final byte[] time = part(entry, format, times[key]);
        final boolean hash = format.kind() == ValueFormat.Kind.HASH;
        if (written == null
                || written.length > RedisObservation.LONGEST_VALUE
                || (format.kind() == ValueFormat.Kind.JSON && !isObject(written))
                || (hash && sequences[key].length > 0 && seq == null)
                || (hash && times[key].length > 0 && time == null)) {
            context.dirty().mark(key, 0, nowNs);
            return null;
        }
        return new ToldWrite(
                ToldWrite.Kind.REPLACED,
                key,
                ToldWrite.ALL,
                written,
                seq,
                time,
                MarketEvent.NONE,
                number,
                nowNs,
                nowNs,
                true);
    }

    private int find(final byte[] named) {
        final byte[] key =
                meaning.symbol().isEmpty()
                        ? named
                        : RedisLink.bytes(
                                meaning.pattern().keyOf(new String(named, StandardCharsets.UTF_8)));
        return context.keys().find(key, 0, key.length);
    }

    private long number(final Entry entry) {
        final byte[] text = sequence.length == 0 ? null : entry.field(sequence);
        return text == null ? MarketEvent.NONE : EmbeddedNumber.sequence(text, 0, text.length);
    }

    /** A number that does not grow is a writer that began anew. */
    private long follow(final long before, final long number) {
        if (number == MarketEvent.NONE) {
            return before;
        }
        if (before != MarketEvent.NONE && number > before + 1) {
            lost += number - before - 1;
        }
        return number;
    }

    private static byte[] part(final Entry entry, final ValueFormat format, final byte[] field) {
        return format.kind() == ValueFormat.Kind.HASH && field.length > 0
                ? entry.field(field)
                : null;
    }

    private static boolean isObject(final byte[] text) {
        return text.length > 0 && text[0] == '{';
    }
}
