package io.plumbline.feed.venue;

import io.plumbline.market.MarketEvent;

/** What stands beside the data of one message of Bybit: a reused struct. Engine thread. */
final class BybitHeader {
    int instrument;
    boolean snapshot;
    boolean delta;

    /** When the message was made, ms. */
    long ts;

    /** When the matching engine made the change, ms; only with order books. */
    long cts;

    /** The cross sequence; only with tickers. */
    long cs;

    /** Levels a side; only with order books. */
    int depth;

    void clear() {
        instrument = -1;
        snapshot = false;
        delta = false;
        ts = MarketEvent.NONE;
        cts = MarketEvent.NONE;
        cs = MarketEvent.NONE;
        depth = 0;
    }
}
