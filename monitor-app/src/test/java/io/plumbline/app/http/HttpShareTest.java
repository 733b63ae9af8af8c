package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one address may take, so that others have their part. */
class HttpShareTest {
    private static final String READY = "GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Test
    void shouldCloseTheOldestIdleOneOfAnAddressThatHasTooMany() throws IOException {
        final List<RawClient> clients = new ArrayList<>();
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD);
                RawClient other = new RawClient(server.port(), "127.0.0.2")) {
            other.send(READY).readAnswer();
            for (int i = 0; i < 9; i++) {
                clients.add(server.client());
                clients.get(i).send(READY).readAnswer();
            }
            assertEquals("", clients.get(0).readToEnd(), "gave way to the ninth");
            clients.get(1).send(READY).readAnswer();
            other.send(READY).readAnswer();
        } finally {
            closeAll(clients);
        }
    }

    @Test
    void shouldCountTheRequestsOfAnAddressOverItsConnections() throws IOException {
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD);
                RawClient other = new RawClient(server.port(), "127.0.0.2")) {
            int answered = 0;
            boolean refused = false;
            while (!refused && answered < 500) {
                try (RawClient client = server.client()) {
                    refused = RawClient.statuses(client.send(READY).readAnswer()).contains(429);
                    answered += refused ? 0 : 1;
                }
            }
            assertTrue(refused && answered >= 50, "answered " + answered);
            assertEquals(List.of(200), RawClient.statuses(other.send(READY).readAnswer()));
        }
    }

    @Test
    void shouldLeaveAnAddressPlacesBesideItsStreams() throws IOException {
        final List<RawClient> streams = new ArrayList<>();
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD)) {
            final List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                final RawClient stream = server.client();
                streams.add(stream);
                stream.get("/api/gate/stream");
                statuses.addAll(RawClient.statuses(stream.readUntil("\r\n\r\n")));
            }
            assertEquals(List.of(200, 200, 200, 200, 200, 200, 503), statuses);
            try (RawClient client = server.client()) {
                assertEquals(List.of(200), RawClient.statuses(client.send(READY).readAnswer()));
            }
        } finally {
            closeAll(streams);
        }
    }

    /** Whoever reads slowly takes a quarter of all places at most, from however many addresses. */
    @Test
    void shouldAnswerWhileManyReadSlowly() throws IOException {
        final List<RawClient> slow = new ArrayList<>();
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD)) {
            server.monitor.symbols =
                    Collections.nCopies(5_000, FakeMonitor.symbol("binance-spot", "A/B"));
            for (int i = 0; i < 40; i++) {
                final RawClient client = new RawClient(server.port(), "127.0.1." + (i + 1));
                slow.add(client);
                client.get("/api/symbols");
            }
            for (int i = 0; i < 5; i++) {
                try (RawClient client = new RawClient(server.port(), "127.0.0.2")) {
                    client.get("/health");
                    assertEquals(List.of(200), RawClient.statuses(client.readAnswer()));
                }
            }
        } finally {
            closeAll(slow);
        }
    }

    @Test
    void shouldTakeAnIpv6NetworkForOneCaller() throws IOException {
        final String first = address("2001:db8:1:2::1");
        assertEquals(first, address("2001:db8:1:2:ffff::7"));
        assertNotEquals(first, address("2001:db8:1:3::1"));
        assertEquals("192.0.2.1", address("192.0.2.1"));
    }

    @Test
    void shouldForgetTheOldestCaller() {
        final Callers callers = new Callers(1);
        assertTrue(callers.take("a", FakeMonitor.NOW_NS));
        assertFalse(callers.take("a", FakeMonitor.NOW_NS));
        for (int i = 0; i < 1_024; i++) {
            assertTrue(callers.take("other " + i, FakeMonitor.NOW_NS));
        }
        assertTrue(callers.take("a", FakeMonitor.NOW_NS), "not kept for ever");
    }

    private static String address(final String text) throws IOException {
        return Callers.address(InetAddress.getByName(text));
    }

    private static void closeAll(final List<RawClient> clients) throws IOException {
        for (final RawClient client : clients) {
            client.close();
        }
    }
}
