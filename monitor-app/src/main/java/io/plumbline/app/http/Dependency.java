package io.plumbline.app.http;

import io.plumbline.market.SessionState;
import java.util.Locale;

/**
 * One thing that the monitor depends on.
 *
 * @param name the source's name, or what it is called in the configuration
 * @param state the session state of a feed, or a word of its own
 * @param healthy whether this state needs nobody's attention
 * @param detail one sentence: endpoint, reason, rung
 * @param sinceNs when the state was entered, ns since the epoch, or 0
 * @param lastMessageNs when something last came or went through it, ns since the epoch, or 0
 * @param epoch number of the current connection, or 0 where there are none
 */
public record Dependency(
        String name,
        Kind kind,
        String state,
        boolean healthy,
        String detail,
        long sinceNs,
        long lastMessageNs,
        int epoch) {
    /** Whether something can come through it now. */
    boolean connected() {
        return switch (kind) {
            case VENUE, REDIS, PROBE, DATABASE -> SessionState.valueOf(state).hears();
            case REDIS_NODE -> !state.equals("DOWN");
            case JOURNAL, OUTBOX, GATE -> healthy;
        };
    }

    /** What kind of thing it is; the label is an interface. */
    public enum Kind {
        VENUE,
        REDIS,
        REDIS_NODE,
        PROBE,
        DATABASE,
        JOURNAL,
        OUTBOX,
        GATE;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
