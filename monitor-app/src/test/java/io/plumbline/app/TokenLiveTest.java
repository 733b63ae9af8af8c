package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.config.Config;
import io.plumbline.feed.FeedStatus;
import io.plumbline.feed.sim.ExchangeSimulator;
import io.plumbline.feed.sim.ProjectXWire;
import io.plumbline.feed.sim.SimulatedInstrument;
import io.plumbline.feed.sim.SimulatedMoves;
import io.plumbline.feed.sim.SimulatorLimits;
import io.plumbline.feed.sim.VenueWire;
import io.plumbline.finding.Edge;
import io.plumbline.market.SessionState;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole monitor at a venue that asks for a token, over the token's end and renewal. */
class TokenLiveTest {
    /** The hub, keeping what its clients came with. */
    private static final class Door implements VenueWire {
        final VenueWire hub = new ProjectXWire();
        final List<String> came = new CopyOnWriteArrayList<>();

        @Override
        public String venue() {
            return hub.venue();
        }

        @Override
        public boolean serves(final String path) {
            return hub.serves(path);
        }

        @Override
        public List<SimulatedInstrument> instruments() {
            return hub.instruments();
        }

        @Override
        public Client open(final String resource, final long nowNs) {
            came.add(resource.substring(resource.indexOf('=') + 1));
            return hub.open(resource, nowNs);
        }
    }

    private final SystemClock clock = new SystemClock();
    private final Door door = new Door();
    private final List<LiveRig.Seen> found = new CopyOnWriteArrayList<>();
    private volatile boolean running = true;

    @TempDir private Path folder;

    /** A token that ends so many seconds from now. */
    private String token(final long seconds) {
        final long end = clock.epochNanos() / 1_000_000_000L + seconds;
        final String claims = "{\"sub\":\"desk\",\"exp\":" + end + "}";
        return "eyJhbGciOiJIUzI1NiJ9."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";
    }

    private void trade(final ExchangeSimulator exchange) {
        final SimulatedMoves market = new SimulatedMoves(11, door.instruments());
        while (running) {
            market.step(clock.epochNanos(), exchange::onMove);
            exchange.step(clock.epochNanos());
            LockSupport.parkNanos(1_000_000);
        }
    }

    private List<String> told(final Edge edge) {
        return found.stream()
                .filter(finding -> finding.edge() == edge)
                .map(LiveRig.Seen::fingerprint)
                .toList();
    }

    @Test
    void shouldWarnOfTheEndAndChangeOverToTheRenewedToken() throws Exception {
        final String old = token(600);
        final String renewed = token(86_400);
        final Path file = folder.resolve("token");
        final Path data = folder.resolve("data");
        Files.writeString(file, old);
        final ExchangeSimulator exchange =
                new ExchangeSimulator(
                        List.of(door), 0, SimulatorLimits.binance(), clock, Monitor::background);
        exchange.start();
        final Thread market = Monitor.background("market", () -> trade(exchange));
        final Config config =
                LiveRig.config(
                        "monitor: {name: rig, dataDirectory: \""
                                + data
                                + "\"}\nvenues: [{name: projectx, symbols: [\"MNQ/USD:USD-260918\","
                                + " CON.F.US.JY6.U26], rest: none, endpoint: \""
                                + exchange.uri()
                                + "\", token: \"${file:"
                                + file
                                + "}\"}]\nhttp: {port: 0}\n");
        final Monitor monitor =
                new Monitor(
                        config,
                        clock,
                        (finding, sentence) -> found.add(LiveRig.Seen.of(finding, sentence)),
                        () -> {});
        try {
            monitor.start();
            Await.until(
                    "the warning",
                    20,
                    () -> live(monitor) && told(Edge.OPEN).size() == 1,
                    () -> monitor.feeds() + " " + found);
            Files.writeString(file, renewed);
            Await.until(
                    "the changeover",
                    30,
                    () ->
                            told(Edge.CLOSE).size() == 1
                                    && door.came.size() == 2
                                    && oneLeft(exchange),
                    () -> monitor.feeds() + " " + found + " " + exchange.clients("projectx"));
            assertEquals(List.of(old, renewed), door.came);
            assertTrue(live(monitor), monitor.feeds()::toString);
            final List<String> credential =
                    List.of("CREDENTIAL_EXPIRING credential|projectx||token");
            assertEquals(credential, told(Edge.OPEN));
            assertEquals(
                    credential, told(Edge.CLOSE), "and no gap, no silence, no connection down");
            expectNowhere(monitor, data, old, renewed);
        } finally {
            monitor.close();
            running = false;
            market.join(2_000);
            exchange.close();
        }
        expectNotIn(files(data), old, renewed);
    }

    private static boolean live(final Monitor monitor) {
        return monitor.feeds().stream().map(FeedStatus::state).allMatch(SessionState.LIVE::equals);
    }

    private static boolean oneLeft(final ExchangeSimulator exchange) {
        return exchange.clients("projectx") == 1;
    }

    private void expectNowhere(final Monitor monitor, final Path data, final String... tokens)
            throws IOException {
        final HttpClient client = HttpClient.newHttpClient();
        final StringBuilder answers = new StringBuilder(found.toString());
        for (final String path :
                List.of(
                        "/health",
                        "/health/deps",
                        "/ready",
                        "/api/findings",
                        "/api/cases",
                        "/api/symbols",
                        "/metrics")) {
            answers.append(LiveRig.get(client, monitor.httpPort(), path).body());
        }
        assertTrue(answers.toString().contains("CREDENTIAL_EXPIRING"));
        expectNotIn(answers.toString(), tokens);
    }

    /** Everything that the monitor wrote, its journal above all. */
    private static String files(final Path data) throws IOException {
        final StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(data)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        assertTrue(all.toString().contains("CREDENTIAL_UNTIL"), "there is a journal");
        return all.toString();
    }

    private static void expectNotIn(final String text, final String... tokens) {
        for (final String token : tokens) {
            final String claims = token.split("\\.")[1];
            assertFalse(text.contains(claims.substring(0, 20)));
        }
    }
}
