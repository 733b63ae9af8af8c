package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumbline.app.alert.Alerts.Script;
import io.plumbline.app.desk.Acknowledgement;
import io.plumbline.app.desk.CaseHandling;
import io.plumbline.app.desk.CaseMatcher;
import io.plumbline.app.desk.CaseMoment;
import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.CaseRecord.Told;
import io.plumbline.app.desk.CaseState;
import io.plumbline.app.desk.Silence;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.Severity;
import io.plumbline.metrics.CounterId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class OutboxDiskTest extends OutboxBench {
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

    @Test
    void silencesSurviveAKill() throws IOException {
        final Outbox outbox = outbox("s.db", FAST);
        final CaseMatcher all =
                new CaseMatcher(List.of("PRICE_*"), List.of(), List.of(), List.of());
        final Silence first = new Silence("a1", all, "ann", "deploy", 1, 2);
        final Silence second = new Silence("b2", all, "bob", "test", 3, 4);
        outbox.keep(List.of(first));
        outbox.keep(List.of(first, second));
        final Outbox next = outbox(copyAsAfterAKill("s.db", "s2.db"), FAST);
        assertEquals(List.of(first, second), next.silences());
        next.keep(List.of());
        assertEquals(List.of(), next.silences());
    }

    /** Before there were silences, a case had one column less. */
    @Test
    void shouldOpenAFileOfAnEarlierVersion() throws Exception {
        final Outbox before = outbox("old.db", FAST);
        before.accept(List.of(), List.of(record("k", CaseState.OPEN)));
        before.close();
        try (java.sql.Connection old =
                        java.sql.DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("old.db"));
                java.sql.Statement statement = old.createStatement()) {
            statement.execute("ALTER TABLE cases DROP COLUMN handling");
        }
        final List<CaseRecord> kept = outbox("old.db", FAST).openCases();
        assertEquals(1, kept.size());
        assertEquals(CaseHandling.NONE, kept.get(0).handling());
    }

    /** A newer version was rolled back: what its words mean is not known, and not for us to end. */
    @Test
    void shouldLeaveAsItIsWhatANewerVersionWrote() throws Exception {
        final Outbox before = outbox("newer.db", FAST);
        before.accept(
                List.of(),
                List.of("a", "b", "c", "d", "e").stream()
                        .map(key -> record(key, CaseState.OPEN))
                        .toList());
        before.close();
        final List<String> columns = List.of("kind", "severity", "state", "told");
        final String address = "jdbc:sqlite:" + folder.resolve("newer.db");
        try (java.sql.Connection newer = java.sql.DriverManager.getConnection(address);
                java.sql.Statement statement = newer.createStatement()) {
            for (int i = 0; i < columns.size(); i++) {
                statement.execute(
                        "UPDATE cases SET "
                                + columns.get(i)
                                + " = 'NEWER' WHERE key = '"
                                + "abcd".charAt(i)
                                + "'");
            }
        }
        final Outbox rolledBack = outbox("newer.db", FAST);
        assertEquals(List.of("e"), rolledBack.openCases().stream().map(CaseRecord::key).toList());
        rolledBack.accept(List.of(), List.of(record("e", CaseState.RESOLVED)));
        rolledBack.close();
        try (java.sql.Connection after = java.sql.DriverManager.getConnection(address);
                java.sql.Statement statement = after.createStatement();
                java.sql.ResultSet rows = statement.executeQuery("SELECT count(*) FROM cases")) {
            assertEquals(4, rows.getInt(1));
        }
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
                Severity.HIGH,
                new CaseHandling(
                        "maintenance:weekly",
                        true,
                        new Acknowledgement("ann", "looking", 5),
                        List.of(1L, 4L),
                        List.of(new CaseMoment(1, CaseMoment.What.OPENED, "the \"condition\""))));
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

    /**
     * The file is full of what is not sent yet; whether a mark still fits differs from time to
     * time.
     */
    @RepeatedTest(5)
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
        Alerts.await(
                "recovered",
                () -> {
                    if (outbox.pending() == 0) {
                        outbox.accept(List.of(big("after")), List.of());
                    }
                    return heard.contains("recovered");
                });
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
}
