package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumbline.metrics.Counters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A pager is away for two hours and 10,000 alerts wait; in virtual time. The outbox, its courier
 * and its database are those of a run; only the thread is the test's.
 */
@Tag("servers")
class PagerOutageTest {
    private static final long SEED = Long.getLong("plumbline.seed", 20_261_127L);
    private static final long S = 1_000_000_000L;
    private static final long OUTAGE_NS = 7_200 * S;
    private static final int KEYS = 5_000;

    private Path folder;
    private long nowNs = 1_000_000 * S;

    /** Where memory serves as a disk, each of the many commits costs less. */
    @BeforeEach
    void folder() throws Exception {
        final Path memory = Path.of("/dev/shm");
        folder =
                Files.isWritable(memory)
                        ? Files.createTempDirectory(memory, "plumbline-outage")
                        : Files.createTempDirectory("plumbline-outage");
    }

    @AfterEach
    void delete() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** PagerDuty, away until its time; then it says 429 to whoever is faster than it allows. */
    private final class Pager implements AlertChannel {
        final long backNs = nowNs + OUTAGE_NS;
        final List<String> taken = new ArrayList<>();
        final Deque<Long> minute = new ArrayDeque<>();
        final SplittableRandom random = new SplittableRandom(SEED);
        int most;
        int tooFast;

        @Override
        public String name() {
            return "pd";
        }

        @Override
        public Delivery deliver(final Alert alert, final byte[] body) {
            nowNs += 20_000_000L;
            while (!minute.isEmpty() && nowNs - minute.peekFirst() >= 60 * S) {
                minute.removeFirst();
            }
            minute.addLast(nowNs);
            most = Math.max(most, minute.size());
            if (nowNs < backNs) {
                return Delivery.retry(0, "no connection");
            }
            if (minute.size() > 120) {
                tooFast++;
                return Delivery.retry(30 * S, "HTTP 429");
            }
            if (random.nextInt(100) < 5) {
                return Delivery.retry(0, "HTTP 500");
            }
            taken.add(alert.action().label() + ' ' + alert.dedupKey());
            return Delivery.delivered();
        }
    }

    @Test
    void theBacklogDrainsWithinTheLimitsOfThePager() throws Exception {
        System.out.println("pager outage: seed " + SEED);
        final Pager pager = new Pager();
        final Outbox outbox =
                new Outbox(
                        folder.resolve("outbox.db"),
                        OutboxSettings.defaults(),
                        List.of(pager),
                        (role, body) -> new Thread(body, role),
                        () -> nowNs,
                        new Random(SEED),
                        new Counters(),
                        OutboxListener.NONE);
        outbox.start();
        for (int from = 0; from < KEYS; from += 100) {
            final List<Alert> alerts = new ArrayList<>();
            for (int key = from; key < from + 100; key++) {
                alerts.add(Alerts.trigger("k" + key));
                alerts.add(Alerts.resolve("k" + key));
            }
            outbox.accept(alerts, List.of());
        }
        assertEquals(2 * KEYS, outbox.pending());
        final Courier courier = outbox.couriers().get(0);
        long backlogAtNs = 0;
        while (outbox.pending() > 0) {
            if (!courier.step(nowNs)) {
                nowNs += 100_000_000L;
            }
            if (backlogAtNs == 0 && nowNs >= pager.backNs) {
                assertEquals(2 * KEYS, outbox.pending(), "nothing was given up in the outage");
                backlogAtNs = nowNs;
            }
        }
        final long drainedNs = nowNs - backlogAtNs;
        outbox.close();
        assertEquals(2 * KEYS, pager.taken.size());
        final Set<String> open = new HashSet<>();
        for (final String event : pager.taken) {
            final String[] words = event.split(" ");
            assertTrue(
                    words[0].equals("trigger") ? open.add(words[1]) : open.remove(words[1]), event);
        }
        assertEquals(Set.of(), open);
        assertEquals(0, pager.tooFast, "never more than the pager allows");
        assertTrue(pager.most <= 120, "attempts in the busiest minute: " + pager.most);
        final long minutes = TimeUnit.NANOSECONDS.toMinutes(drainedNs);
        assertTrue(minutes >= 2 * KEYS / 100 - 1, "at most 100 a minute, was " + minutes + " min");
        assertTrue(minutes <= 150, "it took " + minutes + " min");
        System.out.println(
                "pager outage: "
                        + 2 * KEYS
                        + " alerts drained in "
                        + minutes
                        + " virtual minutes, at most "
                        + pager.most
                        + " attempts in a minute");
    }
}
