package io.plumbline.bench.figure;

import java.util.Locale;

/**
 * What a ratio (ours divided by the peer's) is to be.
 *
 * @param kind on which side of the limit it must lie
 * @param gate what CI still lets pass: further off than this is a regression; NaN where it does not
 *     look
 */
public record Bound(Kind kind, double limit, double gate) {
    /** Which side is good. */
    public enum Kind {
        AT_MOST("<="),
        AT_LEAST(">="),
        /** Told for comparison only. */
        NONE("");

        final String sign;

        Kind(final String sign) {
            this.sign = sign;
        }
    }

    /** No target. */
    public static final Bound NONE = new Bound(Kind.NONE, 0, Double.NaN);

    public static Bound atMost(final double limit) {
        return new Bound(Kind.AT_MOST, limit, Double.NaN);
    }

    /** At least so many times as good: the ratio is the peer's divided by ours. */
    public static Bound atLeast(final double limit) {
        return new Bound(Kind.AT_LEAST, limit, Double.NaN);
    }

    /** The same, and CI holds a change to this. */
    public Bound gatedAt(final double worst) {
        return new Bound(kind, limit, worst);
    }

    /** Whether CI lets it pass. */
    public boolean holds(final double ratio) {
        return Double.isNaN(gate) || (kind == Kind.AT_LEAST ? ratio >= gate : ratio <= gate);
    }

    /** What CI lets pass, for people. */
    public String gateText() {
        return (kind == Kind.AT_LEAST ? "at least " : "at most ") + Row.number(gate);
    }

    /** Whether the target is met. */
    public boolean isMet(final double ratio) {
        return switch (kind) {
            case AT_MOST -> ratio <= limit;
            case AT_LEAST -> ratio >= limit;
            case NONE -> true;
        };
    }

    @Override
    public String toString() {
        return kind == Kind.NONE ? "" : kind.sign + " " + Row.number(limit).trim();
    }

    static String format(final double value, final int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
