package io.plumbline.market;

/**
 * Where a connection stands. Feeds announce every change as a SESSION message ({@code STATE
 * reason}); the engine keeps the last one per source.
 */
public enum SessionState {
    /** TCP, TLS and HTTP upgrade under way, or waiting for the next attempt. */
    CONNECTING,
    /** Upgraded; subscriptions sent, not all acknowledged. */
    SUBSCRIBED,
    /** Acknowledged; not every stream has shown data, or its snapshot is missing. */
    WARMING,
    /** Judged: data flows on what was subscribed. */
    LIVE,
    /** Something is missing (a late pong, silence) and is being looked into. */
    SUSPECT,
    /** Data arrives, but late against the venue's own time. */
    LAGGING,
    /** A sequence broke; the state is not proven again yet. */
    GAPPED,
    /** A snapshot is being fetched to prove the state again. */
    RESYNCING,
    /** Closed: by the venue, by us, by the network. The reason says which. */
    DOWN;

    /** Whether what the other side sends arrives: it is connected, and has agreed to send. */
    public boolean hears() {
        return this != CONNECTING && this != SUBSCRIBED && this != DOWN;
    }
}
