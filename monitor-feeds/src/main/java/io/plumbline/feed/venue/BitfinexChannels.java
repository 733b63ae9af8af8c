package io.plumbline.feed.venue;

import io.plumbline.market.Channel;
import java.util.Arrays;

/**
 * What the channel numbers of one connection stand for, as the venue's answers said. A new
 * connection has new numbers. Engine thread; allocates nothing.
 */
final class BitfinexChannels {
    /** Ten times what the venue grants on one connection; further ones stay unnamed. */
    private static final int MOST = 256;

    /** Twice as many, so that few numbers share one. */
    private static final int SLOTS = 512;

    /** Where the number last found that ends so lies. */
    private final int[] slots = new int[SLOTS];

    private final long[] numbers = new long[MOST];
    private final Channel[] channels = new Channel[MOST];
    private final int[] instruments = new int[MOST];
    private int count;
    private int epoch;

    BitfinexChannels() {
        Arrays.fill(channels, Channel.NONE);
    }

    /** Forgets all of it when this is another connection than before. */
    void of(final int connection) {
        if (epoch != connection) {
            epoch = connection;
            count = 0;
        }
    }

    /**
     * @param channel BOOK_TICKER, TRADE or DEPTH; NONE for one that says nothing to us
     */
    void put(final long number, final Channel channel, final int instrument) {
        final int known = find(number);
        final int index = known >= 0 ? known : count;
        if (index < MOST) {
            count = Math.max(count, index + 1);
            numbers[index] = number;
            channels[index] = channel;
            instruments[index] = instrument;
        }
    }

    /** Its place, or -1 for one that was not named. */
    int find(final long number) {
        final int slot = (int) number & SLOTS - 1;
        final int last = slots[slot];
        if (last < count && numbers[last] == number) {
            return last;
        }
        for (int i = 0; i < count; i++) {
            if (numbers[i] == number) {
                slots[slot] = i;
                return i;
            }
        }
        return -1;
    }

    Channel channel(final int index) {
        return channels[index];
    }

    int instrument(final int index) {
        return instruments[index];
    }
}
