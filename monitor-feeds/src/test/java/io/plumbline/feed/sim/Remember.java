package io.plumbline.feed.sim;

import java.util.List;

/** Keeps every fault that was started. */
record Remember(List<InjectedFault> injected) implements FaultListener {
    @Override
    public void started(final InjectedFault fault, final long nowNs) {
        injected.add(fault);
    }

    @Override
    public void ended(final InjectedFault fault, final long nowNs) {
        // The fault itself knows.
    }
}
