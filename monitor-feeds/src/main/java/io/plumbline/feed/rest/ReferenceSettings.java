package io.plumbline.feed.rest;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How exchange information is fetched.
 *
 * @param every how often it is fetched again; null for once
 * @param connect deadline of the connection
 * @param read longest silence while reading
 * @param whole deadline of one fetch
 * @param maxBytes the longest list that is read, inflated
 * @param base upper bound of the first wait after a failure
 * @param cap upper bound of every wait
 * @param refusalHold the least wait after 403, 418, 429 and 451; a longer Retry-After wins
 * @param trustedCertificates PEM file of the authorities to trust; null for the JDK's
 */
public record ReferenceSettings(
        Duration every,
        Duration connect,
        Duration read,
        Duration whole,
        long maxBytes,
        Duration base,
        Duration cap,
        Duration refusalHold,
        Path trustedCertificates) {
    /** What is used where nothing is configured. */
    public static ReferenceSettings defaults() {
        return new ReferenceSettings(
                Duration.ofHours(6),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                64L << 20,
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                Duration.ofSeconds(60),
                null);
    }

    /** The same, trusting other authorities. */
    public ReferenceSettings trusting(final Path certificates) {
        return new ReferenceSettings(
                every, connect, read, whole, maxBytes, base, cap, refusalHold, certificates);
    }
}
