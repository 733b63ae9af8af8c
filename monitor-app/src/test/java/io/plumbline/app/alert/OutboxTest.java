package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.app.alert.Alerts.Script;
import io.plumbline.metrics.CounterId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutboxTest extends OutboxBench {
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

    /** A channel whose repetition always fails. */
    private static final class Broken implements StandingChannel {
        private final AtomicInteger repeats = new AtomicInteger();
        private final AtomicInteger delivered = new AtomicInteger();

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public void standing(final Collection<Alert> alerts) {
            assertEquals(List.of(), List.copyOf(alerts));
        }

        @Override
        public long repeatEveryNs() {
            return 1_000_000L;
        }

        @Override
        public Delivery repeat() {
            repeats.incrementAndGet();
            throw new IllegalStateException("with a secret in it");
        }

        @Override
        public Delivery deliver(final Alert alert, final byte[] body) {
            delivered.incrementAndGet();
            return Delivery.delivered();
        }
    }

    @Test
    void aRepetitionThatFailsKeepsNoAlertBack() {
        final Broken broken = new Broken();
        final Outbox outbox = outbox("repeat.db", FAST, broken);
        Alerts.await("tried again", () -> broken.repeats.get() > 1);
        outbox.accept(List.of(Alerts.trigger("a")), List.of());
        Alerts.await("delivered", () -> broken.delivered.get() == 1);
        assertEquals(
                List.of("not repeated broken: the channel failed: IllegalStateException"), heard);
    }

    @Test
    void aTriggerThatWaitedForMoreThanADayIsMarkedAsLate() throws Exception {
        final AtomicLong hours = new AtomicLong(1_000);
        final List<String> said = new ArrayList<>();
        final Script pager =
                new Script(
                        "pager",
                        alert -> {
                            said.add(alert.id() + ": " + alert.summary());
                            return hours.get() < 1_026
                                    ? Delivery.retry(0, "away")
                                    : Delivery.delivered();
                        });
        final Outbox outbox =
                new Outbox(
                        folder.resolve("late.db"),
                        FAST,
                        List.of(pager),
                        (role, body) -> new Thread(body, role),
                        () -> TimeUnit.HOURS.toNanos(hours.get()),
                        new Random(1),
                        counters,
                        OutboxListener.NONE);
        outbox.start();
        outbox.accept(List.of(Alerts.trigger("k"), Alerts.resolve("k")), List.of());
        final Courier courier = outbox.couriers().get(0);
        courier.step(0);
        hours.set(1_026);
        courier.step(0);
        courier.step(0);
        outbox.close();
        assertEquals(
                List.of(
                        "k-trigger: the price of k is wrong",
                        "k-trigger: late by 26 h: the price of k is wrong",
                        "k-resolve: the price of k is wrong"),
                said);
    }
}
