package io.plumbline.bench.figure;

/**
 * One line of the table.
 *
 * @param target the number of the target that it is about, 0 where there is none
 * @param figure what was measured
 * @param ours our value, in {@code unit}
 * @param peer what it is held against, measured in the same run; "" for an absolute limit
 * @param theirs the peer's value in the same unit
 * @param ratio ours by theirs, or theirs by ours where the bound is "at least so many times"
 */
public record Row(
        int target,
        String figure,
        double ours,
        String unit,
        String peer,
        double theirs,
        double ratio,
        Bound bound) {
    /** Ours against an absolute limit. */
    public static Row absolute(
            final int target,
            final String figure,
            final double ours,
            final String unit,
            final Bound bound) {
        return new Row(target, figure, ours, unit, "", Double.NaN, ours, bound);
    }

    /** Something told without a target. */
    public static Row told(final String figure, final double ours, final String unit) {
        return absolute(0, figure, ours, unit, Bound.NONE);
    }

    /** A peer that could not be measured here, and why. */
    public static Row leftOut(
            final String figure, final double ours, final String unit, final String peerAndWhy) {
        return new Row(0, figure, ours, unit, peerAndWhy, Double.NaN, Double.NaN, Bound.NONE);
    }

    /** The same without a target. */
    public Row told() {
        return new Row(0, figure, ours, unit, peer, theirs, ratio, Bound.NONE);
    }

    /** The same, and CI holds a change to this ratio. */
    public Row gatedAt(final double worst) {
        return new Row(target, figure, ours, unit, peer, theirs, ratio, bound.gatedAt(worst));
    }

    /** pass, short, or "" without a target. */
    public String verdict() {
        return bound.kind() == Bound.Kind.NONE ? "" : bound.isMet(ratio) ? "pass" : "short";
    }

    /** A number as it is read: few digits. */
    public static String number(final double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        final double size = Math.abs(value);
        if (size >= 1_000) {
            return String.format(java.util.Locale.ROOT, "%,.0f", value);
        }
        final int digits = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : 2;
        return Bound.format(value, digits);
    }
}
