package io.plumbline.feed.sim;

/**
 * How strict the simulated exchange is.
 *
 * @param pingIntervalNs how often it pings its clients
 * @param pongTimeoutNs how long a client may take to answer with the same payload
 * @param lifetimeNs after which it closes a connection
 * @param shutdownNoticeNs how long before that it sends {@code serverShutdown}; 0 for never
 * @param spotMessagesPerSecond what a spot client may send, pings and pongs included
 * @param usdmMessagesPerSecond the same for futures
 * @param streamsPerConnection the most subscriptions of one connection
 * @param maxClients further connections are closed at once
 * @param maxQueuedFrames a client with more unread frames than this is dropped
 */
public record SimulatorLimits(
        long pingIntervalNs,
        long pongTimeoutNs,
        long lifetimeNs,
        long shutdownNoticeNs,
        int spotMessagesPerSecond,
        int usdmMessagesPerSecond,
        int streamsPerConnection,
        int maxClients,
        int maxQueuedFrames) {
    private static final long SECOND_NS = 1_000_000_000L;

    /** A bound for venues whose own is not simulated. */
    private static final int OTHER_MESSAGES_PER_SECOND = 100;

    /** What Binance does. */
    public static SimulatorLimits binance() {
        return new SimulatorLimits(
                20 * SECOND_NS,
                60 * SECOND_NS,
                24 * 3_600 * SECOND_NS,
                0,
                5,
                10,
                1_024,
                64,
                20_000);
    }

    /** What a client of this venue may send, pings and pongs included. */
    int messagesPerSecond(final String venue) {
        switch (venue) {
            case SimulatedInstruments.SPOT, SimulatedInstruments.US:
                return spotMessagesPerSecond;
            case SimulatedInstruments.USDM, SimulatedInstruments.COINM:
                return usdmMessagesPerSecond;
            default:
                return OTHER_MESSAGES_PER_SECOND;
        }
    }

    /** The same with another heartbeat. */
    public SimulatorLimits withPings(final long intervalNs, final long timeoutNs) {
        return new SimulatorLimits(
                intervalNs,
                timeoutNs,
                lifetimeNs,
                shutdownNoticeNs,
                spotMessagesPerSecond,
                usdmMessagesPerSecond,
                streamsPerConnection,
                maxClients,
                maxQueuedFrames);
    }

    /** The same with another life of a connection. */
    public SimulatorLimits withLifetime(final long lifeNs, final long noticeNs) {
        return new SimulatorLimits(
                pingIntervalNs,
                pongTimeoutNs,
                lifeNs,
                noticeNs,
                spotMessagesPerSecond,
                usdmMessagesPerSecond,
                streamsPerConnection,
                maxClients,
                maxQueuedFrames);
    }

    /** The same with another bound for clients that do not read. */
    public SimulatorLimits withMaxQueuedFrames(final int frames) {
        return new SimulatorLimits(
                pingIntervalNs,
                pongTimeoutNs,
                lifetimeNs,
                shutdownNoticeNs,
                spotMessagesPerSecond,
                usdmMessagesPerSecond,
                streamsPerConnection,
                maxClients,
                frames);
    }
}
