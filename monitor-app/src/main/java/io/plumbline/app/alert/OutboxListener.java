package io.plumbline.app.alert;

/** Hears what becomes of alerts. Delivery threads and the desk's; must return at once. */
public interface OutboxListener {
    /** Hears nothing. */
    OutboxListener NONE = new OutboxListener() {};

    /** {@code channel} has taken it. */
    default void onDelivered(final String channel, final Alert alert) {}

    /** {@code channel} will be tried again. */
    default void onRetry(final String channel, final Alert alert, final String reason) {}

    /** {@code channel} will never get it: DELIVERY_FAILED. The other channels are told already. */
    default void onFailed(final String channel, final Alert alert, final String reason) {}

    /** {@code channel} could not repeat what stands; told once until it can. */
    default void onRepeatFailed(final String channel, final String reason) {}

    /**
     * The database does not take alerts: DISK_FULL. They are held in memory and sent. Once, when it
     * begins.
     *
     * @param reason names the file and the remedy
     */
    default void onStoreFault(final String reason) {}

    /** The database takes alerts again. */
    default void onStoreRecovered() {}
}
