package io.plumbline.feed.redis;

import io.plumbline.market.Rung;
import java.util.List;

/** Which rungs an operator lets the observer use, best first; sampling is always the last one. */
public enum RungChoice {
    /** The best that the server offers. */
    AUTO(Rung.NOTIFICATION, Rung.TRACKING, Rung.SAMPLING),
    NOTIFICATION(Rung.NOTIFICATION, Rung.SAMPLING),
    TRACKING(Rung.TRACKING, Rung.SAMPLING),
    SAMPLING(Rung.SAMPLING);

    private final List<Rung> rungs;

    RungChoice(final Rung... rungs) {
        this.rungs = List.of(rungs);
    }

    /** Best first, ends with SAMPLING. */
    public List<Rung> rungs() {
        return rungs;
    }
}
