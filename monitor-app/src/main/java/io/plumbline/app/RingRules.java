package io.plumbline.app;

import io.plumbline.app.config.MonitorConfig;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.Pace;
import io.plumbline.inbound.WaitKind;

/** How the inbound ring, what comes before it and what comes behind it wait. */
final class RingRules {
    private RingRules() {}

    static InboundRing.Settings of(final MonitorConfig.Ring ring) {
        return new InboundRing.Settings(
                ring.cells(),
                ring.cellBytes(),
                WaitKind.named(ring.waitStrategy().label()),
                ring.maxMessageBytes());
    }

    /** Of the engine, and of the thread that serves the sockets. */
    static Pace pace(final MonitorConfig monitor) {
        return monitor.lowLatency() ? Pace.SPINS : Pace.WOKEN;
    }
}
