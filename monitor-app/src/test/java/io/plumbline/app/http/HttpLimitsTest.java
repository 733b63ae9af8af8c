package io.plumbline.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a hostile or broken client meets, byte for byte. */
class HttpLimitsTest {
    private static final long MILLI = 1_000_000L;
    private static final String HOST = "Host: localhost\r\n";

    @Test
    void shouldAnswerPipelinedRequestsInOrder() throws IOException {
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD);
                RawClient client = server.client()) {
            final String get = " HTTP/1.1\r\n" + HOST + "\r\n";
            client.send(
                    "GET /health"
                            + get
                            + ("GET /api/symbols" + get)
                            + ("HEAD /api/symbols" + get)
                            + ("GET /nothing" + get)
                            + "GET /ready HTTP/1.1\r\nConnection: close\r\n"
                            + HOST
                            + "\r\n");
            final String answers = client.readToEnd();
            assertEquals(List.of(200, 200, 200, 404, 200), RawClient.statuses(answers));
            assertTrue(answers.indexOf("\"uptimeNs\"") < answers.indexOf("\"count\":2"));
            assertTrue(answers.endsWith("{\"ready\":true,\"reasons\":[]}"), answers);
        }
    }

    @Test
    void shouldAnswerManyPipelinedRequestsOnOneConnection() throws IOException {
        try (RunningServer server = new RunningServer(paced(1_000_000));
                RawClient client = server.client()) {
            final String request = "GET /ready HTTP/1.1\r\n" + HOST + "\r\n";
            client.send(request.repeat(2_000));
            client.get("/ready", "Connection: close");
            assertEquals(Collections.nCopies(2_001, 200), RawClient.statuses(client.readToEnd()));
        }
    }

    @Test
    void shouldAnswerARequestThatComesByteByByte() throws IOException {
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD);
                RawClient client = server.client()) {
            for (final char c : ("GET /ready HTTP/1.1\r\n" + HOST + "\r\n").toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertEquals(List.of(200), RawClient.statuses(client.readAnswer()));
        }
    }

    @Test
    void shouldEndARequestThatDripsIn() throws IOException {
        final HttpLimits limits = timed(300 * MILLI, 60_000 * MILLI);
        try (RunningServer server = new RunningServer(limits);
                RawClient client = server.client()) {
            client.send("GET /health HTTP/1.1\r\n" + HOST);
            final long beginNs = System.nanoTime();
            while (client.trySend("X: y\r\n") && System.nanoTime() - beginNs < 10_000 * MILLI) {
                LockSupport.parkNanos(20 * MILLI);
            }
            final long lastedNs = System.nanoTime() - beginNs;
            assertTrue(lastedNs < 5_000 * MILLI, "each byte must not start the time anew");
            assertEquals(1, server.monitor.counters.get(CounterId.HTTP_REFUSED));
        }
    }

    @Test
    void shouldTellAClientThatStopsInTheMiddle() throws IOException {
        try (RunningServer server = new RunningServer(timed(200 * MILLI, 60_000 * MILLI));
                RawClient client = server.client()) {
            client.send("GET /health HT");
            final String answer = client.readToEnd();
            assertEquals(List.of(408), RawClient.statuses(answer));
            assertTrue(answer.contains("connection: close"), answer);
        }
    }

    @Test
    void shouldCloseAnIdleConnectionSilently() throws IOException {
        try (RunningServer server = new RunningServer(timed(60_000 * MILLI, 200 * MILLI));
                RawClient silent = server.client();
                RawClient content = server.client()) {
            content.get("/ready");
            assertEquals(List.of(200), RawClient.statuses(content.readToEnd()));
            assertEquals("", silent.readToEnd());
        }
    }

    @Test
    void shouldServeAHealthyClientWhileSlowOnesTakeAllPlaces() throws IOException {
        final List<RawClient> slow = new ArrayList<>();
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD)) {
            for (int i = 0; i < 200; i++) {
                final RawClient client = server.client();
                slow.add(client);
                client.trySend("GET /health HTTP/1.1\r\nHost: loc");
            }
            try (RawClient healthy = server.client()) {
                final long beginNs = System.nanoTime();
                healthy.get("/health");
                assertEquals(List.of(200), RawClient.statuses(healthy.readAnswer()));
                assertTrue(System.nanoTime() - beginNs < 1_000 * MILLI);
            }
        } finally {
            for (final RawClient client : slow) {
                client.close();
            }
        }
    }

    @Test
    void shouldRefuseMoreConnectionsThanAreBeingAnswered() throws IOException {
        final HttpLimits one = limits(1, 5_000 * MILLI, 30_000 * MILLI, 50);
        try (RunningServer server = new RunningServer(one);
                RawClient reader = server.client()) {
            server.monitor.symbols =
                    Collections.nCopies(100_000, FakeMonitor.symbol("binance-spot", "A/B"));
            reader.get("/api/symbols");
            assertEquals(List.of(200), RawClient.statuses(reader.readAnswer()));
            try (RawClient second = server.client()) {
                assertEquals(List.of(503), RawClient.statuses(second.readToEnd()));
            }
        }
    }

    @Test
    void shouldCutOffAClientThatDoesNotReadItsAnswer() throws IOException {
        final HttpLimits impatient =
                new HttpLimits(
                        64,
                        64,
                        4_096,
                        8_192,
                        5_000 * MILLI,
                        30_000 * MILLI,
                        300 * MILLI,
                        60_000 * MILLI,
                        100 * MILLI,
                        50);
        try (RunningServer server = new RunningServer(impatient);
                RawClient client = server.client()) {
            server.monitor.symbols =
                    Collections.nCopies(100_000, FakeMonitor.symbol("binance-spot", "A/B"));
            client.get("/api/symbols");
            client.readAnswer();
            LockSupport.parkNanos(600 * MILLI);
            assertFalse(client.readToEnd().endsWith("0\r\n\r\n"), "never complete");
        }
    }

    @Test
    void shouldBreakOffAnAnswerThatFailsInTheMiddle() throws IOException {
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD);
                RawClient client = server.client()) {
            final List<SymbolStatus> symbols =
                    new ArrayList<>(
                            Collections.nCopies(1_000, FakeMonitor.symbol("binance-spot", "A/B")));
            symbols.add(null);
            server.monitor.symbols = symbols;
            client.get("/api/symbols");
            final String answer = client.readToEnd();
            assertEquals(List.of(200), RawClient.statuses(answer));
            assertFalse(answer.endsWith("0\r\n\r\n"), "must not look complete");
            server.monitor.symbols = List.of();
            try (RawClient next = server.client()) {
                next.get("/health");
                assertEquals(List.of(200), RawClient.statuses(next.readAnswer()));
            }
        }
    }

    @Test
    void shouldLimitTheRequestsOfOneConnection() throws IOException {
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD);
                RawClient client = server.client()) {
            final String request = "GET /ready HTTP/1.1\r\n" + HOST + "\r\n";
            client.trySend(request.repeat(500));
            final String answers = client.readToEnd();
            final List<Integer> statuses = RawClient.statuses(answers);
            final int answered = Collections.frequency(statuses, 200);
            assertTrue(answered >= 50 && answered < 150, "answered " + answered);
            assertEquals(429, statuses.get(statuses.size() - 1));
            assertTrue(answers.contains("retry-after: 1"));
        }
    }

    @Test
    void shouldRefuseWhatIsTooLong() throws IOException {
        final String get = "GET /health HTTP/1.1\r\n" + HOST;
        assertRefused(414, "GET /" + "a".repeat(4_096) + " HTTP/1.1\r\n" + HOST + "\r\n");
        assertRefused(414, "GET /" + "a".repeat(1_000_000));
        assertRefused(431, get + "X: " + "a".repeat(8_192) + "\r\n\r\n");
        assertRefused(431, get + "X: yz\r\n".repeat(2_000) + "\r\n");
        assertRefused(431, get + "X: " + "a".repeat(1_000_000));
    }

    @Test
    void shouldRefuseWhatTwoReadersCouldReadInTwoWays() throws IOException {
        final String get = "GET /health HTTP/1.1\r\n" + HOST;
        final String second = "GET /ready HTTP/1.1\r\n" + HOST + "\r\n";
        final List<String> ambiguous =
                List.of(
                        get + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
                        get + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n",
                        get + "Content-Length: 0, 5\r\n\r\n",
                        get + "Content-Length: +5\r\n\r\n",
                        get + "Content-Length: -1\r\n\r\n",
                        get + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        get + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                        get + "Content-Length : 5\r\n\r\n",
                        get + "X: a\nContent-Length: 5\r\n\r\n",
                        get + "X: a\rContent-Length: 5\r\n\r\n",
                        get + "X: a\0b\r\n\r\n",
                        get + "no colon\r\n\r\n",
                        get + ": no name\r\n\r\n",
                        "GET /health HTTP/1.1\n" + HOST + "\r\n",
                        "GET http://localhost/health HTTP/1.1\r\n" + HOST + "\r\n",
                        "GET  HTTP/1.1\r\n" + HOST + "\r\n",
                        "nonsense\r\n\r\n");
        for (final String request : ambiguous) {
            assertRefused(400, request + second);
        }
        for (final String coding : List.of("chunked", "xchunked", "identity", "chunked, gzip")) {
            final String text = get + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n";
            final List<Integer> statuses = statuses(text + second);
            assertEquals(1, statuses.size(), coding);
            assertTrue(statuses.get(0) == 413 || statuses.get(0) == 400, coding + statuses);
        }
        assertRefused(413, get + "Content-Length: 5\r\n\r\nGET /" + second);
        assertRefused(421, get + " folded into the host\r\n\r\n" + second);
        assertRefused(505, "GET /health HTTP/1.9\r\n" + HOST + "\r\n" + second);
        assertRefused(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }

    @Test
    void shouldAnswerOnlyForItsOwnHosts() throws IOException {
        final List<Integer> allowed = new ArrayList<>();
        for (final String host :
                List.of(
                        "localhost",
                        "LOCALHOST:8080",
                        "127.0.0.1:1",
                        "[::1]",
                        "[::1]:8080",
                        "monitor.example:80")) {
            allowed.addAll(statuses(withHost(host)));
        }
        assertEquals(Collections.nCopies(6, 200), allowed);
        for (final String host :
                List.of(
                        "evil.example",
                        "localhost.evil.example",
                        "localhost:8080.evil.example",
                        "localhost@evil.example",
                        "127.0.0.2",
                        "::1",
                        "")) {
            assertRefused(421, withHost(host));
        }
        assertRefused(400, "GET /health HTTP/1.1\r\n\r\n");
        assertRefused(400, "GET /health HTTP/1.1\r\n" + HOST + HOST + "\r\n");
    }

    @Test
    void shouldSpeakTheOldProtocolAndCloseAfterIt() throws IOException {
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD);
                RawClient client = server.client()) {
            client.send("GET /api/symbols HTTP/1.0\r\nConnection: keep-alive\r\n" + HOST + "\r\n");
            final String answer = client.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
            assertFalse(answer.contains("transfer-encoding"), answer);
            assertTrue(answer.endsWith("]}"), answer);
        }
    }

    @Test
    void shouldRefuseConnectAndTrace() throws IOException {
        assertEquals(
                List.of(405),
                statuses(
                        "CONNECT evil.example:443 HTTP/1.1\r\nConnection: close\r\n"
                                + HOST
                                + "\r\n"));
        assertEquals(
                List.of(405),
                statuses("TRACE / HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n"));
    }

    @Test
    void shouldStayUpWhateverBytesCome() throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final String valid = "GET /api/symbols?venue=a%20b HTTP/1.1\r\n" + HOST + "\r\n";
        try (RunningServer server = new RunningServer(paced(1_000_000))) {
            for (int i = 0; i < 300; i++) {
                final StringBuilder text = new StringBuilder(valid);
                for (int change = random.nextInt(6); change >= 0; change--) {
                    text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
                }
                try (RawClient client = server.client()) {
                    client.trySend(text.toString());
                }
            }
            try (RawClient client = server.client()) {
                client.get("/health");
                assertEquals(List.of(200), RawClient.statuses(client.readAnswer()), "seed " + seed);
            }
        }
    }

    private static String withHost(final String host) {
        return "GET /health HTTP/1.1\r\nConnection: close\r\nHost: " + host + "\r\n\r\n";
    }

    /** One refusal, nothing of what was sent in it, and then the end. */
    private static void assertRefused(final int status, final String request) throws IOException {
        final String shown = request.substring(0, Math.min(120, request.length()));
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD);
                RawClient client = server.client()) {
            client.trySend(request);
            final String answer = client.readToEnd();
            assertEquals(List.of(status), RawClient.statuses(answer), shown);
            assertTrue(answer.contains("connection: close"), shown);
            assertFalse(answer.contains("evil"), shown);
        }
    }

    private static List<Integer> statuses(final String request) throws IOException {
        try (RunningServer server = new RunningServer(HttpLimits.STANDARD);
                RawClient client = server.client()) {
            client.trySend(request);
            return RawClient.statuses(client.readToEnd());
        }
    }

    private static HttpLimits paced(final int perSecond) {
        return limits(64, 5_000 * MILLI, 30_000 * MILLI, perSecond);
    }

    private static HttpLimits timed(final long requestNs, final long idleNs) {
        return limits(64, requestNs, idleNs, 50);
    }

    private static HttpLimits limits(
            final int connections, final long requestNs, final long idleNs, final int perSecond) {
        return new HttpLimits(
                connections,
                64,
                4_096,
                8_192,
                requestNs,
                idleNs,
                30_000 * MILLI,
                60_000 * MILLI,
                1_000 * MILLI,
                perSecond);
    }
}
