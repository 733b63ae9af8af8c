package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookHookTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes();
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);

    /** One request as the stub saw it. */
    private record Seen(String id, String timestamp, String signature, String body, int answered) {}

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @TempDir Path folder;

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final ExecutorService stubThreads = Executors.newCachedThreadPool();
    private HttpServer stub;
    private volatile Answer answer = exchange -> exchange.sendResponseHeaders(202, -1);

    @BeforeEach
    void start() throws IOException {
        stub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stub.setExecutor(stubThreads);
        stub.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        answer.to(exchange);
                    }
                });
        stub.start();
    }

    @AfterEach
    void stop() {
        stub.stop(0);
        stubThreads.shutdownNow();
    }

    private WebhookHook hook(final long timeoutMs) {
        return hook(
                URI.create("http://127.0.0.1:" + stub.getAddress().getPort() + "/hook-canary"),
                timeoutMs);
    }

    private static WebhookHook hook(final URI uri, final long timeoutMs) {
        final WebhookHook.Target target = WebhookHook.Target.of(uri);
        return new WebhookHook(
                "pager",
                target,
                target,
                SECRET,
                Map.of("Authorization", "Bearer bearer-canary"),
                TimeUnit.MILLISECONDS.toNanos(timeoutMs),
                new SystemClock());
    }

    private void note(final HttpExchange exchange, final int status) throws IOException {
        final String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(
                new Seen(
                        exchange.getRequestHeaders().getFirst("webhook-id"),
                        exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                        exchange.getRequestHeaders().getFirst("webhook-signature"),
                        body,
                        status));
    }

    private Delivery once() {
        final Alert alert = Alerts.trigger("k");
        return hook(1_000).deliver(alert, AlertJson.bytes(alert));
    }

    private Delivery answering(final int status, final String header, final String value) {
        answer =
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    if (header != null) {
                        exchange.getResponseHeaders().set(header, value);
                    }
                    final byte[] body = "said: hook-canary bearer-canary".getBytes();
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.getResponseBody().close();
                };
        return once();
    }

    @Test
    void statuses() {
        assertEquals(Delivery.delivered(), answering(200, null, null));
        assertEquals(Delivery.delivered(), answering(202, null, null));
        for (final int retry : new int[] {408, 425, 429, 500, 503}) {
            assertEquals(
                    Delivery.retry(0, "HTTP " + retry + ": said: *** ***"),
                    answering(retry, null, null));
        }
        for (final int refuse : new int[] {400, 403, 404, 410}) {
            assertEquals(
                    Delivery.refused("HTTP " + refuse + ": said: *** ***"),
                    answering(refuse, null, null));
        }
        assertEquals(Delivery.refused("HTTP 401"), stripped(answering(401, null, null)));
        assertEquals(7_000_000_000L, answering(429, "Retry-After", "7").afterNs());
    }

    private static Delivery stripped(final Delivery of) {
        return new Delivery(of.outcome(), of.afterNs(), of.reason().split(":")[0]);
    }

    @Test
    void shouldNotFollowRedirects() {
        final String self = "http://127.0.0.1:" + stub.getAddress().getPort() + "/other";
        final Delivery delivery = answering(307, "Location", self);
        assertEquals(Delivery.Outcome.REFUSED, delivery.outcome());
    }

    @Test
    void signature() throws Exception {
        answer =
                exchange -> {
                    note(exchange, 202);
                    exchange.sendResponseHeaders(202, -1);
                };
        assertEquals(Delivery.delivered(), once());
        final Seen one = seen.get(0);
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        final String signed = one.id + '.' + one.timestamp + '.' + one.body;
        final byte[] expected = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        assertEquals("v1," + Base64.getEncoder().encodeToString(expected), one.signature);
        assertEquals("k-trigger", one.id);
        assertEquals(AlertJson.text(Alerts.trigger("k")), one.body);
    }

    @Test
    void knownVectorOfTheStandard() {
        // The example of the Standard Webhooks specification's own libraries.
        final WebhookSignature of = new WebhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertEquals(
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                of.sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330L,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void networkErrorsRetryAndNameNoSecret() throws IOException {
        final int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        final WebhookHook hook =
                hook(URI.create("http://127.0.0.1:" + closed + "/hook-canary?t=query-canary"), 500);
        final Alert alert = Alerts.trigger("k");
        final Delivery delivery = hook.deliver(alert, AlertJson.bytes(alert));
        assertEquals(Delivery.Outcome.RETRY, delivery.outcome());
        final String said = delivery + hook.toString();
        for (final String secret :
                List.of("hook-canary", "query-canary", "bearer-canary", SECRET)) {
            assertFalse(said.contains(secret), said);
        }
        assertEquals("pager (http://127.0.0.1)", hook.toString());
    }

    @Test
    void secretsAreNotInConfigurationErrors() {
        final List<String> said = new ArrayList<>();
        said.add(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> hook(URI.create("http://u:canary-pw@127.0.0.1/"), 1))
                        .toString());
        said.add(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new WebhookSignature("whsec_canary-not*base64"))
                        .toString());
        said.add(new WebhookSignature(SECRET).toString());
        said.add(new Redaction(List.of("canary")).toString());
        assertFalse(said.toString().contains("canary"), said.toString());
    }

    @Test
    void everythingArrivesThroughASeededBadNetwork() {
        final long seed = 5;
        final SplittableRandom random = new SplittableRandom(seed);
        final AtomicInteger late = new AtomicInteger(3);
        answer =
                exchange -> {
                    final int dice;
                    synchronized (random) {
                        dice = random.nextInt(10);
                    }
                    final int status = dice < 5 ? 202 : dice == 5 ? 429 : dice == 6 ? 500 : 0;
                    note(exchange, status);
                    if (dice == 5) {
                        exchange.getResponseHeaders().set("Retry-After", "0");
                    }
                    if (status != 0) {
                        exchange.sendResponseHeaders(status, -1);
                    } else if (dice == 7 && late.getAndDecrement() > 0) {
                        // Taken, but the answer is late: the sender must ask again.
                        java.util.concurrent.locks.LockSupport.parkNanos(600_000_000L);
                    }
                };
        final OutboxSettings d = OutboxSettings.defaults();
        final OutboxSettings fast =
                new OutboxSettings(
                        true, 1_000, d.keepNs(), 100, d.maxBytes(), 1_000_000, 5_000_000, 0);
        final AlertChannel unpaced = unpaced(hook(400));
        final Outbox outbox =
                new Outbox(
                        folder.resolve("o.db"),
                        fast,
                        List.of(unpaced),
                        Alerts.THREADS,
                        new SystemClock(),
                        new Random(seed),
                        new Counters(),
                        OutboxListener.NONE);
        try (outbox) {
            outbox.start();
            for (int i = 0; i < 40; i++) {
                outbox.accept(List.of(Alerts.trigger("k" + i), Alerts.resolve("k" + i)), List.of());
            }
            Alerts.await("drained, seed " + seed, () -> outbox.pending() == 0);
        }
        for (int i = 0; i < 40; i++) {
            final List<Seen> trigger = of("k" + i + "-trigger");
            final List<Seen> resolve = of("k" + i + "-resolve");
            final String where = "seed " + seed + " key " + i;
            assertTrue(resolve.stream().anyMatch(s -> s.answered == 202), where);
            assertEquals(1, trigger.stream().map(Seen::body).distinct().count(), where);
            final Seen taken =
                    trigger.stream().filter(s -> s.answered == 202).findFirst().orElseThrow();
            assertTrue(seen.indexOf(taken) < seen.indexOf(resolve.get(0)), where);
        }
        assertTrue(seen.size() > 80, "some were repeated");
    }

    private List<Seen> of(final String id) {
        return seen.stream().filter(one -> one.id.equals(id)).toList();
    }

    /** The same channel without its pace, so that the test is fast. */
    private static AlertChannel unpaced(final AlertChannel channel) {
        return new AlertChannel() {
            @Override
            public String name() {
                return channel.name();
            }

            @Override
            public Delivery deliver(final Alert alert, final byte[] body) {
                return channel.deliver(alert, body);
            }

            @Override
            public int attemptsPerMinute() {
                return 60_000;
            }

            @Override
            public void close() {
                channel.close();
            }
        };
    }

    @Test
    void shouldNotHangTheOutboxAtClose() {
        answer = exchange -> java.util.concurrent.locks.LockSupport.parkNanos(20_000_000_000L);
        final OutboxSettings d = OutboxSettings.defaults();
        final OutboxSettings brief =
                new OutboxSettings(true, 1_000, d.keepNs(), 100, d.maxBytes(), 1, 1, 200_000_000L);
        final Outbox outbox =
                new Outbox(
                        folder.resolve("o.db"),
                        brief,
                        List.of(hook(15_000)),
                        Alerts.THREADS,
                        new SystemClock(),
                        new Random(1),
                        new Counters(),
                        OutboxListener.NONE);
        outbox.start();
        outbox.accept(List.of(Alerts.trigger("k")), List.of());
        final long startNs = System.nanoTime();
        outbox.close();
        assertTrue(System.nanoTime() - startNs < 5_000_000_000L, "close is bounded");
    }
}
