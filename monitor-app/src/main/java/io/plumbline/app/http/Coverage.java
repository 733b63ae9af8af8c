package io.plumbline.app.http;

/**
 * Seconds for which a symbol could or could not be judged since the start: "no alert" must never
 * mean "no data".
 *
 * @param verified judged against a healthy reference
 * @param unverifiable not judged although the market was open
 * @param quiet nothing happened, with proof that the channel lived
 * @param closed the market was closed
 */
public record Coverage(long verified, long unverifiable, long quiet, long closed) {
    /** Nothing yet. */
    public static final Coverage NONE = new Coverage(0, 0, 0, 0);

    /** The sum of both. */
    public Coverage plus(final Coverage other) {
        return new Coverage(
                verified + other.verified,
                unverifiable + other.unverifiable,
                quiet + other.quiet,
                closed + other.closed);
    }
}
