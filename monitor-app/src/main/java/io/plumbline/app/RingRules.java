package io.plumbline.app;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.SelectStrategyFactory;
import io.netty.util.IntSupplier;
import io.plumbline.app.config.MonitorConfig;
import io.plumbline.inbound.InboundRing;
import io.plumbline.inbound.Pace;
import io.plumbline.inbound.WaitKind;

/** How the inbound ring, the sockets before it and the engine behind it wait. */
final class RingRules {
    /** Sockets that wake their thread. */
    static final SelectStrategyFactory ASLEEP = DefaultSelectStrategyFactory.INSTANCE;

    private RingRules() {}

    static InboundRing.Settings of(final MonitorConfig.Ring ring) {
        return new InboundRing.Settings(
                ring.cells(),
                ring.cellBytes(),
                WaitKind.named(ring.waitStrategy().label()),
                ring.maxMessageBytes());
    }

    /** Of the engine. */
    static Pace pace(final MonitorConfig monitor) {
        return monitor.lowLatency() ? Pace.SPINS : Pace.WOKEN;
    }

    /** How the thread of the sockets waits for them. */
    static SelectStrategyFactory sockets(final MonitorConfig monitor) {
        return monitor.lowLatency() ? () -> RingRules::look : ASLEEP;
    }

    /** Asks what is ready, and where nothing is gives the core to whoever wants it. */
    private static int look(final IntSupplier ready, final boolean hasTasks) throws Exception {
        final int found = ready.get();
        if (found == 0 && !hasTasks) {
            Thread.yield();
        }
        return found;
    }
}
