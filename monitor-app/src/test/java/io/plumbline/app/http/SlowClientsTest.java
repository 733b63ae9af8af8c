package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand slow connections do not delay {@code /health} for those who ask in earnest. */
@Tag("servers")
class SlowClientsTest {
    private static final int SLOW = 1_000;
    private static final int ASKED = 400;
    private static final long EVERY_NS = 25_000_000L;
    private static final double BOUND_MS = 100;

    @Test
    void fromOneAddress() throws IOException {
        assertUndelayed(1);
    }

    @Test
    void fromFiveHundredAddresses() throws IOException {
        assertUndelayed(500);
    }

    /** The bound, stretched by as much as there is more to run than there are processors. */
    private static double boundMs() {
        final OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
        return BOUND_MS
                * Math.max(1, machine.getSystemLoadAverage() / machine.getAvailableProcessors());
    }

    private static void assertUndelayed(final int addresses) throws IOException {
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD)) {
            server.monitor.symbols =
                    Collections.nCopies(10_000, FakeMonitor.symbol("binance-spot", "A/B"));
            final List<Double> aloneMs = ask(server);
            try (SlowClients slow = new SlowClients(server.port(), SLOW, addresses)) {
                while (slow.connected.get() < SLOW) {
                    LockSupport.parkNanos(1_000_000L);
                }
                final List<Double> tookMs = ask(server);
                System.out.printf(
                        "/health p99 alone %.1f ms; beside %d slow connections from %d addresses:"
                                + " p50 %.1f ms, p99 %.1f ms, max %.1f ms; load %.1f; %d"
                                + " connections, %d bytes dripped, %d large answers asked for, %d"
                                + " refused%n",
                        aloneMs.get(ASKED * 99 / 100),
                        SLOW,
                        addresses,
                        tookMs.get(ASKED / 2),
                        tookMs.get(ASKED * 99 / 100),
                        tookMs.get(ASKED - 1),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        slow.connected.get(),
                        slow.dripped.get(),
                        slow.asked.get(),
                        server.monitor.counters.get(CounterId.HTTP_REFUSED));
                assertTrue(tookMs.get(ASKED * 99 / 100) < boundMs(), tookMs.toString());
            }
        }
    }

    /** How long each of so many took, in order of length, each over a connection of its own. */
    private static List<Double> ask(final RunningServer server) throws IOException {
        final List<Double> tookMs = new ArrayList<>();
        for (int i = 0; i < ASKED; i++) {
            final long beginNs = System.nanoTime();
            try (RawClient client = new RawClient(server.port(), "127.0.0.2")) {
                client.get("/health");
                assertEquals(List.of(200), RawClient.statuses(client.readAnswer()));
            }
            tookMs.add((System.nanoTime() - beginNs) / 1e6);
            LockSupport.parkNanos(EVERY_NS);
        }
        Collections.sort(tookMs);
        return tookMs;
    }
}
