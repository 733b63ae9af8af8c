package io.plumbline.feed.sim;

import java.util.LinkedHashMap;
import java.util.Map;

/** A fault as it really happened. Written by the simulation thread, read by any. */
public final class InjectedFault {
    private final Fault fault;
    private final Map<String, Object> details = new LinkedHashMap<>();
    private volatile long startedNs;
    private volatile long actedNs;
    private volatile long endedNs;

    InjectedFault(final Fault fault) {
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    /** When it was switched on, ns since the epoch, or 0. */
    public long startedNs() {
        return startedNs;
    }

    /** When it first changed what the monitor could see, ns since the epoch, or 0 for never. */
    public long actedNs() {
        return actedNs;
    }

    /** When it was over and repaired, ns since the epoch, or 0. */
    public long endedNs() {
        return endedNs;
    }

    /** What was done exactly: missing ids, values, counts (String or Long), in order. */
    public Map<String, Object> details() {
        synchronized (details) {
            return new LinkedHashMap<>(details);
        }
    }

    void started(final long nowNs) {
        startedNs = nowNs;
    }

    void acted(final long nowNs) {
        if (actedNs == 0) {
            actedNs = nowNs;
        }
    }

    void ended(final long nowNs) {
        endedNs = nowNs;
    }

    void detail(final String name, final Object value) {
        synchronized (details) {
            details.put(name, value);
        }
    }

    /** Sets a detail that is not there yet. */
    void firstDetail(final String name, final Object value) {
        synchronized (details) {
            details.putIfAbsent(name, value);
        }
    }

    /** Counts on. */
    void count(final String name, final long more) {
        synchronized (details) {
            details.merge(name, more, (a, b) -> (Long) a + (Long) b);
        }
    }
}
