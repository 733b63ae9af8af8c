package io.plumbline.app.alert;

/**
 * How one attempt ended.
 *
 * @param afterNs with RETRY: not before this long from now, 0 where the channel says nothing
 * @param reason for a person, "" when delivered; free of secrets
 */
public record Delivery(Outcome outcome, long afterNs, String reason) {
    /** What follows from it. */
    public enum Outcome {
        /** The receiver has taken it. */
        DELIVERED,
        /** Not now: it will be repeated. */
        RETRY,
        /** Never: repeating it would give the same answer. */
        REFUSED
    }

    private static final Delivery DELIVERED = new Delivery(Outcome.DELIVERED, 0, "");

    public static Delivery delivered() {
        return DELIVERED;
    }

    public static Delivery retry(final long afterNs, final String reason) {
        return new Delivery(Outcome.RETRY, afterNs, reason);
    }

    public static Delivery refused(final String reason) {
        return new Delivery(Outcome.REFUSED, 0, reason);
    }
}
