package io.plumbline.app.alert;

/** Whether the monitor can vouch for itself: heartbeats go out only while it can. Any thread. */
@FunctionalInterface
public interface Vouch {
    /** Why it cannot, for a person; "" while it can. */
    String doubt();
}
