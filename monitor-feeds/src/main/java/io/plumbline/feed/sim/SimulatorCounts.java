package io.plumbline.feed.sim;

import java.util.concurrent.atomic.AtomicLong;

/** What the simulated exchange did, for tests and the demo's last table. Any thread. */
public final class SimulatorCounts {
    final AtomicLong connections = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong requests = new AtomicLong();
    final AtomicLong tooManyMessages = new AtomicLong();
    final AtomicLong slowClients = new AtomicLong();
    final AtomicLong errors = new AtomicLong();

    /** Clients that ever connected. */
    public long connections() {
        return connections.get();
    }

    /** Handshakes cut: an unknown path, a route that is down, too many clients. */
    public long refused() {
        return refused.get();
    }

    /** Text messages of clients. */
    public long requests() {
        return requests.get();
    }

    /** Times a client was closed for sending too much. */
    public long tooManyMessages() {
        return tooManyMessages.get();
    }

    /** Clients dropped because they did not read. */
    public long slowClients() {
        return slowClients.get();
    }

    /** Exceptions of single connections. */
    public long errors() {
        return errors.get();
    }
}
