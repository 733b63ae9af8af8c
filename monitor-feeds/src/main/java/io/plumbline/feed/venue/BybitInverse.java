package io.plumbline.feed.venue;

/**
 * Bybit's contracts that are settled in their base coin, perpetual and dated; see {@link
 * BybitVenue}.
 */
public final class BybitInverse extends BybitVenue {
    public BybitInverse() {
        super("bybit-inverse", "inverse", true, BybitSymbols.INVERSE);
    }
}
