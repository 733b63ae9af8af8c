package io.plumbline.market;

import java.util.ArrayList;
import java.util.List;

/** What was asked of the venues: which source must carry which channel of which instrument. */
public final class Subscriptions {
    /** One lane that must show data. */
    public record Subscription(int source, int instrument, Channel channel) {}

    private final List<Subscription> subscriptions = new ArrayList<>();

    public void add(final int source, final int instrument, final Channel channel) {
        subscriptions.add(new Subscription(source, instrument, channel));
    }

    public List<Subscription> all() {
        return List.copyOf(subscriptions);
    }

    /** The source that carries this channel of this instrument, or -1. */
    public int source(final int instrument, final Channel channel) {
        for (final Subscription subscription : subscriptions) {
            if (subscription.instrument == instrument && subscription.channel == channel) {
                return subscription.source;
            }
        }
        return -1;
    }
}
