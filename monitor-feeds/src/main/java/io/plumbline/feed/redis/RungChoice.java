package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import java.util.ArrayList;
import java.util.List;

/** Which rungs an operator lets the observer use, best first; sampling is always the last one. */
public enum RungChoice {
    /** The best that the server offers and the operator has opened. */
    AUTO(Rung.NONE),
    REPLICATION(Rung.REPLICATION),
    STREAM(Rung.STREAM),
    CHANNEL(Rung.CHANNEL),
    NOTIFICATION(Rung.NOTIFICATION),
    TRACKING(Rung.TRACKING),
    SAMPLING(Rung.SAMPLING);

    private final Rung first;

    RungChoice(final Rung first) {
        this.first = first;
    }

    /**
     * Best first, ends with SAMPLING. Who names a rung that is opened by hand falls to the others
     * when it fails; who names one of the others wants only that.
     */
    public List<Rung> rungs(final RedisOffers offers) {
        final List<Rung> rungs = new ArrayList<>();
        final boolean any = this == AUTO || this == REPLICATION;
        if (this == REPLICATION || (this == AUTO && offers.replicationTap())) {
            rungs.add(Rung.REPLICATION);
        }
        if ((any && offers.stream() != null) || this == STREAM) {
            rungs.add(Rung.STREAM);
        }
        if ((any && offers.channel() != null) || this == CHANNEL) {
            rungs.add(Rung.CHANNEL);
        }
        if (any || !rungs.isEmpty() || this == NOTIFICATION) {
            rungs.add(Rung.NOTIFICATION);
        }
        if (any || first == Rung.STREAM || first == Rung.CHANNEL || this == TRACKING) {
            rungs.add(Rung.TRACKING);
        }
        rungs.add(Rung.SAMPLING);
        return List.copyOf(rungs);
    }

    /** Whether the observer sees less than it was told to when it is not on the first rung. */
    public boolean expectsFirst(final RedisOffers offers) {
        return this != AUTO || rungs(offers).get(0) != Rung.NOTIFICATION;
    }
}
