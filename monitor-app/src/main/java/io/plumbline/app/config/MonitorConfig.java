package io.plumbline.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * The monitor itself.
 *
 * @param name shown in pages and on the dashboard
 * @param dataDirectory where journal, outbox, findings and latency logs go
 * @param tick how often the timer feed offers the time to the engine
 * @param lowLatency sockets and engine look all the time instead of sleeping: two cores of their
 *     own for microseconds
 */
public record MonitorConfig(
        String name, Path dataDirectory, Duration tick, boolean lowLatency, Ring ring) {

    /**
     * The inbound ring.
     *
     * @param cells a power of two
     * @param cellBytes payload bytes of one cell; a longer message takes several
     * @param waitStrategy how the consumers wait for messages
     * @param maxMessageBytes a longer message is dropped and counted; at most half of the ring
     */
    public record Ring(int cells, int cellBytes, WaitStrategy waitStrategy, int maxMessageBytes) {}

    /** How the consumers of the ring wait: latency against processor time. */
    public enum WaitStrategy {
        TIMEOUT_BLOCKING,
        BLOCKING,
        LITE_BLOCKING,
        PHASED,
        SLEEPING,
        YIELDING,
        BUSY_SPIN;

        /** The name in the configuration. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
