package io.plumbline.feed.venue;

/** Keys of up to four letters, packed as {@code JsonCursor.shortKey} answers them. */
final class BinanceKeys {
    static final int ID = 'i' << 8 | 'd';
    static final int PU = 'p' << 8 | 'u';
    static final int MSG = 'm' << 16 | 's' << 8 | 'g';
    static final int CODE = 'c' << 24 | 'o' << 16 | 'd' << 8 | 'e';
    static final int DATA = 'd' << 24 | 'a' << 16 | 't' << 8 | 'a';

    private BinanceKeys() {}
}
