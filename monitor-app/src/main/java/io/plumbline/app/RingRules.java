package io.plumbline.app;

import io.plumbline.app.config.MonitorConfig;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.WaitKind;

/** The inbound ring that a configuration asks for. */
final class RingRules {
    private RingRules() {}

    static InboundRing.Settings of(final MonitorConfig.Ring ring) {
        return new InboundRing.Settings(
                ring.cells(),
                ring.cellBytes(),
                WaitKind.named(ring.waitStrategy().label()),
                ring.maxMessageBytes());
    }
}
