package io.plumbline.app.alert;

import io.plumbline.app.desk.CaseNotice;
import io.plumbline.app.desk.Desk;
import io.plumbline.app.desk.DeskSettings;
import io.plumbline.app.desk.FindingLog;
import io.plumbline.app.desk.Pager;
import io.plumbline.finding.Edge;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.metrics.Counters;
import io.plumbline.time.SystemClock;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * One life of a process in an alert storm: desk, outbox and PagerDuty's channel as they are in a
 * run. Prints a line for every alert once it is durable. Arguments: folder, address of the pager,
 * seed, number of the life; 0 for the last, which only delivers what is left.
 */
final class StormLife {
    private static final long MS = 1_000_000L;
    private static final int KEYS = 30;
    private static final int MOST_WAITING = 100;
    private static final FindingKind[] KINDS = {
        FindingKind.FEED_DOWN, FindingKind.REDIS_DOWN, FindingKind.WRITER_DEAD
    };

    private StormLife() {}

    public static void main(final String... arguments) {
        final Path folder = Path.of(arguments[0]);
        final long seed = Long.parseLong(arguments[2]);
        final int life = Integer.parseInt(arguments[3]);
        final Outbox outbox =
                new Outbox(
                        folder.resolve("outbox.db"),
                        settings(),
                        List.of(new Unpaced(URI.create(arguments[1]))),
                        Alerts.THREADS,
                        new SystemClock(),
                        new Random(seed + life),
                        new Counters(),
                        OutboxListener.NONE);
        outbox.start();
        if (life == 0) {
            while (outbox.pending() > 0) {
                LockSupport.parkNanos(MS);
            }
            outbox.close();
            return;
        }
        storm(outbox, new SplittableRandom(seed * 1_000_003 + life), life);
    }

    /** Goes on until it is killed. */
    private static void storm(final Outbox outbox, final SplittableRandom random, final int life) {
        final Desk desk =
                new Desk(
                        desk(),
                        (finding, out) -> out.append(finding.kind),
                        FindingLog.none(),
                        telling(new AlertPager(outbox), System.out),
                        new Counters(),
                        outbox.openCases());
        long nowNs = life * 1_000_000_000_000L;
        while (true) {
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                nowNs += random.nextInt(200) * MS;
                final int key = random.nextInt(KEYS);
                final Finding finding = new Finding().clear();
                finding.kind = KINDS[key % KINDS.length];
                finding.edge = random.nextBoolean() ? Edge.OPEN : Edge.CLOSE;
                finding.severity = finding.kind.severity();
                finding.detector = "storm";
                finding.venue = "venue" + key;
                finding.key = "k" + key;
                finding.atNs = nowNs;
                desk.onFinding(finding);
            }
            desk.onBatchEnd();
            desk.onTick(nowNs);
            while (outbox.pending() > MOST_WAITING) {
                LockSupport.parkNanos(MS);
            }
        }
    }

    private static Pager telling(final Pager pager, final PrintStream out) {
        return notices -> {
            pager.commit(notices);
            final StringBuilder lines = new StringBuilder();
            for (final CaseNotice notice : notices) {
                if (notice.action() != CaseNotice.Action.KEEP) {
                    final Alert.Action action = Alert.Action.valueOf(notice.action().name());
                    final Alert alert = AlertPager.alert(notice, action, "");
                    lines.append(alert.id()).append(' ').append(alert.dedupKey()).append(" .\n");
                }
            }
            out.print(lines);
            out.flush();
        };
    }

    private static OutboxSettings settings() {
        final OutboxSettings usual = OutboxSettings.defaults();
        return new OutboxSettings(
                true,
                usual.maxRows(),
                usual.keepNs(),
                usual.maxInMemory(),
                usual.maxBytes(),
                2 * MS,
                20 * MS,
                100 * MS);
    }

    /** Everything is said at once and alone, so that there is much to say. */
    private static DeskSettings desk() {
        final DeskSettings usual = DeskSettings.defaults();
        return new DeskSettings(
                Map.of(),
                0,
                Map.of(),
                10 * MS,
                Map.of(),
                usual.pageFrom(),
                0,
                0,
                usual.restartGraceNs(),
                1_000_000,
                1_000_000,
                usual.maxCases(),
                new DeskSettings.Grouping(0, 0, 0),
                new DeskSettings.Flapping(0, 0, 0),
                List.of());
    }

    /** PagerDuty's channel without its pace. */
    private static final class Unpaced implements AlertChannel {
        private final AlertChannel channel;

        Unpaced(final URI uri) {
            channel =
                    new PagerDutyChannel(
                            "pd",
                            uri,
                            "0123456789abcdef0123456789abcdef",
                            "desk-1",
                            150 * MS,
                            new SystemClock());
        }

        @Override
        public String name() {
            return channel.name();
        }

        @Override
        public Delivery deliver(final Alert alert, final byte[] body) {
            return channel.deliver(alert, body);
        }

        @Override
        public boolean acknowledges() {
            return channel.acknowledges();
        }

        @Override
        public int attemptsPerMinute() {
            return 600_000;
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}
