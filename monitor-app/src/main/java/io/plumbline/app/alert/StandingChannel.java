package io.plumbline.app.alert;

import java.util.Collection;

/**
 * A channel whose receiver forgets an alert that is not repeated. It keeps what stands, and its
 * thread lets it repeat that between deliveries.
 */
public interface StandingChannel extends AlertChannel {
    /** What stood when the process last ended, before the first delivery. */
    void standing(Collection<Alert> alerts);

    /** From one repetition to the next, ns. */
    long repeatEveryNs();

    /** Says again all that stands. Bounded in time by itself; nothing is thrown. */
    Delivery repeat();
}
