package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import java.util.List;

/**
 * What one node of a Redis allows an observer, asked without changing anything on it.
 *
 * @param failure why it could not be asked, "" where it could; then nothing else is known
 * @param role {@code master} or {@code slave}
 * @param roundTripNs median of some pings
 * @param user whom the server takes us for
 * @param rungs all of them, best first
 * @param permissions what the user may do
 */
public record RungReport(
        RedisNode node,
        String failure,
        String version,
        String role,
        String user,
        long roundTripNs,
        List<Offer> rungs,
        List<Permission> permissions) {

    /**
     * One rung at this node.
     *
     * @param wanted whether the configuration lets it be used
     * @param allowed whether the server does
     * @param reason why not, or what is worth knowing
     * @param command what an operator would run, or write into the configuration, to open it
     */
    public record Offer(
            Rung rung, boolean wanted, boolean allowed, String reason, String command) {}

    /** Whether a thing may be done. */
    public enum Answer {
        YES,
        NO,
        /** It cannot be asked without doing it. */
        UNKNOWN
    }

    /**
     * @param what the command
     * @param reason what the server said
     */
    public record Permission(String what, Answer answer, String reason) {}

    static RungReport failed(final RedisNode node, final String failure) {
        return new RungReport(node, failure, "", "", "", 0, List.of(), List.of());
    }

    /** The rung that the observer would use; NONE where it cannot observe at all. */
    public Rung best() {
        return rungs.stream()
                .filter(offer -> offer.wanted && offer.allowed)
                .map(Offer::rung)
                .findFirst()
                .orElse(Rung.NONE);
    }

    /** Whether it would use the first of those that it is configured to use. */
    public boolean isBestWanted() {
        return rungs.stream().filter(Offer::wanted).findFirst().map(Offer::allowed).orElse(false);
    }
}
