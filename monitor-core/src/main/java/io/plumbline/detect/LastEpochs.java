package io.plumbline.detect;

import io.plumbline.market.Channel;
import io.plumbline.market.MarketEvent;
import java.util.Arrays;

/** The connection epoch by which each stream last moved: tells a gap across a reconnect. */
final class LastEpochs {
    private static final int CHANNELS = Channel.values().length;

    private int[] epochs = new int[64 * CHANNELS];

    /** Whether this event came over another connection than the one before it on its stream. */
    boolean changed(final MarketEvent event) {
        final int index = event.instrument * CHANNELS + event.channel.ordinal();
        return index < epochs.length && epochs[index] != 0 && epochs[index] != event.epoch + 1;
    }

    void set(final MarketEvent event) {
        final int index = event.instrument * CHANNELS + event.channel.ordinal();
        if (index >= epochs.length) {
            epochs = Arrays.copyOf(epochs, Math.max(index + CHANNELS, epochs.length * 2));
        }
        epochs[index] = event.epoch + 1;
    }
}
