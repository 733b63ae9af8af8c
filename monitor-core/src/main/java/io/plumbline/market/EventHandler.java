package io.plumbline.market;

/** Takes decoded events. */
@FunctionalInterface
public interface EventHandler {
    /** The event is the caller's again on return. */
    void onEvent(MarketEvent event);
}
