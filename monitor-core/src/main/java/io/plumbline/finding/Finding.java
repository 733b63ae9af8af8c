package io.plumbline.finding;

import io.plumbline.market.Channel;
import io.plumbline.market.Decimal;

/**
 * One edge of one condition, with its evidence: a reused struct of primitives and references to
 * things that already exist, so that raising one allocates nothing. Copied in whole from ring cell
 * to ring cell; rendered on the desk's thread.
 */
public final class Finding {
    /** The most pieces of evidence one finding shows. */
    public static final int MAX_EVIDENCE = 24;

    public FindingKind kind;
    public Edge edge;
    public Severity severity;

    /** Name of the detector that raised it. */
    public String detector;

    /** "" where it is not about one. */
    public String venue;

    /** ccxt form; "" where it is not about one. */
    public String instrument;

    public Channel channel;

    /** The Redis key, or the connection; "" where it is not about one. */
    public String key;

    /** Who fills the key, or is the finding's subject; "" where it is not about one. */
    public String writer;

    /** Data time, ns since the epoch. */
    public long atNs;

    /** Findings of this detector that the full ring swallowed before this one. */
    public int droppedBefore;

    private int count;
    private final Evidence[] names = new Evidence[MAX_EVIDENCE];
    private final long[] values = new long[MAX_EVIDENCE];
    private final int[] exponents = new int[MAX_EVIDENCE];
    private final String[] labels = new String[MAX_EVIDENCE];

    /** Sets every field to "not given". */
    public Finding clear() {
        kind = null;
        edge = null;
        severity = null;
        detector = "";
        venue = "";
        instrument = "";
        channel = Channel.NONE;
        key = "";
        writer = "";
        atNs = 0;
        droppedBefore = 0;
        count = 0;
        return this;
    }

    /** Shows a number (a count, a sequence, nanoseconds). */
    public Finding with(final Evidence name, final long value) {
        return put(name, value, 0, null);
    }

    /** Shows a decimal; one that is not given is left out. */
    public Finding with(final Evidence name, final Decimal value) {
        return value.isGiven() ? put(name, value.mantissa(), value.exponent(), null) : this;
    }

    /** Shows a decimal given as a normalised pair. */
    public Finding with(final Evidence name, final long mantissa, final int exponent) {
        return put(name, mantissa, exponent, null);
    }

    /** Shows a word; null is left out. */
    public Finding with(final Evidence name, final String label) {
        return label == null ? this : put(name, 0, 0, label);
    }

    private Finding put(
            final Evidence name, final long value, final int exponent, final String label) {
        if (count < MAX_EVIDENCE) {
            names[count] = name;
            values[count] = value;
            exponents[count] = exponent;
            labels[count] = label;
            count++;
        }
        return this;
    }

    public int evidenceCount() {
        return count;
    }

    public Evidence evidence(final int index) {
        return names[index];
    }

    /** The value as text: a plain number or decimal, or the word itself. */
    public String text(final int index) {
        return labels[index] != null
                ? labels[index]
                : Decimal.text(values[index], exponents[index]);
    }

    /** The text of {@code name}, or "?" when this finding does not show it. */
    public String text(final Evidence name) {
        for (int i = 0; i < count; i++) {
            if (names[i] == name) {
                return text(i);
            }
        }
        return "?";
    }

    /** The number of {@code name}, or {@code absent}. */
    public long number(final Evidence name, final long absent) {
        for (int i = 0; i < count; i++) {
            if (names[i] == name) {
                return values[i];
            }
        }
        return absent;
    }

    /** The stable identity at a pager: {@code detector|venue|instrument|key}. */
    public String fingerprint() {
        return detector + '|' + venue + '|' + instrument + '|' + key;
    }

    /** Takes everything over from {@code other}. */
    public Finding copyFrom(final Finding other) {
        kind = other.kind;
        edge = other.edge;
        severity = other.severity;
        detector = other.detector;
        venue = other.venue;
        instrument = other.instrument;
        channel = other.channel;
        key = other.key;
        writer = other.writer;
        atNs = other.atNs;
        droppedBefore = other.droppedBefore;
        count = other.count;
        System.arraycopy(other.names, 0, names, 0, count);
        System.arraycopy(other.values, 0, values, 0, count);
        System.arraycopy(other.exponents, 0, exponents, 0, count);
        System.arraycopy(other.labels, 0, labels, 0, count);
        return this;
    }
}
