package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.alert.Alerts.Script;
import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.CaseRecord.Told;
import io.plumbline.app.desk.CaseState;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.metrics.CounterId;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final OutboxSettings FAST =
            new OutboxSettings(
                    true,
                    100_000,
                    OutboxSettings.defaults().keepNs(),
                    10_000,
                    1L << 26,
                    2_000_000L,
                    5_000_000L,
                    2_000_000_000L);

    @TempDir Path folder;

    private final List<Outbox> open = new ArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Counters counters = new Counters();
    private final OutboxListener listener =
            new OutboxListener() {
                @Override
                public void onFailed(final String channel, final Alert alert, final String why) {
                    heard.add("failed " + channel + ' ' + alert.dedupKey() + ": " + why);
                }

                @Override
                public void onStoreFault(final String reason) {
                    heard.add("fault");
                }

                @Override
                public void onStoreRecovered() {
                    heard.add("recovered");
                }
            };

    @AfterEach
    void closeAll() {
        open.forEach(Outbox::close);
    }

    private Outbox outbox(
            final String file, final OutboxSettings settings, final AlertChannel... channels) {
        final Outbox outbox =
                new Outbox(
                        folder.resolve(file),
                        settings,
                        List.of(channels),
                        Alerts.THREADS,
                        new SystemClock(),
                        new Random(7),
                        counters,
                        listener);
        open.add(outbox);
        outbox.start();
        return outbox;
    }

    @Test
    void inOrderPerKeyThroughRandomFailures() {
        final long seed = 11;
        final SplittableRandom random = new SplittableRandom(seed);
        final List<String> taken = new CopyOnWriteArrayList<>();
        final Script pager =
                new Script(
                        "pager",
                        alert -> {
                            if (random.nextInt(3) == 0) {
                                return Delivery.retry(0, "not now");
                            }
                            if (random.nextInt(20) == 0) {
                                throw new IllegalStateException("seeded");
                            }
                            taken.add(alert.action().label() + ' ' + alert.dedupKey());
                            return Delivery.delivered();
                        });
        final Outbox outbox = outbox("o.db", FAST, pager);
        final Set<String> expected = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            outbox.accept(List.of(Alerts.trigger("k" + i), Alerts.resolve("k" + i)), List.of());
            expected.add("trigger k" + i);
            expected.add("resolve k" + i);
        }
        Alerts.await("all delivered, seed " + seed, () -> outbox.pending() == 0);
        assertEquals(expected, new HashSet<>(taken), "seed " + seed);
        for (int i = 0; i < 200; i++) {
            assertTrue(
                    taken.indexOf("trigger k" + i) < taken.indexOf("resolve k" + i),
                    "seed " + seed + " key " + i);
        }
        assertEquals(400, counters.get(CounterId.ALERTS_DELIVERED));
        assertTrue(counters.get(CounterId.ALERTS_RETRIED) > 0);
    }

    @Test
    void killedAtRandomPoints() throws IOException {
        for (long seed = 1; seed <= 8; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final Set<String> delivered = java.util.concurrent.ConcurrentHashMap.newKeySet();
            final Set<String> accepted = new HashSet<>();
            String file = "kill-" + seed + "-0.db";
            for (int life = 1; life <= 4; life++) {
                final Script pager =
                        new Script(
                                "pager",
                                alert -> {
                                    synchronized (random) {
                                        if (random.nextBoolean()) {
                                            return Delivery.retry(0, "not now");
                                        }
                                    }
                                    delivered.add(alert.id());
                                    return Delivery.delivered();
                                });
                final Outbox outbox = outbox(file, FAST, pager);
                final int count;
                synchronized (random) {
                    count = 1 + random.nextInt(40);
                }
                for (int i = 0; i < count; i++) {
                    final Alert alert = Alerts.trigger("s" + seed + "l" + life + "n" + i);
                    outbox.accept(List.of(alert), List.of());
                    accepted.add(alert.id());
                }
                file = copyAsAfterAKill(file, "kill-" + seed + '-' + life + ".db");
                final Set<String> before = Set.copyOf(delivered);
                outbox.close();
                // What was delivered after the copy was taken counts for the killed process only.
                delivered.retainAll(before);
            }
            final Script last =
                    new Script(
                            "pager",
                            alert -> {
                                delivered.add(alert.id());
                                return Delivery.delivered();
                            });
            final Outbox outbox = outbox(file, FAST, last);
            Alerts.await("drained, seed " + seed, () -> outbox.pending() == 0);
            assertEquals(accepted, delivered, "seed " + seed);
        }
    }

    private String copyAsAfterAKill(final String from, final String to) throws IOException {
        // So few writes start no checkpoint: the file stands still, the log only grows.
        Files.copy(folder.resolve(from), folder.resolve(to));
        if (Files.exists(folder.resolve(from + "-wal"))) {
            Files.copy(folder.resolve(from + "-wal"), folder.resolve(to + "-wal"));
        }
        return to;
    }

    @Test
    void casesSurviveAKill() throws IOException {
        final Outbox outbox = outbox("c.db", FAST);
        final CaseRecord kept = record("k", CaseState.OPEN);
        outbox.accept(List.of(), List.of(kept, record("gone", CaseState.OPEN)));
        outbox.accept(List.of(), List.of(record("gone", CaseState.RESOLVED)));
        final Outbox next = outbox(copyAsAfterAKill("c.db", "c2.db"), FAST);
        assertEquals(List.of(kept), next.openCases());
    }

    private static CaseRecord record(final String key, final CaseState state) {
        return new CaseRecord(
                "d|v|i|" + key,
                "e",
                "d",
                "v",
                "i",
                key,
                FindingKind.PRICE_WRONG,
                Severity.HIGH,
                Set.of(FindingKind.PRICE_WRONG, FindingKind.PRICE_LATE),
                state,
                1,
                2,
                3,
                "text",
                "{}",
                "",
                Told.PAGED,
                Severity.HIGH);
    }

    @Test
    void refusedIsToldByTheOthers() {
        final AtomicInteger calls = new AtomicInteger();
        final Script bad =
                new Script(
                        "bad",
                        alert ->
                                calls.incrementAndGet() <= 2
                                        ? Delivery.refused("HTTP 404")
                                        : Delivery.delivered());
        final Script good = new Script("good", alert -> Delivery.delivered());
        final Outbox outbox = outbox("r.db", FAST, bad, good);
        for (int i = 0; i < 3; i++) {
            outbox.accept(List.of(Alerts.trigger("k" + i)), List.of());
        }
        Alerts.await("five at the good one", () -> good.seen.size() == 5);
        assertEquals(
                List.of("failed bad k0: HTTP 404", "failed bad k1: HTTP 404"), List.copyOf(heard));
        assertEquals(
                List.of("trigger outbox|||bad", "resolve outbox|||bad"),
                good.seen.stream().filter(line -> line.contains("outbox")).toList());
        assertEquals(2, counters.get(CounterId.ALERTS_FAILED));
    }

    @Test
    void shouldNotEchoWhenEveryChannelRefuses() {
        final Script a = new Script("a", alert -> Delivery.refused("no"));
        final Script b = new Script("b", alert -> Delivery.refused("no"));
        final Outbox outbox = outbox("e.db", FAST, a, b);
        outbox.accept(List.of(Alerts.trigger("k")), List.of());
        Alerts.await("all dead", () -> outbox.pending() == 0 && heard.size() == 4);
        assertEquals(2, a.seen.size());
        assertEquals(2, b.seen.size());
    }

    @Test
    void shortLivedAreLeftOutWhereSoConfigured() throws InterruptedException {
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final Script pager =
                new Script(
                        "pager",
                        alert -> {
                            inside.countDown();
                            try {
                                go.await();
                            } catch (final InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return Delivery.delivered();
                        });
        final OutboxSettings leaveOut =
                new OutboxSettings(
                        false, 100, FAST.keepNs(), 100, 1L << 26, 1_000_000, 1_000_000, 0);
        final Outbox outbox = outbox("s.db", leaveOut, pager);
        outbox.accept(List.of(Alerts.trigger("held")), List.of());
        inside.await();
        outbox.accept(List.of(Alerts.trigger("brief"), Alerts.resolve("brief")), List.of());
        outbox.accept(List.of(Alerts.resolve("held"), Alerts.trigger("lasting")), List.of());
        go.countDown();
        Alerts.await("drained", () -> outbox.pending() == 0);
        assertEquals(
                List.of("trigger held", "trigger lasting", "resolve held"),
                List.copyOf(pager.seen));
    }

    @Test
    void finishedRowsMakeRoom() {
        final Script pager = new Script("pager", alert -> Delivery.delivered());
        final Outbox outbox = outbox("small.db", tiny(), pager);
        for (int i = 0; i < 40; i++) {
            outbox.accept(List.of(big("k" + i)), List.of());
            Alerts.await("delivered", () -> outbox.pending() == 0);
        }
        assertEquals(40, pager.seen.size());
        assertEquals(List.of(), List.copyOf(heard));
    }

    @Test
    void fullDiskIsToldAndAlertsStillGoOut() {
        final CountDownLatch go = new CountDownLatch(1);
        final Script pager =
                new Script(
                        "pager",
                        alert -> {
                            try {
                                go.await();
                            } catch (final InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return Delivery.delivered();
                        });
        final Outbox outbox = outbox("full.db", tiny(), pager);
        for (int i = 0; i < 40; i++) {
            outbox.accept(List.of(big("k" + i)), List.of());
        }
        assertEquals(List.of("fault"), List.copyOf(heard));
        assertEquals(40, outbox.pending());
        go.countDown();
        Alerts.await("delivered", () -> outbox.pending() == 0);
        assertEquals(40, new HashSet<>(pager.seen).size());
        outbox.accept(List.of(big("after")), List.of());
        Alerts.await("recovered", () -> heard.contains("recovered"));
    }

    /** As small as the store allows: 64 pages. */
    private static OutboxSettings tiny() {
        return new OutboxSettings(true, 100_000, FAST.keepNs(), 50, 1, 1_000_000, 1_000_000, 0);
    }

    private static Alert big(final String key) {
        final Alert small = Alerts.trigger(key);
        return new Alert(
                small.id(),
                small.action(),
                key,
                "e",
                small.severity(),
                small.kind(),
                small.summary(),
                '"' + "x".repeat(16_000) + '"',
                1,
                2);
    }

    @Test
    void shouldWorkWithoutADiskAndSayWhenItIsBack() throws IOException {
        final Path blocked = Files.writeString(folder.resolve("blocked"), "");
        final Script pager = new Script("pager", alert -> Delivery.delivered());
        final Outbox outbox = outbox("blocked/o.db", FAST, pager);
        outbox.accept(List.of(Alerts.trigger("a")), List.of(record("a", CaseState.OPEN)));
        Alerts.await("a", () -> pager.seen.size() == 1);
        Files.delete(blocked);
        outbox.accept(List.of(Alerts.trigger("b")), List.of());
        Alerts.await("b", () -> pager.seen.size() == 2);
        assertEquals(List.of("fault", "recovered"), List.copyOf(heard));
        assertEquals(List.of(record("a", CaseState.OPEN)), outbox.openCases());
    }

    @Test
    void shouldBoundWhatItHoldsInMemory() throws IOException {
        Files.writeString(folder.resolve("blocked"), "");
        final CountDownLatch never = new CountDownLatch(1);
        final OutboxSettings five =
                new OutboxSettings(true, 100_000, FAST.keepNs(), 5, 1L << 26, 1, 1, 0);
        final Script stuck =
                new Script(
                        "stuck",
                        alert -> {
                            try {
                                never.await();
                            } catch (final InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return Delivery.retry(0, "shutdown");
                        });
        final Outbox outbox = outbox("blocked/o.db", five, stuck);
        outbox.accept(List.of(Alerts.trigger("k0")), List.of());
        Alerts.await("in flight", () -> stuck.seen.size() == 1);
        for (int i = 1; i < 20; i++) {
            outbox.accept(List.of(Alerts.trigger("k" + i)), List.of());
        }
        assertEquals(5, outbox.pending());
        assertEquals(15, counters.get(CounterId.ALERTS_FAILED));
        assertEquals("failed stuck k1: the outbox is full", heard.get(1));
    }

    @Test
    void shouldSetAnUnreadableFileAside() throws IOException {
        Files.writeString(folder.resolve("bad.db"), "this is no database ".repeat(500));
        final Script pager = new Script("pager", alert -> Delivery.delivered());
        final Outbox outbox = outbox("bad.db", FAST, pager);
        outbox.accept(List.of(Alerts.trigger("a")), List.of());
        Alerts.await("a", () -> pager.seen.size() == 1);
        assertEquals(List.of("fault", "recovered"), List.copyOf(heard));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.filter(file -> file.toString().contains(".unreadable-")).count());
        }
    }

    @Test
    void shouldRefuseTwoChannelsOfOneName() {
        final Script a = new Script("same", alert -> Delivery.delivered());
        assertThrows(IllegalArgumentException.class, () -> outbox("n.db", FAST, a, a));
    }

    @Test
    void closeDeliversWhatMayGoAtOnce() {
        final Script pager = new Script("pager", alert -> Delivery.delivered());
        final Outbox outbox = outbox("close.db", FAST, pager);
        for (int i = 0; i < 50; i++) {
            outbox.accept(List.of(Alerts.trigger("k" + i)), List.of());
        }
        outbox.close();
        assertEquals(50, pager.seen.size());
    }
}
