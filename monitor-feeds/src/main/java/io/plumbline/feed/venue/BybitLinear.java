package io.plumbline.feed.venue;

/**
 * Bybit's contracts that are settled in USDT or USDC, perpetual and dated; see {@link BybitVenue}.
 */
public final class BybitLinear extends BybitVenue {
    public BybitLinear() {
        super("bybit-linear", "linear", true, BybitSymbols.LINEAR);
    }
}
