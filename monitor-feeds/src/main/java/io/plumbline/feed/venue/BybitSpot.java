package io.plumbline.feed.venue;

/** Bybit's spot pairs; see {@link BybitVenue}. */
public final class BybitSpot extends BybitVenue {
    public BybitSpot() {
        super("bybit-spot", "spot", false, BybitSymbols.SPOT);
    }
}
