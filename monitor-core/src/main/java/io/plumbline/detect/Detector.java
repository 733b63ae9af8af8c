package io.plumbline.detect;

import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.MarketEvent;

/** One question asked of every event. A function of (its own state, the event, the time). */
public interface Detector {
    /** The name in config, metrics, fingerprints. */
    String name();

    /**
     * Judges one event; TIMER events are how silence is noticed. Engine thread; no allocation in
     * steady state, no I/O, no clock, no log.
     *
     * @param nowNs the running maximum of all stamps, ns since the epoch
     */
    void onEvent(MarketEvent event, long nowNs, FindingSink findings);

    /**
     * Whether MARKET events say anything to it: they come in masses, and who does not hear them is
     * not asked.
     */
    default boolean hearsMarket() {
        return true;
    }

    /** The same of KEY_VALUE events, which come in masses where a Redis tells every write. */
    default boolean hearsValues() {
        return true;
    }

    /** One sentence for the person who is paged. Desk thread: reads only the finding. */
    void describe(Finding finding, StringBuilder out);
}
